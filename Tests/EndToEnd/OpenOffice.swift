import Client
import XCTest

extension XCTestCase {
  /// A running office of this test's own, removed at its end, and somebody's browser.
  ///
  /// - Parameter moment: what time it is there (`OfficeProcess.init`).
  func openOffice(at moment: String? = OfficeClock.workingMorning) throws -> (office: OfficeProcess, browser: Browser) {
    let office = try OfficeProcess(at: moment)
    // Before the start, so that an office that does not start leaves nothing either.
    removeAtEnd(office)
    try office.start()
    return (office, Browser(port: office.port))
  }

  /// An office that has not been started, removed at this test's end.
  func closedOffice(at moment: String? = OfficeClock.workingMorning) throws -> OfficeProcess {
    let office = try OfficeProcess(at: moment)
    removeAtEnd(office)
    return office
  }

  private func removeAtEnd(_ office: OfficeProcess) {
    let removal = office.removal
    addTeardownBlock { removal.perform() }
  }
}
