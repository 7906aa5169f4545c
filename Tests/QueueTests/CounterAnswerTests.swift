import Client
import Contracts
import Core
import ModuleHarness
import Store
import Synchronization
import Web
import XCTest

@testable import Queue

/// The console's script gets the counter with the answer to each key: what a redirect would have led to.
final class CounterAnswerTests: XCTestCase {
  func testTheAnswerIsThePageToWhichARedirectWouldLead() async throws {
    try await serving { hall in
      for hasApplication in [true, false] { try await hall.take(hasApplication) }
      let clerk = await hall.served.visitor("id", as: "CLERK")
      _ = try await clerk.visit(Self.counter)
      for (action, isEmpty) in [
        ("buka", false), ("panggil", false), ("panggil-ulang", false), ("mulai", false), ("urungkan", false),
        ("mulai", false), ("selesai", false), ("panggil", false), ("mulai", false), ("selesai", false),
        ("panggil", true), ("tutup", false),
      ] {
        let form = try await hall.form(action, for: clerk)
        let answer = try await clerk.with { try $0.submitForPage(form) }
        XCTAssertEqual(answer.status, 200, action)
        XCTAssertEqual(answer.faults, [], action)
        let address = try XCTUnwrap(answer.header("content-location"), action)
        XCTAssertEqual(address, isEmpty ? "\(Self.counter)?kosong=ya" : Self.counter, action)
        let page = try await clerk.get(address)
        XCTAssertEqual(page.status, 200, action)
        XCTAssertEqual(Self.withoutTokens(answer), Self.withoutTokens(page), action)
        XCTAssertEqual(answer.header("content-security-policy"), page.header("content-security-policy"), action)
      }
    }
  }

  func testWithoutThatWishAnActLeadsOnAsEver() async throws {
    try await serving { hall in
      try await hall.take(true)
      let clerk = await hall.served.visitor("id", as: "CLERK")
      _ = try await clerk.visit(Self.counter)
      for (action, suffix) in [
        ("buka", ""), ("panggil", ""), ("mulai", ""), ("selesai", ""), ("panggil", "?kosong=ya"), ("tutup", ""),
      ] {
        let form = try await hall.form(action, for: clerk)
        let answer = try await clerk.submit(form)
        XCTAssertEqual(answer.status, 303, action)
        XCTAssertEqual(answer.location, Self.counter + suffix, action)
        XCTAssertNil(answer.header("content-location"), action)
        XCTAssertEqual(answer.body, [], action)
      }
    }
  }

  /// A refused act shows the counter as it is now, with the ticket in hand, and under no address of its own.
  func testRefusalsAreTheSameBothWays() async throws {
    try await serving { hall in
      for _ in 0..<2 { try await hall.take(true) }
      let clerk = await hall.served.visitor("id", as: "CLERK")
      _ = try await clerk.visit(Self.counter)
      let call = try await clerk.post("\(Self.counter)/panggil", [])
      XCTAssertEqual(call.status, 303)
      let ticket = try await hall.inHand()
      let transitions = try await hall.transitionCount()
      for (action, fields, status) in [
        ("panggil", [], 409), ("tunda", [("tiket", ticket)], 422), ("alihkan", [("tiket", ticket)], 422),
        ("mulai", [("tiket", "999999")], 409), ("urungkan", [("tindakan", "999999")], 409),
        ("panggil-khusus", [("nomor", "A-099"), ("alasan-khusus", "Sakit")], 409), ("jeda", [], 422),
        ("ambil-alih", [("dari", "8")], 409), ("mulai", [], 400), ("tidak-ada", [("tiket", ticket)], 404),
      ] as [(String, [(String, String)], Int)] {
        let plain = try await clerk.post("\(Self.counter)/\(action)", fields)
        let asked = try await clerk.with {
          try $0.post("\(Self.counter)/\(action)", fields: fields, Browser.forPage.map { ($0.key, $0.value) })
        }
        XCTAssertEqual([plain.status, asked.status], [status, status], action)
        XCTAssertNil(asked.header("content-location"), action)
        // The page of a problem bears a number of its own.
        guard asked.text.contains("id=\"tangan\"") else {
          XCTAssertEqual(asked.heading, plain.heading, action)
          continue
        }
        XCTAssertEqual(Self.withoutTokens(asked), Self.withoutTokens(plain), action)
        XCTAssertTrue(asked.text.contains("id=\"berkas-\(ticket)\""), "\(action): the case is still there")
      }
      let after = try await hall.transitionCount()
      XCTAssertEqual(after, transitions, "what was refused has done nothing")
    }
  }

  /// Each page that shows the case records that, and nothing else does.
  func testACaseIsOpenedOnceForEachPageThatShowsIt() async throws {
    try await serving { hall in
      for _ in 0..<2 { try await hall.take(true) }
      let clerk = try await hall.seatedClerk()
      for isAsked in [true, false] {
        for (action, shows) in [("panggil", true), ("mulai", true), ("selesai", false)] {
          let before = try await hall.openingCount()
          let form = try await hall.form(action, for: clerk, isLive: true)
          let answer = try await clerk.with { try isAsked ? $0.submitForPage(form) : $0.follow($0.submit(form)) }
          XCTAssertEqual(answer.text.contains("Contoh Uji"), shows, action)
          let after = try await hall.openingCount()
          XCTAssertEqual(after - before, shows ? 1 : 0, "\(action), asked for the page: \(isAsked)")
        }
      }
    }
  }

  /// What has been done stays done, and the page says why it shows nothing.
  func testAnActIsDoneAlthoughTheCaseMayNotBeOpened() async throws {
    try await serving { hall in
      try await hall.take(true)
      hall.cases.close()
      let clerk = try await hall.seatedClerk()
      let form = try await hall.form("panggil", for: clerk)
      let answer = try await clerk.with { try $0.submitForPage(form) }
      XCTAssertEqual(answer.status, 303)
      XCTAssertEqual(answer.location, Self.counter)
      let page = try await clerk.get(Self.counter)
      XCTAssertEqual(page.status, 403)
      XCTAssertTrue(page.text.contains("data-code=\"vault.purpose-forbidden\""))
      _ = try await hall.inHand()
      let transitions = try await hall.transitionCount()
      XCTAssertEqual(transitions, 2, "issued, and called once")
      let openings = try await hall.openingCount()
      XCTAssertEqual(openings, 0)
    }
  }

  /// Act and page are one transaction; a page by itself is written only where it opens a case.
  func testAnActAndItsPageAreMadeInOneTransaction() async throws {
    try await serving(isStarted: false) { hall in
      try await hall.take(true)
      let clerk = try await hall.seatedClerk()
      for (action, isAsked, expected) in [
        ("panggil", true, [1, 0]), ("mulai", false, [1, 0]), (nil, false, [1, 1]), ("selesai", true, [1, 0]),
        (nil, false, [0, 1]),
      ] as [(String?, Bool, [Int])] {
        let form: PageForm?
        if let action { form = try await hall.form(action, for: clerk, isLive: true) } else { form = nil }
        let before = hall.base.store.counters
        let answer = try await clerk.with { browser -> Answer in
          guard let form else { return try browser.get(Self.counter) }
          return try isAsked ? browser.submitForPage(form) : browser.submit(form)
        }
        let after = hall.base.store.counters
        XCTAssertLessThan(answer.status, 400)
        XCTAssertEqual(
          [after.writeCount - before.writeCount, after.readCount - before.readCount], expected, action ?? "the page")
      }
    }
  }

  // MARK: the office

  private static let counter = "/petugas/loket/1"

  /// The page without what is another on each: the form's token.
  private static func withoutTokens(_ answer: Answer) -> String {
    answer.text.replacing(#/name="_csrf" value="[0-9a-f]+"/#, with: "token")
  }

  private func serving(isStarted: Bool = true, _ body: (AnsweringHall) async throws -> Void) async throws {
    let hall = try await AnsweringHall(isStarted: isStarted)
    do {
      try await body(hall)
    } catch {
      XCTFail("\(error)")
    }
    await hall.close()
  }
}

/// A hall of one counter that opens the cases of those who have applied.
private struct AnsweringHall: Sendable {
  let base: ModuleOffice
  let cases: OpenedCases
  let module: QueueModule
  let served: ServedModule
  private let isStarted: Bool

  /// - Parameter isStarted: whether the hall's own readings run beside the pages.
  init(isStarted: Bool) async throws {
    base = try ModuleOffice()
    cases = OpenedCases()
    self.isStarted = isStarted
    try await base.store.migrate(QueueModule.schemas)
    var services = base.services()
    services.provide((any CatalogueService).self, TwoServices())
    services.provide((any ApplicationService).self, cases)
    module = try QueueModule(services: services)
    if isStarted { try await module.start() }
    served = try ServedModule(
      module.routes(), navigation: module.navigation(), gatekeeper: StandingOfficers(), in: base)
  }

  func close() async {
    await served.stop()
    if isStarted { await module.stop() }
    await base.store.close()
  }

  /// A clerk who has opened the counter.
  func seatedClerk() async throws -> Visitor {
    let clerk = await served.visitor("id", as: "CLERK")
    _ = try await clerk.visit("/petugas/loket/1")
    let opened = try await clerk.post("/petugas/loket/1/buka", [])
    XCTAssertEqual(opened.status, 303)
    return clerk
  }

  func take(_ hasApplication: Bool) async throws {
    _ = try await module.queue.takeNumber(
      TicketRequest(
        service: hasApplication ? nil : QueueHall.passport,
        application: hasApplication ? ApplicationNumber(from: base.random).opened : nil, needs: Needs(),
        channel: .kiosk, submission: String(base.random.uint64())))
  }

  /// The form of an action as the counter shows it now.
  ///
  /// - Parameter isLive: whether it is taken from a part of the page that opens no case.
  func form(_ action: String, for officer: Visitor, isLive: Bool = false) async throws -> PageForm {
    let page = try await officer.with {
      try $0.get("/petugas/loket/1", isLive ? ["X-Gapura-Live": "1"] : [:])
    }
    return try XCTUnwrap(page.form(to: "/petugas/loket/1/\(action)"), "\(action) on \(page.status)")
  }

  func inHand() async throws -> String {
    let ticket = try await base.store.read { try TicketTable.inHand(of: 1, in: $0) }
    return try XCTUnwrap(ticket).id.description
  }

  func transitionCount() async throws -> Int {
    try await base.store.read { try $0.value("SELECT count(*) FROM queue_transition") ?? 0 }
  }

  func openingCount() async throws -> Int {
    try await base.store.read {
      try $0.value("SELECT count(*) FROM store_events WHERE kind = 'test.case-opened'") ?? 0
    }
  }
}

/// Applications of whatever number, whose cases leave an event each time that they are opened.
private final class OpenedCases: ApplicationService {
  private let isClosed = Mutex(false)

  /// From now on none may be opened.
  func close() { isClosed.withLock { $0 = true } }

  func application<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> ApplicationSummary? { summary(number) }

  func applications<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [ApplicationNumber] { [] }

  func caseFile(
    _ number: ApplicationNumber, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> CaseFile? {
    try transaction.append(Event(kind: "test.case-opened", entity: number.description))
    if isClosed.withLock({ $0 }) { throw Problem(.forbidden, "vault.purpose-forbidden") }
    let line = CaseFile.Line(
      label: LocalizedText([.indonesian: "Nama", .english: "Name"]), value: Personal("Contoh Uji"))
    return CaseFile(summary: summary(number), fullName: Personal("Contoh Uji"), lines: [line], findings: [])
  }

  private func summary(_ number: ApplicationNumber) -> ApplicationSummary {
    ApplicationSummary(
      number: number, service: QueueHall.passport, subject: SubjectID(1), registeredAt: QueueHall.morning,
      fee: Rupiah(0))
  }
}
