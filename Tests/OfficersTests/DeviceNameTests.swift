import Store
import XCTest

@testable import Officers

final class DeviceNameTests: XCTestCase {
  func testBrowserAndSystemAreToldApartAndNothingElseIsKept() {
    let known: [(String, String?, String?)] = [
      ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux"),
      (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0",
        "Edge", "Windows"
      ),
      (
        "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile Safari/537.36",
        "Chrome", "Android"
      ),
      (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        "Safari", "iPhone"
      ),
      ("curl/8.5.0", nil, nil), ("", nil, nil),
    ]
    for (text, browser, system) in known {
      let name = DeviceName(userAgent: text)
      XCTAssertEqual(name.browser, browser, text)
      XCTAssertEqual(name.system, system, text)
      XCTAssertEqual(DeviceName(sqlCell: name.sqlCell), name, text)
    }
    XCTAssertEqual(DeviceName(userAgent: nil), DeviceName(userAgent: ""))
    XCTAssertNil(DeviceName(sqlCell: .text("a/b/c")))
  }
}
