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
    return names(in: list)
  }

  /// What a manifest builds each target with: as it is written beside the target's name, or for a module what all of them
  /// have in `common` and some in `further`.
  static func dependencies(in text: String) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for match in text.matches(of: /\.target\(\s*name: "([A-Za-z]+)"(?:,\s*dependencies: \[([^\]]*)\])?/) {
      found[String(match.output.1)] = names(in: match.output.2 ?? "")
    }
    let common = text.firstMatch(of: /let common: \[Target\.Dependency\] = \[([^\]]*)\]/)?.output.1 ?? ""
    for module in modules(in: text) { found[module] = names(in: common) }
    let further = text.firstMatch(of: /let further: [^=]*= \[([\s\S]*?)\n\]/)?.output.1 ?? ""
    for match in further.matches(of: /"([A-Za-z]+)": \[([^\]]*)\]/) {
      found[String(match.output.1), default: []].formUnion(names(in: match.output.2))
    }
    return found
  }

  private static func names(in list: Substring) -> Set<String> {
    Set(list.matches(of: /"([^"]+)"/).map { String($0.output.1) })
  }
}
