import Client
import Core
import Foundation
import WebDriver
import XCTest

/// Base of the tests that look at the office through a real browser: starts the real program and the
/// browsers' driver, and ends both, with everything they started, after each test.
class BrowserTestCase: XCTestCase {
  private var startedOffice: OfficeProcess?
  private var startedDrivers: [FontFamily: DriverProcess] = [:]
  private var sessions: [BrowserSession] = []

  override func tearDown() {
    for session in sessions { session.close() }
    sessions = []
    for driver in startedDrivers.values { driver.stop() }
    startedDrivers = [:]
    if let run = testRun, run.totalFailureCount > 0, let log = startedOffice?.log { print("The server said:\n\(log)") }
    startedOffice?.remove()
  }

  /// The office, made but not yet started.
  ///
  /// - Parameter demandsFactors: whether supervisors must have a second factor (`OfficeProcess.init`).
  func makeOffice(demandsFactors: Bool = false) throws -> OfficeProcess {
    let office = try OfficeProcess(demandsFactors: demandsFactors)
    startedOffice = office
    return office
  }

  /// A further browser, with cookies of its own.
  func openBrowser(_ options: BrowserOptions = BrowserOptions()) throws -> BrowserSession {
    let driver = try startedDrivers[options.fonts] ?? DriverProcess(fonts: options.fonts)
    if startedDrivers.updateValue(driver, forKey: options.fonts) == nil { print("fonts: \(options.fonts.rawValue)") }
    let session = try BrowserSession(driver, options)
    sessions.append(session)
    return session
  }

  static func words(_ language: Language) throws -> Words {
    try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path).words(language)
  }
}

/// A service's file, read only for the words on screen.
struct ServiceFileWords {
  private let file: JSON

  init(_ name: String) throws {
    let path = OfficeProcess.repository.appendingPathComponent("etc/gapura/services/\(name).json5")
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    file = try decoder.decode(JSON.self, from: Data(contentsOf: path))
  }

  func name(_ language: Language) -> String { file["name"][language.rawValue].string ?? "" }

  /// The name of a stage, counted from 0.
  func stage(_ place: Int, _ language: Language) -> String {
    file["stages"].items[place]["name"][language.rawValue].string ?? ""
  }

  /// The label of a form's field.
  func label(_ field: String, _ language: Language) -> String {
    file["fields"].items.first { $0["name"].string == field }?["label"][language.rawValue].string ?? ""
  }
}
