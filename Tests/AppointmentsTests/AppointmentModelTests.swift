import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Appointments

/// Random people book, move, cancel, come and stay away while supervisors and the calendar change the days, against a
/// model that only counts. `make soak` does a hundred thousand (a tenth of `GAPURA_TEST_OPERATIONS`).
final class AppointmentModelTests: XCTestCase {
  private var operationCount: Int {
    ProcessInfo.processInfo.environment["GAPURA_TEST_OPERATIONS"].flatMap { Int($0) }.map { $0 / 10 } ?? 1500
  }

  func testRandomOperationsGiveNoPlaceTwiceAndNobodyTwoAppointments() async throws {
    let seed = testSeed()
    var rules = BookingOffice.plainRules
    rules.shares = AppointmentRules.Shares(walkIn: 20, priority: 20, express: 20)
    rules.release.daysAhead = 3
    let office = try await BookingOffice(rules: rules, counterCount: 2, seed: seed)
    var player = try await AppointmentPlayer(office, seed: seed)
    for operation in 0..<operationCount {
      try await player.step()
      // Looking at everything takes longer the more there is: some hundred times are enough.
      if operation % max(100, operationCount / 300) == 0 { try await office.assertSound(seed) }
    }
    try await office.assertSound(seed)
    print("appointments:", player.tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    for outcome in ["held", "booked", "cancelled", "came", "gone", "one-at-a-time"] {
      XCTAssertGreaterThan(player.tally[outcome, default: 0], 0, "\(outcome) never happened; seed \(seed)")
    }
    await office.close()
  }
}

/// Does one random thing after another, and checks each answer by counting.
private struct AppointmentPlayer {
  private struct Cell: Hashable {
    let day: CivilDate
    let service: ServiceCode
    let halfHour: CivilTime
    let kind: SlotKind
  }

  private struct Applicant {
    let person: Int
    let service: ServiceCode
    let number: ApplicationNumber
  }

  private let office: BookingOffice
  private let random: SeededRandom
  private let applicants: [Applicant]
  private var known: Set<PublicCode> = []
  /// In the order in which they were made.
  private var made: [PublicCode] = []
  private(set) var tally: [String: Int] = [:]

  init(_ office: BookingOffice, seed: UInt64) async throws {
    self.office = office
    random = SeededRandom(seed: seed ^ 0xA11)
    var applicants: [Applicant] = []
    for person in 0..<24 {
      for service in [BookingOffice.passport, BookingOffice.permit] {
        let number = try await office.apply(service, nik: "13710141019000\(person + 10)")
        applicants.append(Applicant(person: person, service: service, number: number))
      }
    }
    self.applicants = applicants
  }

  mutating func step() async throws {
    switch random.below(100) {
    case 0..<40: try await hold()
    case 40..<60: try await confirm()
    case 60..<66: try await move()
    case 66..<71: try await cancel()
    case 71..<86: try await come()
    case 86..<95: try await passTime()
    case 95..<97: try await changeTheDay()
    case 97: try await closeOrOpen()
    default: try await office.tidy()
    }
  }

  private var day: CivilDate { office.booking.today.adding(days: random.below(4)) }
  private var halfHour: CivilTime { CivilTime(minuteOfDay: 8 * 60 + 30 * random.below(4)) }

  /// Some minutes; after the last visit of a day, the next morning.
  private mutating func passTime() async throws {
    let time = office.booking.zone.time(of: office.clock.now)
    guard time.minuteOfDay < 10 * 60 else {
      let tomorrow = office.booking.today.adding(days: 1)
      office.clock.set(office.booking.zone.instant(tomorrow, CivilTime(minuteOfDay: 7 * 60 + 50)))
      return try await forgetThePast()
    }
    office.clock.advance(by: .minutes(random.below(30)))
  }

  /// What has passed counts for nothing any more.
  private mutating func forgetThePast() async throws {
    for code in known {
      guard let appointment = try await office.bookings.appointment(code), appointment.day < office.booking.today else {
        continue
      }
      known.remove(code)
    }
    made = Array(made.suffix(200))
  }

  private mutating func note(_ what: String) { tally[what, default: 0] += 1 }

  private mutating func hold() async throws {
    let kind = [SlotKind.web, .web, .priority, .express, .walkIn][random.below(5)]
    let party = (0..<[1, 1, 1, 2, 3][random.below(5)]).map { _ in applicants[random.below(applicants.count)] }
    let request = SlotRequest(
      applications: party.map(\.number), kind: kind, priority: kind == .priority ? .pregnant : nil, day: day,
      halfHour: halfHour, submission: "s\(random.uint64())")
    let before = try await living(party.map(\.person))
    do {
      let held = try await office.bookings.hold(request)
      XCTAssertEqual(before.filter { $0.state == .booked }.map(\.code), [], "somebody has two appointments")
      XCTAssertEqual(held.kind, kind)
      try await checkRoom(for: held)
      if known.insert(held.code).inserted { made.append(held.code) }
      note("held")
    } catch let problem as Problem {
      let reason = problem.code.split(separator: ".").last.map(String.init) ?? problem.code
      if reason == "one-at-a-time" {
        XCTAssertFalse(before.allSatisfy { $0.state != .booked }, "nobody of them has one")
      } else {
        XCTAssertTrue(["gone", "not-bookable", "party-size", "too-many-holds"].contains(reason), problem.code)
      }
      note(reason)
    }
  }

  private mutating func confirm() async throws {
    guard let code = any(), let before = try await office.bookings.appointment(code) else { return }
    let mayBook =
      before.heldUntil.map { $0 > office.clock.now } ?? (before.state == .booked || before.state == .checkedIn)
    let refused = try await problem { try await office.bookings.confirm(code) }
    XCTAssertEqual(refused, mayBook ? nil : "appointment.hold-ended")
    if refused == nil, before.state == .held { note("booked") }
  }

  private mutating func move() async throws {
    guard let code = any(), let before = try await office.bookings.appointment(code) else { return }
    let (day, halfHour) = (day, halfHour)
    do {
      let moved = try await office.bookings.move(code, to: day, halfHour: halfHour)
      guard moved.moves > before.moves else { return }
      XCTAssertEqual(before.moves, 0, "moved twice")
      XCTAssertGreaterThan(before.day, office.booking.today, "moved on its own day")
      XCTAssertEqual(moved.code, before.code)
      try await checkRoom(for: moved)
      note("moved")
    } catch let problem as Problem {
      XCTAssertTrue(
        ["appointment.gone", "appointment.cannot-move", "appointment.ended"].contains(problem.code), problem.code)
    }
  }

  private mutating func cancel() async throws {
    guard let code = any(), let before = try await office.bookings.appointment(code) else { return }
    let isLiving = before.state == .held || before.state == .booked
    let refused = try await problem { try await office.bookings.cancel(code) }
    XCTAssertEqual(refused, isLiving ? nil : "appointment.ended")
    if refused == nil { note("cancelled") }
  }

  private mutating func come() async throws {
    guard let code = try await expected() ?? any(), let before = try await office.bookings.appointment(code) else {
      return
    }
    do {
      let tickets = try await office.checkIns.checkIn(code: code, channel: .kiosk, language: .indonesian)
      XCTAssertEqual(tickets.count, before.visits.count)
      XCTAssertEqual(Set(tickets.map(\.code)), Set(before.visits.map(\.code)), "the code is not the ticket's")
      // Who has come before is shown the same ticket again, on any day.
      guard before.state == .booked else { return }
      XCTAssertEqual(before.day, office.booking.today)
      note("came")
    } catch let problem as Problem {
      // Who waits in the hall with an application may book it again, but gets no second number for it.
      XCTAssertTrue(
        problem.code.hasPrefix("appointment.") || problem.code == "queue.has-another", problem.code)
      note("turned away")
    } catch let closed as Unavailable {
      XCTAssertFalse(closed.availability.isServing, "turned away by an office that serves")
      note("turned away")
    }
  }

  private mutating func changeTheDay() async throws {
    try await SupervisionService(booking: office.booking).change(
      day,
      DayPlan.Change(
        service: nil, span: OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 540)),
        slots: random.below(8)), because: "pemadaman listrik", by: .officer(OfficerID(1), .supervisor),
      submission: "c\(random.uint64())")
    note("changed")
  }

  private mutating func closeOrOpen() async throws {
    let (day, office) = (day, office)
    if random.below(2) == 0 { office.hours.close(day) } else { office.hours.open(day) }
    try await office.store.write { try office.keeper.plan(day, in: $0) }
    note("closed or opened")
  }

  // MARK: counting

  /// Any appointment, more often one of the last few.
  private func any() -> PublicCode? {
    let codes = random.below(3) == 0 ? made[...] : made.suffix(4)
    return codes.isEmpty ? nil : codes[codes.startIndex + random.below(codes.count)]
  }

  /// A person who is booked for today.
  private func expected() async throws -> PublicCode? {
    for code in made.reversed() {
      guard let appointment = try await office.bookings.appointment(code) else { continue }
      if appointment.state == .booked, appointment.day == office.booking.today { return code }
    }
    return nil
  }

  /// The appointments that these people have today or later, by looking at all of them.
  private func living(_ people: [Int]) async throws -> [Appointment] {
    let numbers = Set(applicants.filter { people.contains($0.person) }.map(\.number))
    var found: [Appointment] = []
    for code in known {
      guard let appointment = try await office.bookings.appointment(code), appointment.day >= office.booking.today,
        appointment.visits.contains(where: { numbers.contains($0.application) })
      else { continue }
      found.append(appointment)
    }
    return found
  }

  /// A slot that has just been given was there: in its half-hour are no more people of its kind than the day has.
  private func checkRoom(for given: Appointment) async throws {
    let day = given.day
    let changes = try await office.store.read { try PlanTable.changes(on: day, in: $0) }
    let plan = DayPlan(
      day, spans: office.hours.openingTimes(on: day), counters: office.booking.office.counters,
      rules: office.booking.rules.now, changes: changes)
    var taken: [Cell: Int] = [:]
    for code in known.union([given.code]) {
      guard let appointment = try await office.bookings.appointment(code), appointment.day == day,
        appointment.state.holdsSlots,
        appointment.state != .held || appointment.heldUntil.map({ $0 > office.clock.now }) ?? false
      else { continue }
      for visit in appointment.visits {
        taken[Cell(day: day, service: visit.service, halfHour: visit.halfHour, kind: appointment.kind), default: 0] += 1
      }
    }
    for visit in given.visits {
      let cell = Cell(day: day, service: visit.service, halfHour: visit.halfHour, kind: given.kind)
      let slots = plan.slots.filter {
        $0.service == cell.service && $0.halfHour == cell.halfHour && $0.kind == cell.kind
      }
      XCTAssertLessThanOrEqual(taken[cell, default: 0], slots.count, "oversold: \(cell)")
    }
  }
}
