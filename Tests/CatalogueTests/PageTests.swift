import Contracts
import Core
import HTML
import Web
import XCTest

@testable import Catalogue

final class PageTests: XCTestCase {
  private func context(
    _ iso: String = "2026-11-23", _ time: String = "09:00", language: Language = .indonesian,
    leadsTo: [Link] = ["/antrean", "/ajukan"]
  ) throws -> PageContext {
    let locales = try SmallCatalogue.locales()
    let now = try OfficeZone.wib.instant(day(iso), XCTUnwrap(CivilTime(time)))
    return PageContext(
      words: locales.words(language), languages: locales.languages, csrf: "c", address: "/layanan",
      navigation: leadsTo.map { NavigationEntry(.unlisted, "catalogue.menu", $0, order: 1) }, now: now,
      zone: .wib, officeName: LocalizedText([.indonesian: "Kantor", .english: "Office"]))
  }

  private func pages(_ directory: ConfigurationDirectory = SmallCatalogue.shipped) throws -> (CataloguePages, Catalogue)
  {
    let catalogue = Catalogue(directory)
    try catalogue.editions.reload()
    return (CataloguePages(catalogue: catalogue, times: catalogue), catalogue)
  }

  private func links(_ node: Node) -> [String] { node.elements("a").compactMap { $0[attribute: "href"] } }

  func testEveryPageIsSoundInBothLanguages() throws {
    let (pages, catalogue) = try pages()
    for language in [Language.indonesian, .english] {
      let context = try context(language: language)
      let bodies = [pages.list(context)] + catalogue.edition.services.map { pages.page(of: $0, context) }
      for body in bodies {
        let page = Layout.page(title: "T", context: context, face: .portal, body: body)
        XCTAssertEqual(PageAudit.findings(in: page), [])
        XCTAssertFalse(body.plainText.contains("catalogue."), "a message is missing: \(body.plainText)")
        XCTAssertFalse(body.plainText.contains("{"), "an argument is missing: \(body.plainText)")
        XCTAssertLessThan(HTMLRenderer.render(page).count, 50_000, "pages stay under 50 kB")
      }
    }
  }

  /// Who decides it is asked; the calendar alone would say that it is open.
  func testListAndServiceSayWhatIsDecidedAboutTheOffice() throws {
    let (pages, catalogue) = try pages()
    let stopped = Availability.stopped(reason: StopReason(cause: .power), resumesAt: CivilTime("10:00"), next: nil)
    let list = try pages.list(context(), HallAvailability(office: stopped, services: [:])).plainText
    XCTAssertTrue(list.contains("Alasan: listrik padam. Dilanjutkan pukul 10.00 WIB."), list)
    let service = try XCTUnwrap(catalogue.edition.services.first)
    let page = try pages.page(of: service, context(), HallAvailability(office: stopped, services: [:]))
    XCTAssertTrue(page.plainText.contains("listrik padam"))
    XCTAssertFalse(links(page).contains { $0.hasPrefix("/antrean") }, "a number that cannot be had")
    let open = try pages.page(
      of: service, context(), HallAvailability(office: .open(counters: [1], until: nil), services: [:]))
    XCTAssertTrue(links(open).contains { $0.hasPrefix("/antrean") })
  }

  func testListMarksTheServiceThatIsStoppedWithReasonAndTimeAndNoOther() throws {
    let (pages, catalogue) = try pages()
    let service = try XCTUnwrap(catalogue.edition.services.first)
    let stopped = Availability.stopped(reason: StopReason(cause: .system), resumesAt: CivilTime("10:00"), next: nil)
    let hall = HallAvailability(office: .open(counters: [1], until: nil), services: [service.code: stopped])
    let list = try pages.list(context(), hall)
    let marked = list.elements("a").filter { Node.element($0).plainText.contains("Alasan: gangguan sistem.") }
    XCTAssertEqual(marked.compactMap { $0[attribute: "href"] }, ["/layanan/\(service.code)"])
    XCTAssertTrue(list.plainText.contains("Dilanjutkan pukul 10.00 WIB."))
    let page = Layout.page(title: "T", context: try context(), face: .portal, body: list)
    XCTAssertEqual(PageAudit.findings(in: page), [])
  }

  func testTodaysHoursInTheListHaveTheReasonOfTheStopThatCutThem() throws {
    let (pages, _) = try pages()
    let from = try XCTUnwrap(CivilTime("08:00"))
    let to = try XCTUnwrap(CivilTime("10:15"))
    let closure = try PlannedClosure(
      day: day("2026-11-23"), hours: [OpeningSpan(from: from, to: to)], reason: StopReason(cause: .ceremony))
    let hall = HallAvailability(office: .open(counters: [1], until: to), services: [:], closureToday: closure)
    let list = try pages.list(context(), hall).plainText
    XCTAssertTrue(list.contains("Hari ini buka pukul 08.00–10.15 WIB: acara kedinasan."), list)
  }

  func testAStopThatLiesAheadIsAnnouncedInTheListAndOnThePagesOfItsServicesAlone() throws {
    let (pages, catalogue) = try pages()
    let lost = try XCTUnwrap(catalogue.service(ServiceCode("paspor-hilang")))
    let other = try XCTUnwrap(catalogue.edition.services.first { $0.code != lost.code })
    let (first, today) = try (day("2026-11-26"), day("2026-11-23"))
    let midnight = CivilTime(minuteOfDay: 0)
    let hall = try HallAvailability(
      office: .open(counters: [1], until: nil), services: [:],
      ahead: [
        StopAhead(
          service: nil, name: nil,
          period: StopPeriod(
            first: today, from: XCTUnwrap(CivilTime("14:00")), last: today, to: StopPeriod.endOfDay),
          reason: StopReason(cause: .ceremony), isToday: true),
        StopAhead(
          service: lost.code, name: lost.name,
          period: StopPeriod(first: first, from: midnight, last: first.adding(days: 1), to: StopPeriod.endOfDay),
          reason: StopReason(cause: .staff), isToday: false),
      ])
    for (language, office, service) in [
      (Language.indonesian, "hari ini mulai pukul 14.00 WIB. Alasan: acara kedinasan.", "pada Kamis–Jumat, 26–27"),
      (.english, "today from 14.00 WIB. Reason: official ceremony.", "on Thursday–Friday, 26–27"),
    ] {
      let context = try context(language: language)
      let list = pages.list(context, hall)
      XCTAssertTrue(list.plainText.contains(office), list.plainText)
      let marked = list.elements("a").filter { Node.element($0).plainText.contains(service) }
      XCTAssertEqual(marked.compactMap { $0[attribute: "href"] }, ["/layanan/paspor-hilang"])
      let own = pages.page(of: lost, context, hall)
      XCTAssertTrue(own.plainText.contains(office) && own.plainText.contains(service), own.plainText)
      let others = pages.page(of: other, context, hall).plainText
      XCTAssertTrue(others.contains(office), others)
      XCTAssertFalse(others.contains(service), others)
      for body in [list, own] {
        let page = Layout.page(title: "T", context: context, face: .portal, body: body)
        XCTAssertEqual(PageAudit.findings(in: page), [])
      }
    }
  }

  func testListGroupsServicesByAudience() throws {
    let (pages, _) = try pages()
    let list = try pages.list(context())
    XCTAssertEqual(
      links(list),
      [
        "/layanan/paspor-elektronik-10", "/layanan/paspor-penggantian", "/layanan/paspor-hilang",
        "/layanan/izin-tinggal-kunjungan", "/layanan/izin-tinggal-terbatas",
      ])
    XCTAssertEqual(
      list.elements("h2").map { Node.element($0).plainText }, ["Untuk warga negara Indonesia", "Untuk orang asing"])
    XCTAssertTrue(list.plainText.contains("Rp950.000"))
    XCTAssertTrue(list.plainText.contains("Hari ini buka pukul 08.00–12.00 dan 13.00–16.00 WIB."))
  }

  func testListSaysWhyTheOfficeIsClosedAndWhenItOpens() throws {
    let (pages, _) = try pages()
    let nyepi = try pages.list(context("2026-03-19")).plainText
    XCTAssertTrue(nyepi.contains("Hari ini kantor tutup: Hari Suci Nyepi."), nyepi)
    XCTAssertTrue(nyepi.contains("Buka lagi Rabu, 25 Maret 2026, pukul 08.00–12.00 dan 13.00–16.00 WIB."), nyepi)
    let sunday = try pages.list(context("2026-11-22", language: .english)).plainText
    XCTAssertTrue(sunday.contains("The office is closed today."), sunday)
    let evening = try pages.list(context("2026-11-23", "16:00")).plainText
    XCTAssertTrue(evening.contains("Buka lagi Selasa, 24 November 2026"), evening)
    XCTAssertFalse(try pages.list(context("2026-11-23", "15:59")).plainText.contains("Buka lagi"))
  }

  func testListSaysWhyADayHasHoursOfItsOwn() throws {
    let files = try SmallCatalogue()
    let catalogue = Catalogue(files.directory)
    try catalogue.editions.reload()
    let notice = OpeningNotice(times: catalogue, hall: nil, context: try context("2026-12-20")).node
    XCTAssertTrue(notice.plainText.contains("Hari ini buka pukul 09.00–24.00 WIB: Minggu layanan."), notice.plainText)
  }

  func testListWithoutServicesSaysSo() throws {
    let (pages, _) = try pages()
    XCTAssertTrue(try pages.list(context("2024-01-02")).plainText.contains("Belum ada layanan yang dibuka hari ini."))
  }

  func testServicePageShowsFeesRequirementsStagesAndLaw() throws {
    let (pages, catalogue) = try pages()
    let lost = try XCTUnwrap(catalogue.service(ServiceCode("paspor-hilang")))
    let page = try pages.page(of: lost, context())
    let yours = try SmallCatalogue.locales().words(.indonesian)("catalogue.mover.applicant")
    for words in [
      "Surat keterangan hilang dari kepolisian.", "Rp1.000.000", "Rp950.000", "Rp1.950.000", "Pemeriksaan (BAP)",
      yours, "Selesai paling lama 10 hari kerja", "Peraturan Pemerintah Nomor 45 Tahun 2024",
      "Berlaku sejak 17 Desember 2024.",
    ] { XCTAssertTrue(page.plainText.contains(words), words) }
  }

  func testEveryStageButTheLastSaysWhoseMoveItIs() throws {
    let (pages, catalogue) = try pages()
    for service in catalogue.edition.services {
      let page = try pages.page(of: service, context())
      XCTAssertEqual(page.elements { $0.classes.contains("tag") }.count, service.stages.count - 1, "\(service.code)")
    }
  }

  func testAWalkInServiceOffersNothingThatNeedsAnApplication() throws {
    let (pages, catalogue) = try pages()
    let lost = try XCTUnwrap(catalogue.service(ServiceCode("paspor-hilang")))
    XCTAssertEqual(try links(pages.page(of: lost, context())), ["/layanan"])
    let passport = try XCTUnwrap(catalogue.service(ServiceCode("paspor-elektronik-10")))
    XCTAssertEqual(
      try links(pages.page(of: passport, context())),
      ["/ajukan/paspor-elektronik-10", "/antrean?layanan=paspor-elektronik-10", "/layanan"])
  }

  func testNothingLeadsToAModuleThatIsSwitchedOff() throws {
    let (pages, catalogue) = try pages()
    let passport = try XCTUnwrap(catalogue.service(ServiceCode("paspor-elektronik-10")))
    let apply = "/ajukan/paspor-elektronik-10"
    let queue = "/antrean?layanan=paspor-elektronik-10"
    XCTAssertEqual(try links(pages.page(of: passport, context(leadsTo: ["/ajukan"]))), [apply, "/layanan"])
    XCTAssertEqual(try links(pages.page(of: passport, context(leadsTo: ["/antrean"]))), [queue, "/layanan"])
  }

  func testServiceThatIsNotInForceSaysSoAndOffersNothing() throws {
    let files = try SmallCatalogue()
    try files.write(
      SmallCatalogue.service.replacing("validFrom:", with: "validTo: \"2026-06-30\",\n  validFrom:"),
      to: "services/a.json5")
    let (pages, catalogue) = try pages(files.directory)
    let service = try XCTUnwrap(catalogue.service(ServiceCode("paspor-uji")))
    let over = try pages.page(of: service, context("2026-07-01"))
    XCTAssertEqual(links(over), ["/layanan"])
    XCTAssertTrue(over.plainText.contains("Layanan ini hanya dibuka sampai 30 Juni 2026."))
    let early = try pages.page(of: service, context("2025-12-31"))
    XCTAssertEqual(links(early), ["/layanan"])
    XCTAssertTrue(early.plainText.contains("Layanan ini baru dibuka mulai 1 Januari 2026."))
    XCTAssertTrue(
      try pages.page(of: service, context("2026-06-30")).plainText.contains("Layanan ini dibuka sampai 30 Juni 2026."))
  }

  func testTextsOfTheFileAreEscaped() throws {
    let files = try SmallCatalogue()
    try files.write(
      SmallCatalogue.service.replacing("\"KTP.\"", with: "'<script>alert(1)</script>'"), to: "services/a.json5")
    let (pages, catalogue) = try pages(files.directory)
    let service = try XCTUnwrap(catalogue.service(ServiceCode("paspor-uji")))
    let html = String(decoding: HTMLRenderer.render(try pages.page(of: service, context())), as: UTF8.self)
    XCTAssertTrue(html.contains("&lt;script&gt;"))
    XCTAssertFalse(html.contains("<script>alert"))
  }
}
