import Core
import XCTest

@testable import Officers

final class PasswordRuleTests: XCTestCase {
  func testPasswordOfElevenCharactersIsTooShortAndOfTwelveIsNot() throws {
    XCTAssertEqual(try refusal("kucing biru"), .tooShort)
    XCTAssertNil(try refusal("kucing biru7"))
  }

  func testCharactersAreCountedAndNotBytes() throws {
    XCTAssertEqual(try refusal("éééééé"), .tooShort)
    XCTAssertNil(try refusal("日本語の長い合言葉です。はい"))
  }

  func testPasswordOverItsLimitIsRefused() throws {
    let long = String(repeating: "kuda laut ", count: 13)
    XCTAssertEqual(try refusal(long), .tooLong)
    XCTAssertNil(try refusal(String(long.prefix(128))))
  }

  func testWhatEverybodyTriesFirstIsRefusedWhateverDigitsSurroundIt() throws {
    for common in [
      "Password1234", "123456789012", "987654321098", "Imigrasi2026", "qwertyuiop12", "aaaaaaaaaaaa",
      "abcabcabcabc", "121212121212", "Indonesia123!", "bismillah1234", "Petugas-2026",
    ] {
      XCTAssertEqual(try refusal(common), .common, common)
    }
  }

  func testThereIsNoRuleAboutKindsOfCharacters() throws {
    XCTAssertNil(try refusal("hujan turun di pasar"))
    XCTAssertNil(try refusal("190845120033"))
  }

  func testPasswordMadeOfTheUserNameIsRefused() throws {
    XCTAssertEqual(try refusal("siti.rahma12"), .holdsUsername)
    XCTAssertNil(try refusal("siti.rahma suka bakso urat"))
  }

  func testInitialPasswordsPassTheRuleAndDiffer() throws {
    let random = SeededRandom(seed: 7)
    let drawn = (0..<50).map { _ in InitialPassword.draw(from: random).exposed }
    XCTAssertEqual(Set(drawn).count, 50)
    for password in drawn { XCTAssertNil(try refusal(password), "an initial password is refused") }
  }

  func testUserNamesAreForgivenCapitalsAndSpacesButNothingElse() {
    XCTAssertEqual(Username(" Siti.Rahma ")?.description, "siti.rahma")
    for bad in ["", "si", "9lives", "siti@kanim", "sité", String(repeating: "a", count: 41), "siti;drop"] {
      XCTAssertNil(Username(bad), bad)
    }
  }

  private func refusal(_ password: String) throws -> PasswordRule.Refusal? {
    PasswordRule.refusal(of: Personal(password), for: try XCTUnwrap(Username("siti.rahma")))
  }
}
