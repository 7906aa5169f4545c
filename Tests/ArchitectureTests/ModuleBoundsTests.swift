import XCTest

/// What modules show of themselves.
final class ModuleBoundsTests: XCTestCase {
  /// On the average of all modules: a module is its one type and what that must show.
  private static let exportCountMaxPerModule = 15

  func testModulesExportLittle() throws {
    var counts: [String: Int] = [:]
    for file in try Repository.sources() where Manifest.modules.contains(file.target) {
      counts[file.target, default: 0] += Declarations(file.text).exportCount
    }
    XCTAssertEqual(Set(counts.keys), Manifest.modules)
    XCTAssertLessThanOrEqual(
      counts.values.reduce(0, +), Self.exportCountMaxPerModule * Manifest.modules.count,
      "\(counts.sorted { $0.value > $1.value })")
  }

  /// How often each module marks memory that Swift does not check. The numbers only fall; the aim is none, since what
  /// wraps C lies below the modules. What Documents has left hands pieces of files to the ciphers without copying them.
  private static let unsafeCeilings = ["Documents": 39, "Displays": 1]

  func testModulesTouchLittleMemoryThatSwiftDoesNotCheck() throws {
    let files = try Repository.sources().filter { Manifest.modules.contains($0.target) }
    XCTAssertEqual(Set(files.map(\.target)), Manifest.modules)
    XCTAssertEqual(Self.overUnsafeCeilings(files), [:], "the system's calls are wrapped in Core/Platform")
  }

  func testOneMarkOverTheCeilingIsFound() {
    let mark = "  let a = unsafe pread(file, &bytes, 1, 0)  // unsafe, as said\n"
    let files = [
      Repository.SourceFile(path: "Sources/Modules/Queue/A.swift", text: "let b = \"unsafe\"\n"),
      Repository.SourceFile(path: "Sources/Modules/Reports/A.swift", text: mark),
      Repository.SourceFile(path: "Sources/Modules/Displays/A.swift", text: mark),
      Repository.SourceFile(path: "Sources/Modules/Displays/B.swift", text: "nonisolated(unsafe) var c = 1\n"),
    ]
    XCTAssertEqual(Self.overUnsafeCeilings(files), ["Reports": 1, "Displays": 2])
  }

  /// The modules that have more marks than they may, with how many they have.
  private static func overUnsafeCeilings(_ files: [Repository.SourceFile]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for file in files {
      counts[file.target, default: 0] += BareSource(file.text).lines.reduce(0) { count, line in
        count + line.matches(of: /\bunsafe\b/).count
      }
    }
    return counts.filter { $0.value > unsafeCeilings[$0.key, default: 0] }
  }

  func testWhatIsExportedIsCounted() {
    let text = """
      public import Core
      public struct A: Module {
        public static let name = "a"
        @discardableResult public mutating func b() -> Int { 1 }
        package init() {}
        public private(set) var c = 1
        let d = 2
        // public var e = 3
        private func f() { public() }
      }
      """
    XCTAssertEqual(Declarations(text).exportCount, 5)
  }
}
