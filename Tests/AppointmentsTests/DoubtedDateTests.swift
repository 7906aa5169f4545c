import Contracts
import Core
import Store
import XCTest

@testable import Appointments

/// Appointments while nobody knows whether the machine's date is right.
final class DoubtedDateTests: XCTestCase {
  /// A draw with one entry, an appointment and a slot that is kept for a moment; then the night after that day.
  private func prepared() async throws -> (office: BookingOffice, draw: DrawID, booked: PublicCode, held: PublicCode) {
    let office = try await BookingOffice()
    let draws = office.draws
    let draw = try await draws.announce(
      DrawTable.Plan(
        service: BookingOffice.passport, first: BookingOffice.monday.adding(days: 16),
        last: BookingOffice.monday.adding(days: 17), closes: office.clock.now + .hours(2), submission: "draw"),
      by: .officer(OfficerID(3), .supervisor))
    _ = try await draws.enter(draw.id, with: try await office.apply(), wish: nil, isStrict: false)
    let booked = try await office.book([try await office.apply()])
    let held = try await office.hold([try await office.apply()], at: "08:30")
    office.clock.advance(by: .hours(41))
    return (office, draw.id, booked.code, held.code)
  }

  func testNothingIsSettledOrDrawnUntilTheDateIsBelieved() async throws {
    let (office, draw, booked, held) = try await prepared()
    func standing() async throws -> [String] {
      let states = try await [office.bookings.appointment(booked)?.state, office.bookings.appointment(held)?.state]
      let drawnAt = try await office.store.read { try DrawTable.draw(draw, in: $0)?.drawnAt }
      return states.map { $0.map { "\($0)" } ?? "gone" } + [drawnAt == nil ? "not drawn" : "drawn"]
    }
    office.clock.doubt(.ahead(.hours(41)))
    try await office.tidy()
    let doubted = try await standing()
    XCTAssertEqual(doubted, ["booked", "held", "not drawn"])

    office.clock.doubt(nil)
    try await office.tidy()
    let believed = try await standing()
    XCTAssertEqual(believed, ["missed", "lapsed", "drawn"])
    try await office.assertSound()
    await office.close()
  }

  func testNobodyIsForgottenUntilTheDateIsBelieved() async throws {
    let (office, _, _, _) = try await prepared()
    func people() async throws -> Int {
      try await office.store.read {
        try $0.value("SELECT count(*) FROM appointments_visit WHERE person IS NOT NULL") ?? 0
      }
    }
    try await office.tidy()
    let before = try await people()
    XCTAssertGreaterThan(before, 1)
    office.clock.advance(by: .hours(24 * 60))
    office.clock.doubt(.ahead(.hours(24 * 60)))
    try await office.tidy()
    let doubted = try await people()
    XCTAssertEqual(doubted, before)

    office.clock.doubt(nil)
    try await office.tidy()
    let believed = try await people()
    XCTAssertEqual(believed, 0)
    await office.close()
  }
}
