/// Which targets a target may import: the floors, as a table. A library of Debian has one wrapper.
enum ImportRule {
  static let modules = Manifest.modules

  private static let floors: [String: Set<String>] = [
    "Core": [],
    "Civil": ["Core", "CUtf8proc"],
    "Crypto": ["COpenSSL"],
    "Passkeys": ["Crypto", "CFido2"],
    "HTML": [],
    "Console": [],
    "Store": ["Core", "CSQLite", "CCheckedPages"],
    "QR": ["CQrencode"],
    "Spreadsheet": ["Core", "CXlsxwriter"],
    "Web": ["Core", "Civil", "Crypto", "HTML", "QR", "CMicrohttpd", "CRefusals", "CZlib"],
    "Contracts": ["Core", "Crypto", "Store"],
    "PageParts": ["Core", "HTML", "Web", "Contracts"],
    "Ledger": ["Core", "Crypto", "Store", "Contracts"],
    "Forecast": ["Core", "Contracts"],
    "Vault": ["Core", "Civil", "Crypto", "Store", "Contracts", "Ledger"],
    "Kiosk": ["Core", "Civil", "Console", "QR", "Contracts"],
  ]

  /// What every module may import.
  static let common: Set<String> = ["Core", "HTML", "Store", "Web", "Contracts"]

  /// What some modules may import beside it.
  private static let further: [String: Set<String>] = [
    "Appointments": ["Civil", "Crypto", "QR", "PageParts"],
    "Catalogue": ["PageParts"],
    "Documents": ["Crypto"],
    "Feedback": ["Civil"],
    "Officers": ["Civil", "Crypto", "QR", "Passkeys"],
    "Privacy": ["Civil"],
    "Queue": ["Civil", "QR", "PageParts", "Forecast"],
    "Registration": ["Civil", "QR"],
    "Reports": ["Spreadsheet"],
    "Stops": ["Civil", "PageParts"],
  ]

  /// The targets that the table knows; the executable above them may import nearly everything.
  static var targets: Set<String> { modules.union(floors.keys) }

  /// What of ours, and which libraries, a target of the table may import.
  static func allowed(in target: String) -> Set<String> {
    modules.contains(target) ? common.union(further[target, default: []]) : floors[target, default: []]
  }

  /// The toolchain's own, which anybody may import; Foundation is closed to those that must stay small.
  private static let toolchain: Set<String> = [
    "Swift", "Synchronization", "Dispatch", "Glibc", "FoundationEssentials", "Foundation",
  ]
  private static let withoutFoundation: Set<String> = ["HTML", "Console"]

  private static let libraries: Set<String> = [
    "CSQLite", "CCheckedPages", "COpenSSL", "CSystemd", "CMicrohttpd", "CRefusals", "CQrencode", "CUtf8proc", "CZlib",
    "CXlsxwriter", "CMalloc", "CFido2",
  ]

  /// The folder of its target in which a library is imported, and nowhere else.
  static let folders: [String: String] = [
    "CSQLite": "Sources/Store/SQLite/", "CCheckedPages": "Sources/Store/SQLite/",
    "CMicrohttpd": "Sources/Web/Server/Engine/", "CRefusals": "Sources/Web/Server/Engine/",
  ]

  /// Whether a library is imported outside of its folder.
  private static func isStray(_ imported: String, in file: Repository.SourceFile) -> Bool {
    folders[imported].map { !file.path.hasPrefix($0) } ?? false
  }

  static func allows(_ imported: String, in target: String) -> Bool {
    if toolchain.contains(imported) {
      return !(withoutFoundation.contains(target) && imported.hasPrefix("Foundation"))
    }
    if target == "App" { return ["CSystemd", "CMalloc"].contains(imported) || !libraries.contains(imported) }
    return allowed(in: target).contains(imported)
  }

  /// What a file imports, by its `import` lines.
  static func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ").map(String.init)
      while let first = words.first,
        ["public", "internal", "package", "private", "fileprivate"].contains(first) || first.hasPrefix("@")
      {
        words.removeFirst()
      }
      guard words.count >= 2, words[0] == "import" else { return nil }
      return words[1].split(separator: ".").first.map(String.init)
    }
  }

  /// The imports that point up or sideways, or stand outside of their folder, as `path imports Target`.
  static func breaches(in files: [Repository.SourceFile]) -> [String] {
    files.flatMap { file in
      imports(in: file.text).filter { !allows($0, in: file.target) || isStray($0, in: file) }
        .map { "\(file.path) imports \($0)" }
    }
  }
}
