import Core
import Foundation
import XCTest

@testable import gapura

/// The modules stand in the program, in what the configuration may say and in the file as it is shipped: one list.
final class ModuleListTests: XCTestCase {
  private struct File: Decodable { let modules: [String: Bool] }

  func testTheShippedFileNamesEveryModuleThatCanBeLeftOut() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("etc/gapura/gapura.json5")
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let shipped = try decoder.decode(File.self, from: Data(contentsOf: file)).modules
    XCTAssertEqual(shipped.keys.sorted(), ModuleSwitches.Keys.allCases.map(\.rawValue).sorted())
    let types = House.moduleTypes.map { $0.name }
    XCTAssertEqual(shipped.keys.sorted(), Set(types).subtracting(["vault", "papers"]).sorted())
    XCTAssertEqual(types.count, Set(types).count, "a module is there twice")
    XCTAssertEqual(shipped.values.filter { !$0 }, [], "as shipped all take part")
  }
}
