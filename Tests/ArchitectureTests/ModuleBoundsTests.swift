import XCTest

/// What modules show of themselves, and what stands beside them on their floor.
final class ModuleBoundsTests: XCTestCase {
  /// All modules together. It only falls, with their ceilings: what a further module shows, others give up before.
  private static let exportCountMax = 213

  /// How much each target shows at most. The figures only fall.
  private static let ceilings: [String: Int] = [
    "Accessibility": 14, "Appointments": 15, "Catalogue": 13, "Displays": 14, "Documents": 25, "Feedback": 14,
    "Guides": 7, "Officers": 15, "Papers": 9, "Privacy": 10, "Queue": 38, "Registration": 12, "Reports": 8,
    "Stops": 7, "Tracking": 12, "Kiosk": 104, "Vault": 97,
  ]

  func testModulesExportLittle() throws {
    let counts = Self.counts(in: try Repository.sources())
    XCTAssertEqual(Set(Self.ceilings.keys), Manifest.modules.union(["Kiosk", "Vault"]), "each has a ceiling")
    XCTAssertEqual(Set(counts.keys), Set(Self.ceilings.keys))
    XCTAssertEqual(Self.excesses(of: counts), [])
    XCTAssertEqual(Self.excessOfAll(counts, Manifest.modules), 0, "\(counts.sorted { $0.value > $1.value })")
    XCTAssertEqual(Self.sum(of: Self.ceilings, Manifest.modules), Self.exportCountMax, "the ceilings are the bound")
  }

  func testAFurtherModuleDoesNotRaiseTheBoundOfAll() {
    let modules = Manifest.modules.union(["Payments"])
    XCTAssertEqual(Self.excessOfAll(Self.ceilings, modules), 0)
    XCTAssertEqual(Self.excessOfAll(Self.ceilings.merging(["Payments": 7]) { $1 }, modules), 7)
  }

  func testATargetThatShowsMoreThanItsCeilingIsFound() {
    let shown = String(repeating: "public let a = 1\n", count: 7)
    let files = ["Guides", "Reports"].map { module in
      Repository.SourceFile(path: "Sources/Modules/\(module)/A.swift", text: shown)
    }
    XCTAssertEqual(Self.excesses(of: Self.counts(in: files)), [])
    let more = Repository.SourceFile(path: "Sources/Modules/Guides/B.swift", text: "package func b() {}\n")
    let other = Repository.SourceFile(path: "Sources/Web/C.swift", text: shown)
    XCTAssertEqual(Self.excesses(of: Self.counts(in: files + [more, other])), ["Guides shows 8 of 7"])
  }

  /// What each of the bounded targets shows.
  private static func counts(in files: [Repository.SourceFile]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for file in files where ceilings[file.target] != nil {
      counts[file.target, default: 0] += Declarations(file.text).exportCount
    }
    return counts
  }

  /// What the modules show together.
  private static func sum(of counts: [String: Int], _ modules: Set<String>) -> Int {
    counts.filter { modules.contains($0.key) }.values.reduce(0, +)
  }

  /// How much more they show than all modules may.
  private static func excessOfAll(_ counts: [String: Int], _ modules: Set<String>) -> Int {
    max(0, sum(of: counts, modules) - exportCountMax)
  }

  private static func excesses(of counts: [String: Int]) -> [String] {
    counts.sorted { $0.key < $1.key }.compactMap { target, count in
      let ceiling = ceilings[target, default: 0]
      return count > ceiling ? "\(target) shows \(count) of \(ceiling)" : nil
    }
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
