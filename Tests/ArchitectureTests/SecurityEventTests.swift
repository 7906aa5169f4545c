import Core
import Foundation
import XCTest

/// The numbers of security events never change, and the page for those who watch has them all.
final class SecurityEventTests: XCTestCase {
  func testEachEventHasANumberOfItsOwn() {
    let numbers = SecurityEvent.allCases.map { "\($0.messageID)" }
    XCTAssertEqual(Set(numbers).count, numbers.count)
    for number in numbers { XCTAssertNotNil(number.wholeMatch(of: /[0-9a-f]{32}/), number) }
  }

  func testPageHasEachEventWithNumberAndPriority() throws {
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/security-events.md"), encoding: .utf8)
    let rows = page.matches(of: /\| `([a-z-]+)` \| `([0-9a-f]{32})` \| [^|]+ \| ([a-z]+) \|/)
    XCTAssertEqual(
      rows.map { "\($0.output.1) \($0.output.2) \($0.output.3)" },
      SecurityEvent.allCases.map { "\($0.rawValue) \($0.messageID) \($0.level)" })
  }

  // MARK: Each is fired by a test

  /// Which test of EndToEnd does the act that an event stands for, and sees it told.
  private static let firing: [SecurityEvent: (file: String, test: String)] = [
    .signInFailed: ("SecurityEventTests", "testHostileRequestsLeaveLinesThatFail2banReads"),
    .signInHeld: ("SecurityEventTests", "testHostileRequestsLeaveLinesThatFail2banReads"),
    .signInStorm: ("SecurityEventTests", "testAStormOfFailedSignInsIsToldWhenItBeginsAndWhenItIsOver"),
    .signInStormOver: ("SecurityEventTests", "testAStormOfFailedSignInsIsToldWhenItBeginsAndWhenItIsOver"),
    .passkeyCopied: ("Browser/PasskeyBrowserTests", "testACopiedKeyIsRefusedByItsCountAndTold"),
    .requestUntrusted: ("SecurityEventTests", "testHostileRequestsLeaveLinesThatFail2banReads"),
    .requestForbidden: ("SecurityEventTests", "testHostileRequestsLeaveLinesThatFail2banReads"),
    .requestRefused: ("SecurityEventTests", "testHostileRequestsLeaveLinesThatFail2banReads"),
    .requestLimited: ("SecurityEventTests", "testWhoTriesOneNumberAfterTheOtherIsTold"),
    .lookUpStorm: ("SecurityEventTests", "testMoreWrongNumbersThanPeopleMistypeAreToldOnce"),
    .glassBroken: ("SecurityEventTests", "testWhatIsOpenedExportedAndChangedIsTold"),
    .dataExported: ("SecurityEventTests", "testWhatIsOpenedExportedAndChangedIsTold"),
    .accountChanged: ("SecurityEventTests", "testWhatIsOpenedExportedAndChangedIsTold"),
    .keyChanged: (
      "SecurityEventTests", "testWhatCommandsDoWithKeysAndAccountsReachesTheJournalWithItsNumberAndFields"
    ),
    .clockDoubted: (
      "DoubtfulClockTests", "testMachineThatStartsInAnotherYearErasesNothingUntilAnAdministratorConfirmsTheDate"
    ),
    .clockTrusted: (
      "DoubtfulClockTests", "testMachineThatStartsInAnotherYearErasesNothingUntilAnAdministratorConfirmsTheDate"
    ),
    .damageFound: ("DamageTests", "testADamagedPageFailsTheCheckAndIsNamedWhileTheOfficeGoesOn"),
    .lossAccepted: ("SecurityEventTests", "testALossThatIsAcceptedReachesTheJournal"),
  ]

  func testEachEventIsFiredByATest() throws {
    for event in SecurityEvent.allCases {
      guard let (file, test) = Self.firing[event] else {
        XCTFail("nothing shows that \(event.rawValue) is told when it happens")
        continue
      }
      let source = try String(
        contentsOf: Repository.root.appendingPathComponent("Tests/EndToEnd/\(file).swift"), encoding: .utf8)
      XCTAssertTrue(Self.sees(event, in: test, of: source), "\(file)/\(test) does not look for \(event.rawValue)")
    }
  }

  func testATestThatDoesNotLookForItsEventIsFound() {
    let source = """
        func testDoor() { wait("security.event=sign-in-failed") }

        func testKey() throws { expect(.keyChanged) }
      """
    XCTAssertTrue(Self.sees(.signInFailed, in: "testDoor", of: source))
    XCTAssertTrue(Self.sees(.keyChanged, in: "testKey", of: source))
    XCTAssertFalse(Self.sees(.keyChanged, in: "testDoor", of: source))
    XCTAssertFalse(Self.sees(.keyChanged, in: "testGate", of: source))
  }

  private static func sees(_ event: SecurityEvent, in test: String, of source: String) -> Bool {
    // A function inside the test is of the test.
    let body = "\n\(source)".components(separatedBy: "\n  func ").first { $0.hasPrefix("\(test)(") } ?? ""
    return body.contains(event.rawValue) || body.contains(".\(event)")
  }
}
