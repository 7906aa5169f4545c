import Client
import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Queue

final class HallPageTests: XCTestCase {
  func testEveryPageIsSoundInBothLanguages() async throws {
    try await serving { house, module, served in
      for language in ["id", "en"] {
        let supervisor = await served.visitor(language, as: "SUPERVISOR")
        for place in 0..<4 { try await house.take(module, priority: place == 3) }
        _ = try await supervisor.visit("/petugas/loket/1")
        assertSound(try await supervisor.visit("/petugas/ruang"))
        _ = try await supervisor.post("/petugas/loket/1/panggil", [])
        assertSound(try await supervisor.visit("/petugas/loket/1"))
        assertSound(try await supervisor.visit("/petugas/loket"))
        assertSound(try await supervisor.visit("/petugas/ruang/loket/1"))
        let ticket = try await house.inHand(1)
        assertSound(try await supervisor.post("/petugas/loket/1/tunda", [("tiket", "\(ticket)")]))
        _ = try await supervisor.post(
          "/petugas/loket/1/tunda", [("tiket", "\(ticket)"), ("alasan-tunda", "copy"), ("menit", "5")])
        assertSound(try await supervisor.visit("/petugas/loket/1"))
        _ = try await supervisor.post(
          "/petugas/loket/1/panggil-khusus", [("nomor", "a 4"), ("alasan-khusus", "Sakit")])
        assertSound(try await supervisor.visit("/petugas/ruang"))
        _ = try await supervisor.post("/petugas/loket/1/tutup", [("sisa", "kembalikan"), ("alasan-tutup", "shift")])
        assertSound(try await supervisor.visit("/petugas/loket/1"))
        _ = try await supervisor.post("/petugas/loket/1/buka", [("bahasa-petugas", "en")])
        _ = try await supervisor.post("/petugas/loket/1/jeda", [("alasan-jeda", "prayer")])
        assertSound(try await supervisor.visit("/petugas/loket/1"))
        assertSound(try await supervisor.post("/petugas/loket/1/panggil", []))
        let closed = try await supervisor.post("/petugas/ruang/tutup-hari", [("setuju", "ya")])
        XCTAssertEqual(closed.status, 303)
        let hall = try await supervisor.visit(closed.location ?? "")
        assertSound(hall)
        XCTAssertNil(hall.form(to: "/petugas/ruang/tutup-hari"), "it is closed already")
        let reopened = try await supervisor.submit(XCTUnwrap(hall.form(to: "/petugas/ruang/buka-hari")))
        XCTAssertEqual(reopened.status, 303)
      }
    }
  }

  func testTheSecondOfTwoSupervisorsWhoEndADayIsToldThatItHasEnded() async throws {
    try await serving { house, module, served in
      for _ in 0..<2 { try await house.take(module) }
      house.clock.advance(by: .hours(24))
      let words = house.locales.words(.indonesian)
      let said = [words("queue.hall.left-ended", ["count": "2"]), words("queue.hall.left-gone")]
      for (turn, count) in ["2", "0"].enumerated() {
        let supervisor = await served.visitor("id", as: "SUPERVISOR")
        _ = try await supervisor.visit("/petugas/ruang")
        let ended = try await supervisor.post("/petugas/ruang/sisa-hari", [("setuju", "ya")])
        XCTAssertEqual(ended.location, "/petugas/ruang?sisa=\(count)")
        let page = try await supervisor.visit(ended.location ?? "")
        assertSound(page)
        XCTAssertEqual(said.map { page.text.contains($0) }, [turn == 0, turn == 1], page.text)
      }
    }
  }

  func testATicketIsSentToAColleagueWhoIsThereAndToNobodyWhoIsNot() async throws {
    try await serving(counterCount: 2) { house, module, served in
      for _ in 0..<2 { try await house.take(module) }
      let clerk = await served.visitor("id", as: "CLERK")
      let colleague = await served.visitor("id", as: "SUPERVISOR")
      _ = try await clerk.visit("/petugas/loket/1")
      _ = try await clerk.post("/petugas/loket/1/panggil", [])
      let ticket = try await house.inHand(1)
      let away = try await clerk.post(
        "/petugas/loket/1/alihkan", [("tiket", "\(ticket)"), ("tujuan", "petugas:8"), ("tempat", "tetap")])
      XCTAssertEqual(away.status, 422)
      XCTAssertTrue(away.text.contains("Tujuan pengalihan belum dipilih."))

      _ = try await colleague.visit("/petugas/loket/2")
      _ = try await colleague.post("/petugas/loket/2/buka", [])
      let page = try await clerk.visit("/petugas/loket/1")
      assertSound(page)
      XCTAssertTrue(page.text.contains("Budi, loket 2"), "the colleague is not among those to whom one can send")
      let sent = try await clerk.post(
        "/petugas/loket/1/alihkan", [("tiket", "\(ticket)"), ("tujuan", "petugas:8"), ("tempat", "tetap")])
      XCTAssertEqual(sent.status, 303)
      _ = try await colleague.post("/petugas/loket/2/panggil", [])
      let called = try await house.inHand(2)
      XCTAssertEqual(called, ticket)
    }
  }

  /// Who called out of order stands there by name, with the reason.
  func testOutOfOrderCallsTellWhoAndWhy() async throws {
    let hall = try await QueueHall()
    for _ in 0..<2 { _ = try await hall.take() }
    let last = try await hall.take()
    _ = try await hall.counters.callChosen(
      last.id, to: hall.office.counters[0], by: .officer(OfficerID(8), .clerk), reason: "Sakit")
    let overview = try await hall.store.read {
      try HallOverview.read(hall.queue, hall.counters, Staff(), at: hall.clock.now, in: $0)
    }
    let words = try QueueHall.locales().words(.indonesian)
    XCTAssertEqual(overview.outOfOrder.map(\.reason), ["Sakit"])
    XCTAssertEqual(overview.outOfOrder.map { overview.staff.name(of: $0.officer, words) }, ["Budi Contoh"])
    XCTAssertEqual(overview.staff.name(of: OfficerID(99), words), "Petugas 99")
    await hall.close()
  }

  func testStaleActionShowsThePresentState() async throws {
    try await serving { house, module, served in
      for _ in 0..<2 { try await house.take(module) }
      let one = await served.visitor("id", as: "CLERK")
      let other = await served.visitor("id", as: "CLERK")
      _ = try await one.visit("/petugas/loket/1")
      _ = try await one.post("/petugas/loket/1/panggil", [])
      let ticket = try await house.inHand(1)
      _ = try await other.visit("/petugas/loket/1")
      _ = try await one.post("/petugas/loket/1/tidak-hadir", [("tiket", "\(ticket)")])
      _ = try await one.post("/petugas/loket/1/panggil", [])
      let stale = try await other.post("/petugas/loket/1/mulai", [("tiket", "\(ticket)")])
      XCTAssertEqual(stale.status, 409)
      XCTAssertTrue(stale.text.contains("A-002"), "the page shows what is in hand now")
      let present = try await house.inHand(1)
      XCTAssertNotNil(stale.form(to: "/petugas/loket/1/mulai").flatMap { $0["tiket"] == "\(present)" ? $0 : nil })
      assertSound(stale)
      let again = try await other.post("/petugas/loket/1/panggil", [])
      XCTAssertEqual(again.status, 409)
    }
  }

  /// What another tab shows of an earlier ticket's case is cleared by the next live part, and the present one is left alone.
  func testLivePartNamesNobodyAndClearsEarlierCases() async throws {
    try await serving { house, module, served in
      for _ in 0..<2 { try await house.take(module) }
      let clerk = await served.visitor("id", as: "CLERK")
      _ = try await clerk.visit("/petugas/loket/1")
      _ = try await clerk.post("/petugas/loket/1/panggil", [])
      let first = try await house.inHand(1)
      let whole = try await clerk.visit("/petugas/loket/1")
      XCTAssertTrue(whole.text.contains("id=\"berkas-\(first)\""))
      let live = try await clerk.with { try $0.get("/petugas/loket/1", ["X-Gapura-Live": "1"]) }
      XCTAssertFalse(live.text.contains("id=\"berkas-\(first)\""), "the present case stays as it is")
      _ = try await clerk.post("/petugas/loket/1/tidak-hadir", [("tiket", "\(first)")])
      let later = try await clerk.with { try $0.get("/petugas/loket/1", ["X-Gapura-Live": "1"]) }
      XCTAssertTrue(later.text.contains("<div id=\"berkas-\(first)\"></div>"), "an earlier case is taken away")
    }
  }

  /// Nothing on it is from before, or after, the rest.
  func testACountersPageIsMadeOfOneReadingOfTheHall() async throws {
    let house = try ModuleOffice(counterCount: 2)
    try await house.store.migrate(QueueModule.schemas)
    var services = house.services()
    services.provide((any CatalogueService).self, TwoServices())
    // Not started: nothing reads or writes beside the pages.
    let module = try QueueModule(services: services)
    let served = try ServedModule(
      module.routes(), navigation: module.navigation(), gatekeeper: StandingOfficers(), in: house)
    try await house.take(module)
    let clerk = await served.visitor("id", as: "CLERK")
    let supervisor = await served.visitor("id", as: "SUPERVISOR")
    _ = try await clerk.visit("/petugas/loket/1")
    let called = try await clerk.post("/petugas/loket/1/panggil", [])
    XCTAssertEqual(called.status, 303)
    let pages: [(officer: Visitor, path: String, shown: String)] = [
      (clerk, "/petugas/loket/1", "A-001"), (clerk, "/petugas/loket/2", "Loket belum dibuka"),
      (supervisor, "/petugas/loket/1", "/petugas/loket/1/ambil-alih"),
    ]
    for (officer, path, shown) in pages {
      for isLive in [false, true] {
        let before = house.store.counters
        let page = try await officer.with { try isLive ? $0.get(path, ["X-Gapura-Live": "1"]) : $0.get(path) }
        let after = house.store.counters
        XCTAssertTrue(page.text.contains(shown), "\(path) as \(shown)")
        // Only a page that opens a case is written: `CounterAnswerTests`.
        XCTAssertEqual(after.writeCount - before.writeCount, 0, "\(path), live: \(isLive)")
        XCTAssertEqual(after.readCount - before.readCount, 1, "\(path), live: \(isLive)")
      }
    }
    await served.stop()
    await house.store.close()
  }

  func testACounterThatIsNotOpenOffersNothingButToOpenIt() async throws {
    try await serving { _, _, served in
      for language in ["id", "en"] {
        let clerk = await served.visitor(language, as: "CLERK")
        let page = try await clerk.visit("/petugas/loket/1")
        assertSound(page)
        XCTAssertEqual(
          page.forms.map(\.action).filter { $0.hasPrefix("/petugas/loket/1/") }, ["/petugas/loket/1/buka"])
        XCTAssertTrue(page.text.contains(language == "id" ? "Loket belum dibuka" : "Counter not opened yet"))
        XCTAssertFalse(page.text.contains("Siap memanggil"))
        let opened = try await clerk.submit(XCTUnwrap(page.form(to: "/petugas/loket/1/buka")))
        XCTAssertEqual(opened.status, 303)
        let open = try await clerk.visit("/petugas/loket/1")
        XCTAssertNotNil(open.form(to: "/petugas/loket/1/panggil"))
        XCTAssertNotNil(open.form(to: "/petugas/loket/1/jeda"))
        _ = try await clerk.post("/petugas/loket/1/tutup", [])
        let closed = try await clerk.visit("/petugas/loket/1")
        XCTAssertEqual(
          closed.forms.map(\.action).filter { $0.hasPrefix("/petugas/loket/1/") }, ["/petugas/loket/1/buka"])
        XCTAssertFalse(closed.text.contains("tidak lagi bertugas"), "the officer closed it")
      }
    }
  }

  func testAnOfficerWhoseCounterWasTakenAwayReadsByWhomAndWhatToDo() async throws {
    try await serving(counterCount: 2) { _, _, served in
      let clerk = await served.visitor("id", as: "CLERK")
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      for (path, sent, expected) in [
        ("/petugas/ruang/loket/1/tutup", [("alasan-tutup", "fault")], "Alasannya: Gangguan peralatan."),
        ("/petugas/ruang/loket/1/pindah", [("tujuan", "2")], "memindahkan Anda ke loket 2 pukul"),
        ("/petugas/loket/1/ambil-alih", [("dari", "7")], "mengambil alih loket ini pukul"),
        ("/petugas/ruang/tutup-hari", [("setuju", "ya")], "menutup hari ini pukul"),
      ] {
        _ = try await clerk.visit("/petugas/loket/1")
        _ = try await supervisor.visit("/petugas/ruang")
        let opened = try await clerk.post("/petugas/loket/1/buka", [])
        XCTAssertEqual(opened.status, 303, path)
        let done = try await supervisor.post(path, sent)
        XCTAssertEqual(done.status, 303, path)
        let page = try await clerk.visit("/petugas/loket/1")
        assertSound(page)
        XCTAssertTrue(page.text.contains(expected), path)
        let live = try await clerk.with { try $0.get("/petugas/loket/1", ["X-Gapura-Live": "1"]) }
        XCTAssertTrue(live.text.contains(expected), "\(path): the page that is open already")
        XCTAssertTrue(live.text.contains("<div id=\"loket-ini\"></div>"), "\(path): its tools go")
        if path.hasSuffix("ambil-alih") { _ = try await supervisor.post("/petugas/loket/1/tutup", []) }
      }
    }
  }

  func testWithoutAModuleThatKeepsStopsNothingIsStoppedAndNoPageLeadsToThem() async throws {
    try await serving { house, module, served in
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      let page = try await supervisor.visit("/petugas/ruang")
      assertSound(page)
      XCTAssertFalse(page.links.contains("/petugas/ruang/henti"))
      let (queue, today) = (module.queue, OfficeZone.wib.date(of: house.clock.now))
      let stops = try await house.store.read { try queue.stops(on: today, in: $0) }
      XCTAssertEqual(stops, [])
      let availability = try await queue.availability()
      XCTAssertFalse(availability.office.isStopped)
    }
  }

  func testClerkDoesNotSeeTheHall() async throws {
    try await serving { _, _, served in
      let clerk = await served.visitor("id", as: "CLERK")
      let answer = try await clerk.get("/petugas/ruang")
      XCTAssertEqual(answer.status, 403)
    }
  }

  func testHallExplainsWhyATicketWasCalled() async throws {
    try await serving { house, module, served in
      try await house.take(module)
      house.clock.advance(by: .minutes(12))
      try await house.take(module, priority: true)
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      _ = try await supervisor.visit("/petugas/loket/1")
      _ = try await supervisor.post("/petugas/loket/1/panggil", [])
      let hall = try await supervisor.visit("/petugas/ruang")
      XCTAssertTrue(
        hall.text.contains("Nilai 30 (menunggu 0 + prioritas 30). Berikutnya A-001 dengan nilai 12 (menunggu 12)."))
    }
  }

  func testRefusedPanelStaysOpenWithWhatWasChosenAndTheReasonBesideItsField() async throws {
    try await serving(counterCount: 2) { house, module, served in
      for _ in 0..<2 { try await house.take(module) }
      let clerk = await served.visitor("id", as: "CLERK")
      _ = try await clerk.visit("/petugas/loket/1")
      _ = try await clerk.post("/petugas/loket/1/panggil", [])
      let ticket = "\(try await house.inHand(1))"
      let refusals: [(action: String, sent: [(String, String)], field: String, kept: String)] = [
        ("tunda", [("tiket", ticket), ("menit", "7")], "alasan-tunda", #"value="7""#),
        ("tunda", [("tiket", ticket), ("alasan-tunda", "copy"), ("menit", "900")], "menit", #"value="900""#),
        ("alihkan", [("tiket", ticket), ("tempat", "akhir")], "tujuan", #"value="akhir" checked"#),
        ("panggil-khusus", [("nomor", "A-099"), ("alasan-khusus", "Pesawat sore")], "nomor", "Pesawat sore"),
        ("panggil-khusus", [("nomor", "A-002")], "alasan-khusus", #"value="A-002""#),
        ("jeda", [], "alasan-jeda", #"id="f-alasan-jeda"#), ("tutup", [], "sisa", #"id="f-sisa"#),
      ]
      for (action, sent, field, kept) in refusals {
        let answer = try await clerk.post("/petugas/loket/1/\(action)", sent)
        XCTAssertTrue([409, 422].contains(answer.status), action)
        assertSound(answer)
        let panels = answer.text.components(separatedBy: "<details class=\"folded\" open>").dropFirst()
        XCTAssertEqual(panels.count, 1, "\(action): one panel is open")
        let panel = panels.first?.components(separatedBy: "</details>").first ?? ""
        XCTAssertTrue(panel.contains("/petugas/loket/1/\(action)\""), action)
        XCTAssertTrue(panel.contains(kept), "\(action): what was sent is kept in \(panel)")
        XCTAssertTrue(panel.contains("f-\(field)-error"), "\(action): beside \(field) in \(panel)")
        XCTAssertFalse(answer.text.contains("notice warning"), "\(action): it is said once")
      }
      let back = try await clerk.get("/petugas/loket/1/tunda")
      XCTAssertEqual(back.location, "/petugas/loket/1", "the way back from a refusal is the counter")
    }
  }

  func testColleaguesCounterShowsWhoSitsThereAndNothingOfThePerson() async throws {
    try await serving(counterCount: 2) { house, module, served in
      for _ in 0..<2 { try await house.take(module) }
      let clerk = await served.visitor("id", as: "CLERK")
      _ = try await clerk.visit("/petugas/loket/1")
      _ = try await clerk.post("/petugas/loket/1/panggil", [])
      let ticket = try await house.inHand(1)
      for language in ["id", "en"] {
        let supervisor = await served.visitor(language, as: "SUPERVISOR")
        let page = try await supervisor.visit("/petugas/loket/1")
        assertSound(page)
        let actions = page.forms.map(\.action).filter { $0.hasPrefix("/petugas/loket/1/") }
        XCTAssertEqual(actions, ["/petugas/loket/1/ambil-alih"], "no control of a colleague's counter")
        XCTAssertFalse(page.text.contains("id=\"berkas-"))
        let list = try await supervisor.visit("/petugas/loket")
        assertSound(list)
        let all = house.locales.words(Language(rawValue: language))("queue.console.all-services")
        XCTAssertTrue(list.text.contains(all), "what a counter is for that serves everything")
        try await module.hall.counters.assign(
          house.office.counters[1], services: [QueueHall.permit], by: .officer(OfficerID(8), .supervisor))
        try await module.hall.counters.assign(
          house.office.counters[0], services: [QueueHall.permit], by: .officer(OfficerID(8), .supervisor))
        let given = try await supervisor.visit("/petugas/loket")
        XCTAssertFalse(given.text.contains(all), "a supervisor gave each counter one service")
        for counter in house.office.counters {
          try await module.hall.counters.assign(counter, services: [], by: .officer(OfficerID(8), .supervisor))
        }
      }
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      let page = try await supervisor.visit("/petugas/loket/1")
      let refused = try await supervisor.post("/petugas/loket/1/mulai", [("tiket", "\(ticket)")])
      XCTAssertEqual(refused.status, 409)
      let taken = try await supervisor.with { try $0.submit(XCTUnwrap(page.form(to: "/petugas/loket/1/ambil-alih"))) }
      XCTAssertEqual(taken.status, 303)
      let started = try await supervisor.post("/petugas/loket/1/mulai", [("tiket", "\(ticket)")])
      XCTAssertEqual(started.status, 303)
      let former = try await clerk.with { try $0.get("/petugas/loket/1", ["X-Gapura-Live": "1"]) }
      XCTAssertTrue(former.text.contains("<div id=\"berkas-\(ticket)\"></div>"), "the former officer's tab lets go")
      let elsewhere = try await supervisor.post("/petugas/loket/2/panggil", [])
      XCTAssertEqual(elsewhere.status, 409)
      XCTAssertTrue(elsewhere.text.contains("href=\"/petugas/loket/1\" class=\"button secondary\""), "the way back")
      assertSound(elsewhere)
    }
  }

  // MARK: the office

  private func assertSound(_ answer: Answer, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertFalse(answer.text.contains("queue."), "a message without words", file: file, line: line)
  }

  private func serving(
    counterCount: Int = 1, _ body: (ModuleOffice, QueueModule, ServedModule) async throws -> Void
  ) async throws {
    let house = try ModuleOffice(counterCount: counterCount)
    let module = try await house.open(QueueModule.self) { services in
      services.provide((any CatalogueService).self, TwoServices())
    }
    let served = try ServedModule(
      module.routes(), navigation: module.navigation(), gatekeeper: StandingOfficers(), in: house)
    do {
      try await body(house, module, served)
    } catch {
      XCTFail("\(error)")
    }
    await served.stop()
    await module.stop()
    await house.store.close()
  }
}

extension ModuleOffice {
  fileprivate func take(_ module: QueueModule, priority: Bool = false) async throws {
    var services = ServiceRegistry()
    module.provide(to: &services)
    _ = try await services.require((any QueueService).self).takeNumber(
      TicketRequest(
        service: QueueHall.passport, application: nil, needs: Needs(priority: priority ? .elderly : nil),
        channel: .kiosk, submission: String(random.uint64())))
  }

  fileprivate func inHand(_ counter: Int) async throws -> TicketID {
    let ticket = try await store.read { try TicketTable.inHand(of: counter, in: $0) }
    return try XCTUnwrap(ticket).id
  }
}
