import XCTest

/// What modules show of themselves, and what they write in SQL beyond questions and changes.
final class ModuleBoundsTests: XCTestCase {
  /// On the average of all modules: a module is its one type and what that must show.
  private static let exportCountMaxPerModule = 16

  /// Pieces of schema text outside of the Store. The number only falls; the aim is none, where schemas are values that a
  /// dialect renders.
  private static let schemaTextCeiling = 183

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

  func testSchemasAreNotWrittenAsText() throws {
    let sources = try Repository.sources().filter { $0.target != "Store" }
    let counts = sources.map { (path: $0.path, count: Self.schemaTextCount(in: $0.text)) }.filter { $0.count > 0 }
    XCTAssertLessThanOrEqual(counts.reduce(0) { $0 + $1.count }, Self.schemaTextCeiling, "\(counts)")
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

  func testSchemaTextIsCounted() {
    let text = #"SQL("CREATE TABLE a_b (id)"), "CREATE UNIQUE INDEX x", "ALTER TABLE a_b", "SELECT 1 FROM a_b""#
    XCTAssertEqual(Self.schemaTextCount(in: text), 3)
  }

  private static func schemaTextCount(in text: String) -> Int {
    text.matches(of: /CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER|VIEW)|ALTER TABLE|DROP (?:TABLE|INDEX|TRIGGER|VIEW)/)
      .count
  }
}
