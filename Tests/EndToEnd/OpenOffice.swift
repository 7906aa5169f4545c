import Client
import Core
import Foundation
import XCTest

extension OfficeProcess {
  /// An officer signs in and sits down at a counter, so that an officer is there to serve.
  ///
  /// - Returns: the officer's browser.
  @discardableResult
  func seatOfficer(_ name: String = "sari", role: String = "clerk", at counter: Int? = 1) throws -> Browser {
    let password = try addOfficer(name, role: role)
    let browser = Browser(port: port)
    _ = try browser.visit("/petugas/masuk")
    _ = try browser.post("/petugas/masuk", ["nama": name, "sandi": password])
    guard let counter else { return browser }
    _ = try browser.visit("/petugas/loket/\(counter)")
    let opened = try browser.post("/petugas/loket/\(counter)/buka", [:])
    guard opened.status == 303 else {
      throw Failure(description: "counter \(counter) was not opened: \(opened.status) \(opened.heading ?? "")")
    }
    return browser
  }
}

extension XCTestCase {
  /// A running office of this test's own, removed at its end, and a person's browser.
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

/// Random data from `GAPURA_TEST_SEED`, else from a new seed; printed, to repeat the run.
func randomOfThisRun() -> SeededRandom {
  let seed =
    ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
  print("GAPURA_TEST_SEED=\(seed)")
  return SeededRandom(seed: seed)
}
