import Core
import Crypto
import CryptoHarness
import XCTest

@testable import Officers

/// Codes by time: the published values, and which of them is taken when.
final class TimeCodeTests: XCTestCase {
  private static let start = Instant(milliseconds: 1_795_399_200_000)

  private func key(_ text: String = "12345678901234567890") throws -> AuthenticationKey {
    try AuthenticationKey(secret(Array(text.utf8)), hash: .sha1, library: CryptoLibrary())
  }

  func testTheValuesOfRFC4226() throws {
    let key = try key()
    let codes = [
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
    ]
    for (counter, code) in codes.enumerated() {
      XCTAssertEqual(try TimeCode.code(of: Int64(counter), under: key), code)
    }
  }

  /// The document has eight digits; six are the last of them.
  func testTheValuesOfRFC6238() throws {
    let key = try key()
    for (seconds, code) in [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)] {
      let moment = Instant(milliseconds: seconds * 1000)
      XCTAssertEqual(try TimeCode.code(of: TimeCode.step(at: moment), under: key), String(code.suffix(6)))
      XCTAssertNotNil(try TimeCode.step(of: String(code.suffix(6)), under: key, at: moment, after: nil))
    }
  }

  func testACodeIsTakenOnePeriodBeforeAndAfterItsOwnAndNoFurther() throws {
    let key = try key()
    let step = TimeCode.step(at: Self.start)
    let code = try TimeCode.code(of: step, under: key)
    for (periods, isTaken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
      let moment = Self.start + TimeCode.period * periods
      let found = try TimeCode.step(of: code, under: key, at: moment, after: nil)
      XCTAssertEqual(found, isTaken ? step : nil, "\(periods) periods later")
    }
  }

  func testNoCodeIsTakenTwiceNorOneFromBeforeIt() throws {
    let key = try key()
    let step = TimeCode.step(at: Self.start)
    for (place, isTaken) in [(-1, false), (0, false), (1, true)] as [(Int64, Bool)] {
      let code = try TimeCode.code(of: step + place, under: key)
      let found = try TimeCode.step(of: code, under: key, at: Self.start, after: step)
      XCTAssertEqual(found != nil, isTaken, "\(place)")
    }
  }

  func testAClockThatGoesBackTakesNoCodeAgain() throws {
    let key = try key()
    let step = TimeCode.step(at: Self.start)
    let earlier = Self.start - .minutes(10)
    for place in [TimeCode.step(at: earlier), step] {
      let code = try TimeCode.code(of: place, under: key)
      XCTAssertNil(try TimeCode.step(of: code, under: key, at: earlier, after: step))
    }
  }

  /// The machine started in another year, and an officer signed in before anybody saw it.
  func testWhatWasWrittenOnADateThatIsStillToComeRefusesNoCode() throws {
    let key = try key()
    let code = try TimeCode.code(of: TimeCode.step(at: Self.start), under: key)
    let wrong = TimeCode.step(at: Self.start + .hours(24 * 3650))
    XCTAssertNotNil(try TimeCode.step(of: code, under: key, at: Self.start, after: wrong))
  }

  func testWhatLooksLikeACode() {
    for text in ["000000", "123456"] { XCTAssertTrue(TimeCode.isShaped(text), text) }
    for text in ["", "12345", "1234567", "12345a", "１２３４５６"] { XCTAssertFalse(TimeCode.isShaped(text), text) }
  }
}
