import Core
import ModuleHarness
import XCTest

@testable import Accessibility

final class HelpOriginTests: XCTestCase {
  func testEveryPlaceHasAName() throws {
    let words = try ModuleOffice().locales.words(.indonesian)
    XCTAssertEqual(HelpOrigin.label("web-entrance", words), words("accessibility.place.web-entrance"))
    XCTAssertEqual(HelpOrigin.label("kiosk", words), words("accessibility.place.machine"))
    XCTAssertEqual(HelpOrigin.label("lobi-1", words), words("accessibility.place.kiosk", ["name": "lobi-1"]))
  }
}
