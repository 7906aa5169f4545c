import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Appointments

/// A release as it happens to an office: everybody at once after far too few slots, through the services, durably.
///
/// `GAPURA_RUSH_PEOPLE=20000` plays the whole of it; the default is small enough for every run of the tests.
final class ReleaseRushTests: XCTestCase {
  private var people: Int {
    ProcessInfo.processInfo.environment["GAPURA_RUSH_PEOPLE"].flatMap { Int($0) } ?? 600
  }

  func testEverybodyAtOnceAfterFiveHundredPlacesGetsThemAllAndNobodyATakenOne() async throws {
    var rules = BookingOffice.plainRules
    rules.services = [
      AppointmentRules.Service(code: BookingOffice.passport, minutes: 10, weight: 1, takesExpress: false)
    ]
    // 08.00 to 10.00 in half-hours of three visits at each of 42 counters: 504 slots.
    let office = try await BookingOffice(rules: rules, counterCount: 42)
    let day = BookingOffice.monday.adding(days: 1)
    let slots = try await office.free(on: day)
    XCTAssertEqual(slots, 504)
    var numbers: [ApplicationNumber] = []
    for _ in 0..<people { numbers.append(office.applyUnsealed()) }
    let applicants = numbers

    let start = ContinuousClock.now
    let outcomes = try await withThrowingTaskGroup(of: (won: Bool, time: Duration).self) { group in
      for number in applicants {
        group.addTask {
          let began = ContinuousClock.now
          return (try await Self.book(number, on: day, at: office), ContinuousClock.now - began)
        }
      }
      return try await group.reduce(into: [(won: Bool, time: Duration)]()) { $0.append($1) }
    }
    let elapsed = ContinuousClock.now - start
    let won = outcomes.count { $0.won }
    let sorted = outcomes.map(\.time).sorted()
    print(
      "release rush: \(people) people, \(slots) slots, \(won) booked in \(elapsed);",
      "p50 \(sorted[sorted.count / 2]), p99 \(sorted[sorted.count * 99 / 100])")
    XCTAssertEqual(won, min(slots, people))
    let left = try await office.free(on: day)
    XCTAssertEqual(left, slots - won)
    try await office.assertSound()
    await office.close()
  }

  /// Takes the first time that is left, and the next one when a person was faster.
  private static func book(_ number: ApplicationNumber, on day: CivilDate, at office: BookingOffice) async throws
    -> Bool
  {
    let party = try await office.bookings.party([number], kind: .web)
    while true {
      let days = try await office.bookings.openDays(party, kind: .web)
      guard let time = days.first(where: { $0.day == day })?.begins.first else { return false }
      do {
        let held = try await office.hold([number], on: day, at: time.description)
        _ = try await office.bookings.confirm(held.code)
        return true
      } catch let problem as Problem where problem.code == "appointment.gone" {
        continue
      }
    }
  }
}
