import Contracts
import Core
import Store
import XCTest

@testable import Appointments
@testable import Forecast
@testable import Queue
@testable import Vault

/// What makes it hard to trade in slots.
final class BrokerTests: XCTestCase {
  private var tuesday: CivilDate { BookingOffice.monday.adding(days: 1) }

  func testAPlaceThatIsLetGoBeforeItsTimeCannotBeHandedOn() async throws {
    let office = try await BookingOffice()
    let before = try await office.free()
    let held = try await office.hold([try await office.apply()])
    try await office.bookings.cancel(held.code)
    let handedOn = try await office.free()
    XCTAssertEqual(handedOn, before - 1, "whoever stands ready could take it at once")
    office.clock.advance(by: .minutes(121))
    let later = try await office.free()
    XCTAssertEqual(later, before)
    try await office.assertSound()
    await office.close()
  }

  func testFreedPlacesReturnAtMomentsThatDifferFromEachOther() async throws {
    let office = try await BookingOffice(seed: testSeed())
    var freed: [Instant] = []
    for _ in 0..<6 {
      let times = try await office.bookings.openDays(
        try await office.bookings.party([try await office.apply()], kind: .web), kind: .web)
      let time = try XCTUnwrap(times.first { $0.day == tuesday }?.begins.first)
      let booked = try await office.book([try await office.apply()], at: time.description)
      try await office.bookings.cancel(booked.code)
      freed = try await office.store.read { snapshot in
        try snapshot.rows("SELECT available_at FROM appointments_slot WHERE available_at > 0") { try $0.get(0) }
      }
    }
    let bounds = office.clock.now + .minutes(5)...office.clock.now + .minutes(120)
    XCTAssertTrue(freed.allSatisfy(bounds.contains))
    XCTAssertGreaterThan(Set(freed).count, 3)
    await office.close()
  }

  func testThePublicPageTellsWhatReturnsButNotWhen() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()])
    try await office.bookings.cancel(booked.code)
    let overview = try await SlotOverview.read(office.booking)
    XCTAssertEqual(overview.count(.web, on: tuesday)?.returning, 1)
    await office.close()
  }

  func testAskingForTheSameTimeAgainKeepsTheSamePlace() async throws {
    let office = try await BookingOffice()
    let number = try await office.apply()
    let held = try await office.hold([number])
    let again = try await office.hold([number])
    XCTAssertEqual(again.code, held.code)
    let other = try await office.hold([number], at: "08:30")
    XCTAssertNotEqual(other.code, held.code)
    try await office.assertSound()
    await office.close()
  }

  func testWhoKeepsPlacesAgainAndAgainWithoutBookingHasToStopForAWhile() async throws {
    var rules = BookingOffice.plainRules
    rules.holdsMax = 3
    rules.holdsWithinMinutes = 60
    let office = try await BookingOffice(rules: rules)
    let person = "1371014101900001"
    let number = try await office.apply(nik: person)
    // One lapses, one is let go, one is given up for another time.
    _ = try await office.hold([number])
    office.clock.advance(by: .minutes(11))
    try await office.bookings.cancel(try await office.hold([number], at: "08:30").code)
    _ = try await office.hold([number], at: "09:00")
    let last = try await problem { try await office.hold([number], at: "09:30") }
    XCTAssertEqual(last, "appointment.too-many-holds")
    let present = try await office.store.read { snapshot -> Int? in
      try snapshot.value("SELECT count(*) FROM appointments_appointment WHERE state = 'held'")
    }
    XCTAssertEqual(present, 1, "what is kept now stays kept")
    let other = try await office.apply(BookingOffice.permit, nik: person)
    let elsewhere = try await problem { try await office.hold([other], at: "09:30") }
    XCTAssertEqual(elsewhere, "appointment.too-many-holds", "another application is another person")
    _ = try await office.book([try await office.apply()], at: "09:30")

    office.clock.advance(by: .minutes(50))
    _ = try await office.book([number], at: "08:30")
    try await office.assertSound()
    await office.close()
  }

  /// What lapsed on a wrong date was not "within the last hour" for years.
  func testPlacesThatLapsedOnADateThatIsStillToComeAreNotCounted() async throws {
    var rules = BookingOffice.plainRules
    rules.holdsMax = 1
    let office = try await BookingOffice(rules: rules)
    let number = try await office.apply(nik: "1371014101900001")
    try await office.bookings.cancel(try await office.hold([number]).code)
    let refused = try await problem { try await office.hold([number], at: "08:30") }
    XCTAssertEqual(refused, "appointment.too-many-holds")
    let made = (office.clock.now + .hours(24 * 3650)).milliseconds
    try await office.store.write { try $0.run("UPDATE appointments_appointment SET made_at = \(made)") }
    _ = try await office.hold([number], at: "08:30")
    await office.close()
  }

  func testAFamilyMayHoldOneForEachButNobodyTwo() async throws {
    let office = try await BookingOffice()
    let parent = try await office.apply(nik: "1371014101900001")
    let child = try await office.apply(nik: "1371014101150002")
    let family = try await office.book([parent, child])
    XCTAssertEqual(family.visits.count, 2)
    let again = try await office.apply(BookingOffice.permit, nik: "1371014101150002")
    let refused = try await problem { try await office.hold([again], at: "09:00") }
    XCTAssertEqual(refused, "appointment.one-at-a-time")
    await office.close()
  }

  func testAnErasedPersonLeavesNoHashThatNIKsCouldBeTriedAgainst() async throws {
    let office = try await BookingOffice()
    office.vault.whenErased { [booking = office.booking] in try BookingEnds(booking: booking).forget($0, in: $1) }
    let nik = "1371014101900001"
    let (first, second) = (try await office.apply(nik: nik), try await office.apply(nik: "1371014101150002"))
    _ = try await office.book([first])
    let kept = try await office.book([second], at: "09:00")
    let summary = try await office.store.read { [register = office.register] in try register.application(first, in: $0)
    }
    let hash = office.vault.authenticate(Array("nik:\(nik)".utf8), for: "queue.person")
    func slots() async throws -> [String] {
      try await office.store.read { snapshot in
        try ["person", "visit", "claim", "entry"].filter { table in
          let count: Int? =
            switch table {
            case "person": try snapshot.value("SELECT count(*) FROM appointments_person WHERE person = \(hash)")
            case "visit": try snapshot.value("SELECT count(*) FROM appointments_visit WHERE person = \(hash)")
            case "claim": try snapshot.value("SELECT count(*) FROM appointments_claim WHERE person = \(hash)")
            default: try snapshot.value("SELECT count(*) FROM appointments_entry WHERE person = \(hash)")
            }
          return count != 0
        }
      }
    }
    let before = try await slots()
    XCTAssertEqual(before, ["person", "visit", "claim"])
    try await office.vault.erase(try XCTUnwrap(summary).subject, for: .erasure, as: .system("test"))
    let after = try await slots()
    XCTAssertEqual(after, [])
    let other = try await office.bookings.appointment(kept.code)
    XCTAssertEqual(other?.state, .booked)
    let claims: Int? = try await office.store.read { try $0.value("SELECT count(*) FROM appointments_claim") }
    XCTAssertEqual(claims, 1, "somebody else's stays")
    await office.close()
  }

  func testACallOutOfOrderStandsInTheLedgerWithOfficerAndTicket() async throws {
    let office = try await BookingOffice()
    let counters = CounterService(
      store: office.store, clock: office.clock, zone: .wib, office: office.booking.office,
      rules: RulesInForce(QueueRules(), directory: nil), tracking: nil, ledger: office.vault)
    var tickets: [Ticket] = []
    for index in 0..<3 {
      tickets.append(
        try await office.queue.takeNumber(
          TicketRequest(
            service: BookingOffice.passport, application: nil, needs: Needs(priority: nil), channel: .kiosk,
            submission: "ticket \(index)")))
    }
    let counter = try counters.counter("1")
    _ = try await counters.callNext(to: counter, by: .officer(OfficerID(7), .clerk))
    let inOrder = try await office.store.read { try office.vault.entries(of: .outOfOrderCall, limit: 5, in: $0) }
    XCTAssertEqual(inOrder, [])
    let unexplained = try await problem {
      try await counters.callChosen(tickets[2].id, to: counter, by: .officer(OfficerID(7), .clerk), reason: " ")
    }
    XCTAssertEqual(unexplained, "queue.reason-missing")
    let called = try await counters.store.read { try TicketTable.inHand(of: 1, in: $0) }
    XCTAssertNotNil(called)
    let second = BookingOffice.counter(2)
    _ = try await counters.callChosen(
      tickets[2].id, to: second, by: .officer(OfficerID(8), .clerk), reason: "ibu melahirkan")
    let recorded = try await office.store.read { try office.vault.entries(of: .outOfOrderCall, limit: 5, in: $0) }
    XCTAssertEqual(recorded.map(\.facts), [["ticket": tickets[2].id.description, "counter": "2"]])
    XCTAssertEqual(recorded.first?.principal, "officer:8:clerk")
    await office.close()
  }
}
