import Client
import Foundation
import XCTest

/// What is written while a person waits or only looks, on a disk of which one call fails (see `EveryWriteTests`).
final class PageWriteTests: XCTestCase {
  /// How often each is done: the call that is to fail may be one of what is written beside it.
  private static let turns = 1...4

  /// Forms that are tried here.
  static let acts: Set<String> = ["/ruang-tunggu", "/janji"]

  /// Pages that write when they are asked for, and are tried here.
  private static let pages: Set<String> = [
    "/ruang-tunggu/:kode", "/petugas/loket/:loket", "/petugas/permohonan/:nomor/dokumen/:dokumen", "/permohonan/:nomor",
    "/tiket/:kode",
  ]

  /// Those that write the same as another one. Each page of officers also notes when its session was used last; where that
  /// cannot be written nobody is signed out.
  private static let elsewhere: [String: String] = [
    "/ruang-tunggu": "lets somebody in, as /ruang-tunggu/:kode does",
    "/ruang-tunggu/:kode/peristiwa": "lets somebody in, as /ruang-tunggu/:kode does",
    "/janji/waktu": "lets somebody in, and asks who comes, as the form of /janji does",
    "/janji/:kode/ubah": "asks who comes, as the form of /janji does",
    "/janji/:kode": "the code of a paper, as with /tiket/:kode",
    "/pengaduan/status": "an entry of the ledger, as with the form of /pengaduan/status",
    "/petugas/pengaduan/:pengaduan": "an entry of the ledger, as with /petugas/loket/:loket",
  ]

  func testEachPageThatIsNamedIsThere() throws {
    let named = Self.pages.union(Self.elsewhere.keys)
    XCTAssertEqual(named.subtracting(try WritePaths.routes("get")).sorted(), [], "there are no such pages any more")
  }

  private func open(at moment: String = OfficeClock.workingMorning) throws -> (office: OfficeProcess, walk: WriteWalk) {
    let office = try closedOffice(at: moment)
    try office.liftRates()
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    return (office, WriteWalk(office, disk))
  }

  func testWhoEntersAWaitingRoomAndIsLetInIsToldTruly() throws {
    let (office, walk) = try open(at: "2026-12-02 07:40")
    let places = try Self.turns.map { _ in
      let browser = Browser(port: office.port)
      let entered = try walk.take(
        "/ruang-tunggu", "SELECT count(*) FROM appointments_visitor", browser, on: "/ruang-tunggu",
        to: "/ruang-tunggu")
      return (browser: browser, path: try XCTUnwrap(entered.location))
    }
    try office.clock.set("2026-12-02 08:01")
    for place in places {
      try walk.take("/ruang-tunggu/:kode", "SELECT count(admitted_at) FROM appointments_visitor") {
        return { try place.browser.visit(place.path) }
      }
    }
    XCTAssertGreaterThan(walk.refusalCount, 0, "nothing has failed")
    try walk.restart()
  }

  func testWhoAsksForTimesIsToldTruly() throws {
    let (office, walk) = try open()
    // Before the disk is full for a moment, after which nobody may apply until the reserve is there again.
    let visitors = try Self.turns.map { person in
      let visitor = HallVisitor(port: office.port)
      return (browser: visitor.browser, number: try visitor.apply(person: person))
    }
    for visitor in visitors {
      try walk.take(
        "/janji", "SELECT count(*) FROM appointments_person", visitor.browser, on: "/janji", to: "/janji",
        ["nomor": visitor.number, "jalur": "web"])
    }
    XCTAssertGreaterThan(walk.refusalCount, 0, "nothing has failed")
    try walk.restart()
  }

  func testWhatOfficersLookAtIsRecordedOrNotShown() throws {
    let (office, walk) = try open()
    let officer = try office.seatOfficer("budi", role: "supervisor")
    let visitor = HallVisitor(port: office.port)
    let number = try visitor.apply(person: 1)
    try send(number, visitor.browser)
    _ = try visitor.takeNumber(application: number)
    let desk = "/petugas/loket/1"
    let call = try XCTUnwrap(officer.visit(desk).form(to: "\(desk)/panggil"))
    XCTAssertEqual(try officer.submit(call).status, 303)
    for _ in Self.turns {
      try walk.take("/petugas/loket/:loket", EveryWriteTests.ledger) { return { try officer.visit(desk) } }
      try walk.take("/petugas/permohonan/:nomor/dokumen/:dokumen", EveryWriteTests.ledger) {
        let address = try addressOfDocument(of: number, officer)
        return { try officer.get(address) }
      }
    }
    XCTAssertGreaterThan(walk.refusalCount, 0, "nothing has failed")
    try walk.restart()
  }

  private func send(_ number: String, _ browser: Browser) throws {
    let path = "/permohonan/\(number)/dokumen"
    let slot = try XCTUnwrap(browser.visit(path).forms.map(\.action).first { $0.hasPrefix("\(path)/") })
    let content = Array("%PDF-1.7\nsurat\nstartxref\n0\n%%EOF\n".utf8)
    let sent = try browser.postMultipart(
      slot, [MultipartPart("berkas", fileName: "ktp.pdf", mediaType: "application/pdf", content)])
    XCTAssertEqual(sent.status, 303)
  }

  /// Where the document itself is, for one look.
  private func addressOfDocument(of number: String, _ officer: Browser) throws -> String {
    _ = try officer.visit("/petugas/permohonan")
    let file = try officer.post("/petugas/permohonan", ["nomor": number])
    let form = try XCTUnwrap(file.form(to: "/petugas/permohonan/\(number)/dokumen"), file.heading ?? "")
    let asked = try officer.submit(form.adding("dokumen", ConsoleStep.choice("dokumen", on: file)))
    let shown = try officer.submit(XCTUnwrap(asked.mainForm, asked.heading ?? "").filled(["tujuan": "service"]))
    let viewer = Markup(shown.body).tags.first { $0.name == "object" && !$0.isEnd }
    return try XCTUnwrap(viewer?.attributes["data"], shown.heading ?? "")
  }

  /// What is printed has its number in any case; the code beside it is a help.
  func testPageIsShownWithoutTheCodeOfItsPaperWhereThatCannotBeKept() throws {
    let office = try closedOffice()
    try office.liftRates()
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    let browser = Browser(port: office.port)
    let number = try HallVisitor(port: office.port).apply(person: 1)
    XCTAssertEqual(try browser.open(application: number).status, 303)
    let form = try XCTUnwrap(browser.get("/antrean?nomor=\(Browser.encoded(number))").form(to: "/antrean"))
    let ticket = try XCTUnwrap(browser.submit(form).location)
    let codes = "SELECT count(*) FROM papers_code"
    for (place, path) in ["/permohonan/\(number)", ticket].enumerated() {
      let before = try office.query(codes)
      disk.failure = EROFS
      let page = try browser.visit(path)
      XCTAssertEqual(page.status, 200, path)
      XCTAssertEqual(try office.query(codes), before, path)
      disk.mend()
      let deadline = ContinuousClock.now + Duration.seconds(30).withPatience
      repeat {
        XCTAssertEqual(try browser.visit(path).status, 200, path)
      } while try office.query(codes) == before && ContinuousClock.now < deadline
      XCTAssertEqual(try office.query(codes), String(place + 1), path)
    }
  }
}
