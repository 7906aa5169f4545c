import Contracts
import Core
import XCTest

/// Receipt, timeline and ticket name the same next step.
final class NextStepTests: XCTestCase {
  private func stage(_ mover: Stage.Mover, _ ending: Stage.Ending) -> Stage {
    Stage(
      code: "bayar", name: text("Menunggu pembayaran", "Waiting for payment"),
      explanation: text("Bayar lewat bank.", "Pay at a bank."), mover: mover, ending: ending)
  }

  private func step(_ mover: Stage.Mover, _ ending: Stage.Ending) -> NextStep {
    NextStep(stage: stage(mover, ending), availability: nil)
  }

  func testItIsWhoeverMovesWhoDecidesWhatComesNext() {
    XCTAssertEqual(step(.applicant, .visit), .come)
    XCTAssertEqual(step(.applicant, .officer), .act(stage(.applicant, .officer)))
    for ending in [Stage.Ending.officer, .visit] { XCTAssertEqual(step(.office, ending), .wait) }
    for mover in Stage.Mover.allCases { XCTAssertEqual(step(mover, .none), .ended) }
    XCTAssertEqual(NextStep(stage: nil, availability: nil), .come)
  }

  func testWhoHasToPayIsNotToldToWait() throws {
    for language in [Language.indonesian, .english] {
      let words = try TestLocales.load().words(language)
      let said = step(.applicant, .officer).text(words, in: .wib)
      let due = stage(.applicant, .officer)
      XCTAssertTrue(said.contains(words(due.name)) && said.contains(words(due.explanation)), said)
      XCTAssertTrue(said.lowercased().contains(words("tracking.mover.applicant").lowercased()), said)
      XCTAssertFalse(said.contains(words("next-step.wait")), said)
    }
  }

  func testANumberIsOfferedOnlyWhereOneIsGiven() throws {
    let visit = stage(.applicant, .visit)
    let over = Availability.over(next: nil)
    let words = try TestLocales.load().words(.indonesian)
    let step = NextStep(stage: visit, availability: over)
    XCTAssertEqual(step, .comeLater(over))
    XCTAssertFalse(step.takesNumbers)
    XCTAssertTrue(step.text(words, in: .wib).contains(over.title(words, in: .wib)))
    XCTAssertTrue(NextStep(stage: visit, availability: .open(counters: [1], until: nil)).takesNumbers)
  }
}
