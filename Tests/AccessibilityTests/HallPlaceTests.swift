import Core
import ModuleHarness
import XCTest

@testable import Accessibility

final class HallPlaceTests: XCTestCase {
  func testEveryPlaceHasAName() throws {
    let words = try ModuleOffice().locales.words(.indonesian)
    XCTAssertEqual(HallPlace.label("web-entrance", words), words("accessibility.place.web-entrance"))
    XCTAssertEqual(HallPlace.label("kiosk", words), words("accessibility.place.machine"))
    XCTAssertEqual(HallPlace.label("lobi-1", words), words("accessibility.place.kiosk", ["name": "lobi-1"]))
  }
}
