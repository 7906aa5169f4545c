import Contracts
import Core
import ModuleHarness
import Web
import XCTest

@testable import Stops

/// What a supervisor writes to explain a stop, in each language that the office speaks.
final class StopNoteTests: XCTestCase {
  private let languages: [Language] = [.indonesian, .english, Language(rawValue: "qaa")]
  private let today = OfficeZone.wib.date(of: StopHall.morning)

  private func form() throws -> StopForm {
    StopForm(services: [], today: today, words: try StopHall.locales().words(.english), languages: languages)
  }

  func testANoteCanBeWrittenInEachLanguageAlsoInOneThatTheWordsDoNotName() throws {
    let notes = try form().fields.suffix(languages.count)
    XCTAssertEqual(notes.map(\.name), ["keterangan", "keterangan-en", "keterangan-qaa"])
    XCTAssertEqual(
      notes.map(\.label),
      [
        "Explanation for visitors, in Indonesian", "Explanation in English", "Explanation in another language (qaa)",
      ])
  }

  func testNotesAreKeptInTheLanguagesInWhichTheyWereWritten() async throws {
    let hall = try await StopHall(at: StopHall.morning, openings: ShippedDays())
    for (number, further) in ["Uji \"dua\".", ""].enumerated() {
      var input = FormInput(prefilled: [
        "layanan": StopForm.wholeOffice, "sebab": "power", "keterangan": "Gardu rusak.",
        "keterangan-qaa": further, "_kirim": "henti-\(number)",
      ])
      let order = try XCTUnwrap(try form().order(&input, now: OfficeZone.wib.time(of: StopHall.morning)))
      let made = try await hall.stops.stop(order, by: .officer(OfficerID(8), .supervisor))
      let again = try await hall.stops.stop(order, by: .officer(OfficerID(8), .supervisor))
      XCTAssertEqual(made, again)
      var expected: [Language: String] = [.indonesian: "Gardu rusak"]
      if !further.isEmpty { expected[Language(rawValue: "qaa")] = "Uji \"dua\"" }
      XCTAssertEqual(made.reason.notes, expected)
      try await hall.stops.lift(made.id, by: .officer(OfficerID(8), .supervisor))
    }
    await hall.close()
  }
}
