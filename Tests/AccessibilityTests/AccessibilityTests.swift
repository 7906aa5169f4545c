import Client
import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Accessibility

final class AccessibilityTests: XCTestCase {
  func testNeedsOfATicketAreReadBackAndEmptyOnesKeepNothing() async throws {
    let house = try await AccessibilityHouse()
    let needs = Needs(priority: .pregnant, assistance: [.wheelchair, .signLanguage])
    try await house.record(needs, for: 1)
    try await house.record(Needs(), for: 2)
    let read = try await house.needs(of: 1)
    XCTAssertEqual(read, needs)
    let rowCount = try await house.rowCount()
    XCTAssertEqual(rowCount, 1)
    try await house.record(Needs(), for: 1)
    let cleared = try await house.needs(of: 1)
    XCTAssertTrue(cleared.isEmpty)
  }

  func testEveryNeedSurvivesTheTable() async throws {
    let house = try await AccessibilityHouse()
    for (place, group) in PriorityGroup.allCases.enumerated() {
      let needs = Needs(priority: group, assistance: Set(Assistance.allCases.dropFirst(place)))
      try await house.record(needs, for: Int64(place))
      let read = try await house.needs(of: Int64(place))
      XCTAssertEqual(read, needs)
    }
  }

  func testNeedsAreForgottenAfterTwoDaysWhenWritingAndAtStart() async throws {
    let house = try await AccessibilityHouse()
    try await house.record(Needs(priority: .elderly), for: 1)
    house.house.clock.advance(by: AccessibilityModule.needMemory)
    try await house.record(Needs(priority: .elderly), for: 2)
    let kept = try await house.rowCount()
    XCTAssertEqual(kept, 2)
    house.house.clock.advance(by: .seconds(1))
    try await house.record(Needs(priority: .elderly), for: 3)
    let afterWriting = try await house.rowCount()
    XCTAssertEqual(afterWriting, 2)
    house.house.clock.advance(by: .hours(49))
    try await house.module.start()
    let afterStart = try await house.rowCount()
    XCTAssertEqual(afterStart, 0)
  }

  func testNeedsAndCallsOfADateThatIsStillToComeAreNotKeptUntilThen() async throws {
    let house = try await AccessibilityHouse()
    let right = house.house.clock.now
    house.house.clock.set(right + .hours(24 * 3650))
    try await house.record(Needs(priority: .elderly), for: 1)
    _ = try await house.call("lobi-1")
    house.house.clock.set(right)
    try await house.record(Needs(priority: .elderly), for: 2)
    let kept = try await house.rowCount()
    XCTAssertEqual(kept, 1)
    try await house.desk.forget()
    let calls = try await house.desk.openCalls()
    XCTAssertEqual(calls.count, 0)
  }

  func testNeedsAreForgottenAlsoWhereNobodySaysAny() async throws {
    let house = try await AccessibilityHouse()
    try await house.record(Needs(priority: .elderly), for: 1)
    house.house.clock.advance(by: AccessibilityModule.needMemory)
    let forgetting = RegularForgetting(house.desk, every: .milliseconds(5), log: SilentLog())
    try await forgetting.start()
    let kept = try await house.rowCount()
    XCTAssertEqual(kept, 1, "its time is not over yet")
    house.house.clock.advance(by: .seconds(1))
    let deadline = ContinuousClock.now + .seconds(60)
    while try await house.rowCount() > 0, ContinuousClock.now < deadline { await Task.yield() }
    let left = try await house.rowCount()
    XCTAssertEqual(left, 0)
    await forgetting.stop()
  }

  func testSecondCallFromTheSamePlaceIsTheSameCall() async throws {
    let house = try await AccessibilityHouse()
    let first = try await house.call("lobi-1")
    let second = try await house.call("lobi-1")
    let other = try await house.call("lobi-2")
    XCTAssertEqual(first.id, second.id)
    XCTAssertNotEqual(first.id, other.id)
    try await house.desk.answer(first.id, by: OfficerID(7))
    let third = try await house.call("lobi-1")
    XCTAssertNotEqual(third.id, first.id)
    let kinds = try await house.house.store.journal.events(after: 0, limit: 10).map(\.kind)
    XCTAssertEqual(kinds, ["help.requested", "help.requested", "help.answered", "help.requested"])
  }

  func testCallIsAnsweredByTheFirstWhoComes() async throws {
    let house = try await AccessibilityHouse()
    let call = try await house.call("web-entrance")
    try await house.desk.answer(call.id, by: OfficerID(7))
    try await house.desk.answer(call.id, by: OfficerID(8))
    let officer: Int64? = try await house.house.store.read { try $0.value("SELECT officer FROM accessibility_help") }
    XCTAssertEqual(officer, 7)
    do {
      try await house.desk.answer(ID(99), by: OfficerID(7))
      XCTFail("an unknown call was answered")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "accessibility.unknown-call")
    }
  }

  func testEveryPageIsSoundInBothLanguages() async throws {
    try await serving { house, served in
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        for path in ["/bantuan-akses", "/bantuan-akses?bantuan=1", "/bantuan-akses?bantuan=tidak"] {
          assertSound(try await visitor.visit(path), path)
        }
        assertSound(try await visitor.post("/bantuan-akses", [("tempat", "bulan")]), "unknown place")
        await visitor.with { $0.setCookie("petugas", "CLERK") }
        assertSound(try await visitor.visit("/petugas/bantuan"), "no calls")
        let call = try await house.call("web-entrance")
        house.house.clock.advance(by: .minutes(5))
        assertSound(try await visitor.visit("/petugas/bantuan"), "a call")
        try await house.desk.answer(call.id, by: OfficerID(7))
        assertSound(try await visitor.post("/petugas/bantuan/99/datang", []), "unknown call")
      }
    }
  }

  func testCallFromAPhoneReachesTheOfficersAndTheirPageHearsOfIt() async throws {
    try await serving { house, served in
      let listener = served.visitor()
      let (isListening, signal) = AsyncStream<Void>.makeStream()
      async let heard = listener.with { browser in
        browser.setCookie("petugas", "CLERK")
        defer { signal.finish() }
        let events = try browser.events("/petugas/bantuan/peristiwa")
        signal.finish()
        defer { events.close() }
        return try events.next()?.data
      }
      for await _ in isListening {}
      let visitor = served.visitor()
      let page = try await visitor.visit("/bantuan-akses")
      let form = try XCTUnwrap(page.form(to: "/bantuan-akses"))
      let called = try await visitor.submit(form.filled(["tempat": "web-waiting"]))
      XCTAssertEqual(called.location, "/bantuan-akses?bantuan=1")
      let waits = try await visitor.visit("/bantuan-akses?bantuan=1")
      XCTAssertTrue(waits.text.contains("Petugas sudah dipanggil."))
      XCTAssertFalse(waits.text.contains("menuju"), "nobody has said to be on the way")
      let data = try await heard
      XCTAssertEqual(data, "help.requested")
      let officer = served.visitor()
      await officer.with { $0.setCookie("petugas", "CLERK") }
      let list = try await officer.visit("/petugas/bantuan")
      XCTAssertTrue(list.text.contains("Ruang tunggu"))
      let come = try XCTUnwrap(list.forms.first { $0.action.hasSuffix("/datang") })
      let answered = try await officer.submit(come)
      XCTAssertEqual(answered.location, "/petugas/bantuan")
      let open = try await house.desk.openCalls()
      XCTAssertTrue(open.isEmpty)
      let coming = try await visitor.visit("/bantuan-akses?bantuan=1")
      XCTAssertTrue(coming.text.contains("Petugas sedang menuju"))
    }
  }

  func testWithNobodySignedInNoCallIsMadeAndTheCallerIsToldWhatToDo() async throws {
    let house = try await AccessibilityHouse(isAnybodyThere: false)
    let isHeard = try await house.desk.isHelpHeard()
    XCTAssertFalse(isHeard)
    let call = try await house.desk.requestHelp(at: "lobi-1")
    XCTAssertNil(call)
    let open = try await house.desk.openCalls()
    XCTAssertTrue(open.isEmpty)
    let served = try ServedModule(
      house.module.routes(), navigation: house.module.navigation(), gatekeeper: StandingOfficers(), in: house.house)
    let visitor = served.visitor()
    let page = try await visitor.visit("/bantuan-akses")
    XCTAssertNil(page.form(to: "/bantuan-akses"), "a call is offered that nobody sees")
    XCTAssertTrue(page.text.contains("Saat ini tidak ada petugas yang dapat dipanggil dari sini."))
    XCTAssertEqual(page.faults, [])
    // From a page that was open when the last officer went.
    let called = try await visitor.post("/bantuan-akses", [("tempat", "web-waiting")])
    let told = try await visitor.visit(try XCTUnwrap(called.location))
    XCTAssertTrue(told.text.contains("tidak ada petugas yang bertugas"))
    XCTAssertFalse(told.text.contains("Petugas sudah dipanggil"))
    XCTAssertTrue(told.text.contains("Silakan ke meja informasi"), told.text)
    XCTAssertTrue(told.text.contains("Telepon kantor: \(house.house.office.telephone)."), told.text)
    await served.stop()
  }

  func testHealthAndMetricsCountTheOpenCalls() async throws {
    let house = try await AccessibilityHouse()
    let isHeard = try await house.desk.isHelpHeard()
    XCTAssertTrue(isHeard)
    _ = try await house.desk.requestHelp(at: "lobi-1")
    let health = await house.module.health()
    XCTAssertTrue(health.isHealthy)
    let metrics = await house.module.metrics()
    XCTAssertEqual(metrics.first?.value, 1)
  }

  private func assertSound(_ answer: Answer, _ what: String, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], what, file: file, line: line)
    XCTAssertLessThan(answer.status, 500, what, file: file, line: line)
  }

  private func serving(_ body: (AccessibilityHouse, ServedModule) async throws -> Void) async throws {
    let house = try await AccessibilityHouse()
    let served = try ServedModule(
      house.module.routes(), navigation: house.module.navigation(), gatekeeper: StandingOfficers(), in: house.house)
    do {
      try await body(house, served)
    } catch {
      await served.stop()
      throw error
    }
    await served.stop()
  }
}

/// Officers who are all signed in, or none.
private struct SwitchedPresence: OfficerPresence {
  let isThere: Bool

  func isAnybodySignedIn<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool { isThere }
}

/// Accessibility with its tables.
struct AccessibilityHouse {
  let house: ModuleHouse
  let module: AccessibilityModule
  let desk: HelpDesk

  init(isAnybodyThere: Bool = true) async throws {
    house = try ModuleHouse()
    let presence = SwitchedPresence(isThere: isAnybodyThere)
    module = try await house.open(AccessibilityModule.self) { $0.provide((any OfficerPresence).self, presence) }
    desk = HelpDesk(
      store: house.store, clock: house.clock, presence: presence, needMemory: AccessibilityModule.needMemory)
  }

  func record(_ needs: Needs, for ticket: Int64) async throws {
    let desk = desk
    try await house.store.write { try desk.record(needs, for: TicketID(ticket), in: $0) }
  }

  func needs(of ticket: Int64) async throws -> Needs {
    let desk = desk
    return try await house.store.read { try desk.needs(of: TicketID(ticket), in: $0) }
  }

  func call(_ place: String) async throws -> HelpRequest {
    let call = try await desk.requestHelp(at: place)
    return try XCTUnwrap(call)
  }

  func rowCount() async throws -> Int {
    try await house.store.read { try $0.value("SELECT COUNT(*) FROM accessibility_need") ?? 0 }
  }
}
