import Core
import ModuleHarness
import XCTest

@testable import Accessibility

final class HallPlaceTests: XCTestCase {
  func testEveryPlaceHasAName() throws {
    let words = try ModuleHouse().locales.words(.indonesian)
    XCTAssertEqual(HallPlace.label("web-entrance", words), "Pintu masuk")
    XCTAssertEqual(HallPlace.label("lobi-1", words), "Anjungan lobi-1")
  }
}
