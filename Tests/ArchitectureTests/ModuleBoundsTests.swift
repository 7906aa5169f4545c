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
