import Foundation

/// What `Package.swift` says, read as text.
enum Manifest {
  /// The modules' targets; the one place where they are listed.
  static let modules: Set<String> = {
    let file = Repository.root.appendingPathComponent("Package.swift")
    return modules(in: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
  }()

  /// The names in the list `modules` of a manifest.
  static func modules(in text: String) -> Set<String> {
    guard let list = text.firstMatch(of: /let modules = \[([^\]]*)\]/)?.output.1 else { return [] }
    return Set(list.matches(of: /"([^"]+)"/).map { String($0.output.1) })
  }
}
