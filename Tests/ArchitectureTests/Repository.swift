import Foundation

/// The sources that the tests were built from.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct SourceFile {
    /// Relative to the root: `Sources/Modules/Queue/QueueModule.swift`.
    let path: String
    let text: String

    /// The target it belongs to; the executable's is `App`.
    var target: String {
      let parts = path.split(separator: "/").map(String.init)
      return parts[1] == "Modules" ? parts[2] : parts[1]
    }

    /// Without its folders: `QueueModule.swift`.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  /// Every Swift file below `Sources`.
  static func sources() throws -> [SourceFile] { try files(below: "Sources") }

  /// Every Swift file below a folder of the root.
  static func files(below name: String) throws -> [SourceFile] {
    let folder = root.appendingPathComponent(name)
    let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return try (walker?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.map { url in
      SourceFile(
        path: String(url.path.dropFirst(root.path.count + 1)), text: try String(contentsOf: url, encoding: .utf8))
    }
  }
}
