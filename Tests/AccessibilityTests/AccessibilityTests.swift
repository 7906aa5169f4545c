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
    let office = try await AccessibilityOffice()
    let needs = Needs(priority: .pregnant, assistance: [.wheelchair, .signLanguage])
    try await office.record(needs, for: 1)
    try await office.record(Needs(), for: 2)
    let read = try await office.needs(of: 1)
    XCTAssertEqual(read, needs)
    let rowCount = try await office.rowCount()
    XCTAssertEqual(rowCount, 1)
    try await office.record(Needs(), for: 1)
    let cleared = try await office.needs(of: 1)
    XCTAssertTrue(cleared.isEmpty)
  }

  func testEveryNeedSurvivesTheTable() async throws {
    let office = try await AccessibilityOffice()
    for (place, group) in PriorityGroup.allCases.enumerated() {
      let needs = Needs(priority: group, assistance: Set(Assistance.allCases.dropFirst(place)))
      try await office.record(needs, for: Int64(place))
      let read = try await office.needs(of: Int64(place))
      XCTAssertEqual(read, needs)
    }
  }

  func testNeedsAreForgottenAfterTwoDaysWhenWritingAndAtStart() async throws {
    let office = try await AccessibilityOffice()
    try await office.record(Needs(priority: .elderly), for: 1)
    office.base.clock.advance(by: AccessibilityModule.needMemory)
    try await office.record(Needs(priority: .elderly), for: 2)
    let kept = try await office.rowCount()
    XCTAssertEqual(kept, 2)
    office.base.clock.advance(by: .seconds(1))
    try await office.record(Needs(priority: .elderly), for: 3)
    let afterWriting = try await office.rowCount()
    XCTAssertEqual(afterWriting, 2)
    office.base.clock.advance(by: .hours(49))
    try await office.module.start()
    let afterStart = try await office.rowCount()
    XCTAssertEqual(afterStart, 0)
  }

  func testNeedsAndCallsOfADateThatIsStillToComeAreNotKeptUntilThen() async throws {
    let office = try await AccessibilityOffice()
    let right = office.base.clock.now
    office.base.clock.set(right + .hours(24 * 3650))
    try await office.record(Needs(priority: .elderly), for: 1)
    _ = try await office.call("lobi-1")
    office.base.clock.set(right)
    try await office.record(Needs(priority: .elderly), for: 2)
    let kept = try await office.rowCount()
    XCTAssertEqual(kept, 1)
    try await office.help.forget()
    let calls = try await office.help.openCalls()
    XCTAssertEqual(calls.count, 0)
  }

  func testNeedsAreForgottenAlsoWhereNobodySaysAny() async throws {
    let office = try await AccessibilityOffice()
    try await office.record(Needs(priority: .elderly), for: 1)
    office.base.clock.advance(by: AccessibilityModule.needMemory)
    let forgetting = RegularForgetting(office.help, every: .milliseconds(5), log: SilentLog())
    try await forgetting.start()
    let kept = try await office.rowCount()
    XCTAssertEqual(kept, 1, "its time is not over yet")
    office.base.clock.advance(by: .seconds(1))
    let deadline = ContinuousClock.now + .seconds(60)
    while try await office.rowCount() > 0, ContinuousClock.now < deadline { await Task.yield() }
    let left = try await office.rowCount()
    XCTAssertEqual(left, 0)
    await forgetting.stop()
  }

  func testSecondCallFromTheSamePlaceIsTheSameCall() async throws {
    let office = try await AccessibilityOffice()
    let first = try await office.call("lobi-1")
    let second = try await office.call("lobi-1")
    let other = try await office.call("lobi-2")
    XCTAssertEqual(first.id, second.id)
    XCTAssertNotEqual(first.id, other.id)
    try await office.help.answer(first.id, by: .officer(OfficerID(7), .clerk))
    let third = try await office.call("lobi-1")
    XCTAssertNotEqual(third.id, first.id)
    let kinds = try await office.base.store.journal.events(after: 0, limit: 10).map(\.kind)
    XCTAssertEqual(kinds, ["help.requested", "help.requested", "help.answered", "help.requested"])
  }

  func testCallIsAnsweredByTheFirstWhoComes() async throws {
    let office = try await AccessibilityOffice()
    let call = try await office.call("web-entrance")
    try await office.help.answer(call.id, by: .officer(OfficerID(7), .clerk))
    try await office.help.answer(call.id, by: .officer(OfficerID(8), .clerk))
    let officer: Int64? = try await office.base.store.read { try $0.value("SELECT officer FROM accessibility_help") }
    XCTAssertEqual(officer, 7)
    do {
      try await office.help.answer(ID(99), by: .officer(OfficerID(7), .clerk))
      XCTFail("an unknown call was answered")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "accessibility.unknown-call")
    }
  }

  func testEveryPageIsSoundInBothLanguages() async throws {
    try await serving { office, served in
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        for path in ["/bantuan-akses", "/bantuan-akses?bantuan=1", "/bantuan-akses?bantuan=tidak"] {
          assertSound(try await visitor.visit(path), path)
        }
        assertSound(try await visitor.post("/bantuan-akses", [("tempat", "bulan")]), "unknown place")
        await visitor.with { $0.setCookie("petugas", "CLERK") }
        assertSound(try await visitor.visit("/petugas/bantuan"), "no calls")
        let call = try await office.call("web-entrance")
        office.base.clock.advance(by: .minutes(5))
        assertSound(try await visitor.visit("/petugas/bantuan"), "a call")
        try await office.help.answer(call.id, by: .officer(OfficerID(7), .clerk))
        assertSound(try await visitor.post("/petugas/bantuan/99/datang", []), "unknown call")
      }
    }
  }

  func testCallFromAPhoneReachesTheOfficersAndTheirPageHearsOfIt() async throws {
    try await serving { office, served in
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
      XCTAssertEqual(waits.faults, [])
      XCTAssertNil(waits.form(to: "/bantuan-akses"), "a second call is offered beside the first")
      XCTAssertTrue(waits.links.contains("/bantuan-akses?bantuan=1"), "there is no way to look again")
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
      let open = try await office.help.openCalls()
      XCTAssertTrue(open.isEmpty)
      let coming = try await visitor.visit("/bantuan-akses?bantuan=1")
      XCTAssertTrue(coming.text.contains("Petugas sedang menuju"))
      XCTAssertFalse(coming.links.contains("/bantuan-akses?bantuan=1"))
    }
  }

  func testWithNobodySignedInNoCallIsMadeAndTheCallerIsToldWhatToDo() async throws {
    let office = try await AccessibilityOffice(isAnybodyThere: false)
    let isHeard = try await office.help.isHelpHeard()
    XCTAssertFalse(isHeard)
    let call = try await office.help.requestHelp(at: "lobi-1")
    XCTAssertNil(call)
    let open = try await office.help.openCalls()
    XCTAssertTrue(open.isEmpty)
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: StandingOfficers(), in: office.base)
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
    XCTAssertTrue(told.text.contains("Telepon kantor: \(office.base.office.telephone)."), told.text)
    await served.stop()
  }

  func testHealthAndMetricsCountTheOpenCalls() async throws {
    let office = try await AccessibilityOffice()
    let isHeard = try await office.help.isHelpHeard()
    XCTAssertTrue(isHeard)
    _ = try await office.help.requestHelp(at: "lobi-1")
    let health = await office.module.health()
    XCTAssertTrue(health.isHealthy)
    let metrics = await office.module.metrics()
    XCTAssertEqual(metrics.first?.value, 1)
  }

  private func assertSound(_ answer: Answer, _ what: String, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], what, file: file, line: line)
    XCTAssertLessThan(answer.status, 500, what, file: file, line: line)
  }

  private func serving(_ body: (AccessibilityOffice, ServedModule) async throws -> Void) async throws {
    let office = try await AccessibilityOffice()
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: StandingOfficers(), in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}

/// Officers who are all signed in, or none.
private struct SwitchedPresence: OfficerPresence {
  let isThere: Bool

  func isAnybodySignedIn<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool { isThere }
}

/// Accessibility with its tables.
struct AccessibilityOffice {
  let base: ModuleOffice
  let module: AccessibilityModule
  let help: HelpService

  init(isAnybodyThere: Bool = true) async throws {
    base = try ModuleOffice()
    let presence = SwitchedPresence(isThere: isAnybodyThere)
    module = try await base.open(AccessibilityModule.self) { $0.provide((any OfficerPresence).self, presence) }
    help = HelpService(
      store: base.store, clock: base.clock, presence: presence, needMemory: AccessibilityModule.needMemory)
  }

  func record(_ needs: Needs, for ticket: Int64) async throws {
    let help = help
    try await base.store.write { try help.record(needs, for: TicketID(ticket), in: $0) }
  }

  func needs(of ticket: Int64) async throws -> Needs {
    let help = help
    return try await base.store.read { try help.needs(of: TicketID(ticket), in: $0) }
  }

  func call(_ place: String) async throws -> HelpRequest {
    let call = try await help.requestHelp(at: place)
    return try XCTUnwrap(call)
  }

  func rowCount() async throws -> Int {
    try await base.store.read { try $0.value("SELECT COUNT(*) FROM accessibility_need") ?? 0 }
  }
}
