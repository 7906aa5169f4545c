import Contracts
import Core
import Expectations
import XCTest

@testable import Forecast

/// What is counted without calling people is what calling them gives.
final class CallRoundTests: XCTestCase {
  func testACountWithoutCallsIsThatOfTheWholeRound() {
    let random = SeededRandom(seed: TestSeed.drawn())
    var (plainCount, calledCount) = (0, 0)
    for hall in 0..<600 {
      let lines = lines(random)
      let isCounted = lines.map { _ in random.below(3) > 0 }
      let round = CallRound(lines, passedOverMax: 1 + random.below(4), at: Visits.morning)
      for (place, count) in counts(round, isCounted) {
        guard let plain = round.countAhead(of: place, counting: isCounted) else {
          calledCount += 1
          continue
        }
        plainCount += 1
        XCTAssertEqual(plain, count, "hall \(hall), ticket \(place.index) of line \(place.line)")
      }
    }
    XCTAssertGreaterThan(plainCount, 1000, "hardly a ticket was counted without calls")
    XCTAssertGreaterThan(calledCount, 1000, "hardly a ticket needed the calls")
  }

  /// Who comes last without a head start is the one whose number is most often taken: it must not cost the whole round.
  func testTheLatestWithoutAHeadStartIsCountedWithoutCalls() {
    let random = SeededRandom(seed: TestSeed.drawn())
    for hall in 0..<100 {
      let lines = lines(random) + [CallRound.Line(tickets: [ticket(9999, minutes: 60, passedOver: 0)], terms: Score())]
      let isCounted = lines.map { _ in true }
      let round = CallRound(lines, passedOverMax: 3, at: Visits.morning + .minutes(60))
      XCTAssertEqual(
        round.countAhead(of: (lines.count - 1, 0), counting: isCounted),
        lines.dropLast().reduce(0) { $0 + $1.tickets.count }, "hall \(hall)")
    }
  }

  /// Every ticket with how many of the counted lines are called before it.
  private func counts(
    _ round: CallRound, _ isCounted: [Bool]
  ) -> [(place: (line: Int, index: Int), count: Int)] {
    var (round, count) = (round, 0)
    var counts: [(place: (line: Int, index: Int), count: Int)] = []
    while let call = round.next() {
      counts.append((call, count))
      if isCounted[call.line] { count += 1 }
    }
    return counts
  }

  /// Up to five lines of up to twelve people, some of whom come in the same millisecond, or have been passed over before.
  private func lines(_ random: SeededRandom) -> [CallRound.Line] {
    var id: Int64 = 0
    return (0..<(1 + random.below(5))).map { _ in
      let tickets = (0..<(1 + random.below(12))).map { _ in
        id += 1
        return ticket(id, minutes: random.below(70) - 50, passedOver: random.below(8) == 0 ? random.below(4) : 0)
      }
      return CallRound.Line(
        tickets: tickets.sorted { $0.comesBefore($1) },
        terms: Score(priority: random.below(3) * 15, appointment: random.below(3) * 10, language: random.below(2) * 5))
    }
  }

  private func ticket(_ id: Int64, minutes: Int, passedOver: Int) -> LinedTicket {
    LinedTicket(
      Candidate(
        id: TicketID(id), service: Visits.passport, step: 0, stepCode: nil,
        waitsFrom: Visits.morning + .minutes(minutes), isPriority: false, isAppointment: false, language: .indonesian,
        target: nil, passedOver: passedOver))
  }
}
