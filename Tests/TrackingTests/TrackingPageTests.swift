import Client
import Contracts
import Core
import HTML
import Store
import Web
import XCTest

@testable import Tracking

/// The module's pages as a browser meets them, over loopback.
final class TrackingPageTests: XCTestCase {
  private static let pageByteCountMax = 50_000
  private var server: WebServer?

  override func tearDown() async throws { await server?.stop(patience: .milliseconds(200)) }

  private struct Signer: RequestSigner {
    func sign(_ bytes: [UInt8]) -> [UInt8] { Array(repeating: bytes.reduce(7) { $0 &* 31 &+ $1 }, count: 16) }
  }

  private struct Door: Gatekeeper {
    func officer(holding token: String) async throws -> SignedInOfficer? {
      token == "CLERK" ? SignedInOfficer(id: OfficerID(7), rights: .clerk, name: "Sari") : nil
    }
  }

  private func module(
    _ office: SampleOffice, catalogue: Bool = true, coming: ComingVisit? = nil
  ) throws -> TrackingModule {
    var services = ServiceRegistry()
    services.provide(Store.self, office.store)
    services.provide((any VaultService).self, office.vault)
    services.provide((any WallClock).self, office.clock)
    services.provide(
      Office.self, Office(name: text("Kantor", "Office"), zone: .wib, address: "", telephone: "", counters: []))
    services.provide(LookUpGuard.self, office.lookUps)
    if catalogue { services.provide((any CatalogueService).self, SampleCatalogue()) }
    if let coming {
      services.provide((any KeyedHash).self, office.vault)
      let visits = ComingVisits()
      visits.whenAsked { _ in coming }
      services.provide(ComingVisits.self, visits)
    }
    return try TrackingModule(services: services)
  }

  private func serve(_ office: SampleOffice, catalogue: Bool = true, coming: ComingVisit? = nil) throws -> UInt16 {
    let module = try module(office, catalogue: catalogue, coming: coming)
    var configuration = WebConfiguration()
    configuration.port = 0
    let queue = NavigationEntry(.portal, "tracking.timeline.take-number", "/antrean", order: 1)
    let server = try WebServer(
      WebServer.Parts(
        configuration: configuration, office: WebOffice(name: text("Kantor", "Office"), zone: .wib),
        locales: try TestLocales.load(), routes: module.routes(), navigation: module.navigation() + [queue],
        signer: Signer(), gatekeeper: Door(), clock: office.clock))
    try server.start()
    self.server = server
    return server.port
  }

  private func fields(_ number: String, _ date: CivilDate) -> [(name: String, value: String)] {
    [
      ("nomor", number), ("lahir--hari", String(date.day)), ("lahir--bulan", String(date.month)),
      ("lahir--tahun", String(date.year)),
    ]
  }

  func testPersonFollowsTheApplicationInBothLanguages() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let port = try serve(office)
    for language in [Language.indonesian, .english] {
      let mover = try TestLocales.load().words(language)("tracking.mover.applicant")
      let visitor = Visitor(port: port, language: language.rawValue)
      let form = try await visitor.get("/lacak?nomor=\(Browser.encoded(number.description))")
      XCTAssertEqual(form.status, 200)
      XCTAssertEqual(form.form(to: "/lacak")?["nomor"], number.description)
      let page = try await visitor.post("/lacak", fields(number.description, SampleOffice.born))
      XCTAssertEqual(page.status, 200)
      XCTAssertTrue(page.text.contains(mover))
      XCTAssertEqual(page.header("cache-control"), "no-store")
      XCTAssertTrue(page.links.contains("/antrean?nomor=\(Browser.encoded(number.description))"))
      XCTAssertLessThan(page.body.count, Self.pageByteCountMax)
      XCTAssertFalse(page.text.contains("Planted"))
    }
  }

  func testTheLookUpShowsTheAppointmentAndTodaysNumberToWhomItIsOpenedOnly() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let code = PublicCode(from: SystemRandom())
    var coming = ComingVisit()
    coming.appointment = ComingVisit.Appointment(
      code: code, day: CivilDate(dayNumber: 20_781), time: try XCTUnwrap(CivilTime("09:00")), isConfirmed: true)
    let stop = Availability.stopped(reason: StopReason(cause: .power), resumesAt: CivilTime("13:00"), next: nil)
    coming.number = ComingVisit.Number(code: code, number: "A-001", hindrance: stop)
    let visitor = Visitor(port: try serve(office, coming: coming))
    let asked = try await visitor.get("/lacak?nomor=\(Browser.encoded(number.description))")
    XCTAssertFalse(asked.text.contains(code.description))
    let wrong = try await visitor.post("/lacak", fields(number.description, SampleOffice.born.adding(days: 1)))
    XCTAssertFalse(wrong.text.contains(code.description))
    let page = try await visitor.post("/lacak", fields(number.description, SampleOffice.born))
    XCTAssertEqual(page.status, 200)
    for said in ["Nomor Anda hari ini: A-001", "Janji temu Anda: Selasa, 24 November 2026, pukul 09.00 WIB."] {
      XCTAssertTrue(page.text.contains(said), said)
    }
    for path in ["/tiket/\(code)", "/janji/\(code)"] { XCTAssertTrue(page.links.contains(path), path) }
    XCTAssertFalse(page.links.contains { $0.hasPrefix("/antrean?") }, "who has a number is not told to get one")
    XCTAssertTrue(page.text.contains("Layanan ini sedang dihentikan."), "what the ticket says, this page says")
  }

  func testWrongDateAndUnknownNumberGetTheSamePage() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let unknown = ApplicationNumber(from: SystemRandom())
    let visitor = Visitor(port: try serve(office))
    _ = try await visitor.get("/lacak")
    let wrong = SampleOffice.born.adding(days: 1)
    let first = try await visitor.post("/lacak", fields(number.description, wrong))
    let second = try await visitor.post("/lacak", fields(unknown.description, wrong))
    XCTAssertEqual(first.status, 404)
    XCTAssertEqual(second.status, 404)
    let form = try XCTUnwrap(first.form(to: "/lacak"))
    XCTAssertEqual(form["nomor"], number.description, "what was typed is kept")
    func page(_ answer: Answer, _ number: ApplicationNumber) -> String {
      answer.text.split(separator: "\n").filter { !$0.contains("_csrf") }.joined()
        .replacing(/name="_csrf" value="[^"]*"/, with: "").replacing(number.description, with: "N")
    }
    XCTAssertEqual(page(first, number), page(second, unknown))
  }

  func testMistypedNumberCostsNoAttempt() async throws {
    let office = try await SampleOffice()
    let visitor = Visitor(port: try serve(office))
    _ = try await visitor.get("/lacak")
    let answer = try await visitor.post("/lacak", fields("1234 5678 9093", SampleOffice.born))
    XCTAssertEqual(answer.status, 422)
    XCTAssertTrue(answer.text.contains("salah ketik"))
    XCTAssertEqual(office.lookUps.standing.missCount, 0)
  }

  func testWorkListIsForOfficersAndItsButtonWorksOnce() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    let port = try serve(office)
    let stranger = try await Visitor(port: port).get("/petugas/berkas")
    XCTAssertNotEqual(stranger.status, 200)
    let officer = Visitor(port: port)
    await officer.with { $0.setCookie("petugas", "CLERK") }
    let list = try await officer.get("/petugas/berkas")
    XCTAssertEqual(list.status, 200)
    XCTAssertTrue(list.text.contains(number.printed))
    XCTAssertLessThan(list.body.count, Self.pageByteCountMax)
    let button = try XCTUnwrap(list.forms.first { $0["tahap"] == "cetak" })
    let first = try await officer.submit(button)
    XCTAssertEqual(first.status, 303)
    let second = try await officer.submit(button)
    XCTAssertEqual(second.status, 409)
    let timeline = try await office.timeline(number)
    XCTAssertEqual(timeline?.current?.code, "uji")
  }

  func testWithoutTheCatalogueThePagesStillAnswer() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let visitor = Visitor(port: try serve(office, catalogue: false))
    _ = try await visitor.get("/lacak")
    let page = try await visitor.post("/lacak", fields(number.description, SampleOffice.born))
    XCTAssertEqual(page.status, 200)
    await visitor.with { $0.setCookie("petugas", "CLERK") }
    let list = try await visitor.get("/petugas/berkas")
    XCTAssertEqual(list.status, 200)
    let health = await (try module(office, catalogue: false)).health()
    XCTAssertFalse(health.isHealthy)
  }

  func testPagesAreSoundForThoseWhoCannotSeeThem() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    let found = try await office.timeline(number)
    let timeline = try XCTUnwrap(found)
    let list = try await office.workList()
    let locales = try TestLocales.load()
    for language in locales.languages {
      let context = PageContext(
        words: locales.words(language), languages: locales.languages, csrf: "t", address: "/lacak",
        now: office.clock.now, zone: .wib, officeName: text("Kantor", "Office"))
      var input = FormInput()
      input.refuse("nomor", context.words("form.application.number-wrong"))
      let pages: [(Face, Node)] = [
        (.portal, LookUpPage(context: context).node(input, problem: Problem(.notFound, "tracking.not-found"))),
        (.portal, TimelinePage(timeline: timeline, context: context).node),
        (.console, WorkListPage(list: list, isAlarmed: true, context: context).node),
      ]
      for (face, node) in pages {
        let page = Layout.page(title: "x", context: context, face: face, body: node)
        XCTAssertEqual(PageAudit.findings(in: page), [])
        XCTAssertFalse(page.plainText.contains("tracking."), "a message is missing in \(language)")
      }
    }
  }

  func testHealthNamesStagesThatTheCatalogueLost() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let well = await (try module(office)).health()
    XCTAssertTrue(well.isHealthy)
    try await office.store.write {
      try $0.run("UPDATE tracking_case SET stage = 'hilang' WHERE number = \(number)")
      try $0.run("UPDATE tracking_stage SET stage = 'hilang' WHERE stage = 'kunjungan'")
    }
    let health = await (try module(office)).health()
    XCTAssertFalse(health.isHealthy)
    XCTAssertTrue(health.detail.contains("hilang"))
    let metrics = await (try module(office)).metrics()
    XCTAssertEqual(metrics.filter { $0.value != 0 }.count, 1, "one stage is missing, and nobody guesses numbers")
  }
}
