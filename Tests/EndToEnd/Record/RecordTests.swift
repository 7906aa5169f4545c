import Client
import Core
import Foundation
import XCTest

/// What Gapura shows and says, written down as it is, so that it can be compared with what it will be after things were
/// moved: `scripts/record DIR`, which puts placeholders where chance and time decide.
final class RecordTests: XCTestCase {
  /// Routes that no walk visits, and why.
  private static let unvisited: [String: String] = [:]

  func testRecordOfEveryRouteInIndonesian() throws { try recordRoutes(in: .indonesian) }
  func testRecordOfEveryRouteInEnglish() throws { try recordRoutes(in: .english) }

  /// Every face at the hours at which nobody, or not everybody, is served.
  func testRecordOfEveryHour() throws {
    let directory = try Self.directory().appendingPathComponent("hours")
    for situation in HourSituation.all {
      let office = try situation.office()
      defer { office.remove() }
      let recorder = PageRecorder(directory: directory, of: office, at: situation.moment, minutes: 20)
      try Browser.$witness.withValue(recorder) {
        let pages = try situation.begin(office)
        recorder.skip()
        for language in ["id", "en"] {
          let browser = Browser(port: office.port, language: language)
          for (name, path) in pages {
            _ = try browser.visit(path)
            try recorder.write("\(situation.name)/\(name)-\(language)")
          }
        }
      }
    }
  }

  /// Where the record is written.
  static func directory() throws -> URL {
    guard let path = ProcessInfo.processInfo.environment["GAPURA_RECORD"]
    else { throw XCTSkip("GAPURA_RECORD names no directory") }
    return URL(fileURLWithPath: path)
  }

  private func recordRoutes(in language: Language) throws {
    let directory = try Self.directory().appendingPathComponent(language.rawValue)
    let visited = try Browser.$usualLanguage.withValue(language.rawValue) {
      try tour(into: directory) + actsOfThePublic(into: directory) + actsOfTheConsole(into: directory)
    }
    let table = try RouteTable()
    let missed = table.entries.subtracting(visited.compactMap { table.entry(of: $0.method, $0.path) })
      .map(\.description)
    XCTAssertEqual(
      missed.filter { Self.unvisited[$0] == nil }.sorted(), [],
      "the record knows nothing of these: visit them on a walk, or say why not")
    XCTAssertEqual(
      Self.unvisited.keys.filter { !missed.contains($0) }.sorted(), [], "named as unvisited, but visited or no route")
  }

  // MARK: The tour

  private typealias Visit = (method: String, path: String)

  /// Every page of the tour, and what there is beside them.
  private func tour(into directory: URL) throws -> [Visit] {
    let office = try closedOffice()
    try office.liftRates()
    let recorder = PageRecorder(directory: directory, of: office)
    try Browser.$witness.withValue(recorder) {
      let tour = try Tour(office)
      try recorder.write("pages/the-day-before")
      let person = PlainVisitor(port: office.port)
      try look(tour, tour.publicStops + tour.furtherPublicStops, person, recorder)
      try send(tour.furtherPublicForms, person.browser, recorder)
      try listen(to: tour.publicStreams, person.browser)
      let supervisor = PlainVisitor(port: office.port)
      try tour.signIn(supervisor)
      try recorder.write("pages/signed-in")
      try look(tour, tour.officeStops + tour.displayStops + tour.furtherOfficeStops, supervisor, recorder)
      let opened = try office.query("SELECT code FROM privacy_request ORDER BY received_at LIMIT 1")
      let own = [(page: "/petugas/hak-data/kasus/\(opened)", action: "/petugas/hak-data/kasus/\(opened)/buka")]
      try send(tour.furtherOfficeForms + own, supervisor.browser, recorder)
      try listen(to: tour.officeStreams, supervisor.browser)
      try recorder.write("pages/streams")
      let clerk = PlainVisitor(port: office.port)
      try tour.signInAsClerk(clerk)
      recorder.skip()
      try look(tour, tour.clerkStops, clerk, recorder)
      for asset in recorder.assets {
        _ = try person.browser.get(asset)
        try recorder.write("assets\(asset.dropFirst("/aset".count))")
      }
    }
    return recorder.visited
  }

  private func look(_ tour: Tour, _ stops: [Tour.Stop], _ visitor: PlainVisitor, _ recorder: PageRecorder) throws {
    for stop in stops {
      do { try tour.open(stop, in: visitor) } catch { XCTFail("\(stop.name): \(error)") }
      try recorder.write("pages/\(stop.name)")
    }
  }

  private func send(_ forms: [(page: String, action: String)], _ browser: Browser, _ recorder: PageRecorder) throws {
    for (page, action) in forms {
      let form = try browser.visit(page).form(to: action) ?? PageForm(to: action)
      _ = try browser.follow(browser.submit(form))
      try recorder.write("pages/form\(Self.fileName(action.replacing(/[0-9A-Z]{8,}/, with: "x")))")
    }
  }

  private func listen(to streams: [String], _ browser: Browser) throws {
    for stream in streams { try browser.events(stream).close() }
  }

  // MARK: What is done

  private func actsOfThePublic(into directory: URL) throws -> [Visit] {
    let office = try closedOffice()
    let password = try PublicActs.prepare(office)
    let recorder = PageRecorder(directory: directory, of: office)
    try Browser.$witness.withValue(recorder) {
      try office.start()
      let walk = WriteWalk(office, nil) { try recorder.write("acts/public\(Self.fileName($0))") }
      try PublicActs(walk: walk).take(supervisorPassword: password)
    }
    return recorder.visited
  }

  private func actsOfTheConsole(into directory: URL) throws -> [Visit] {
    let office = try closedOffice()
    try office.liftRates()
    let recorder = PageRecorder(directory: directory, of: office)
    try Browser.$witness.withValue(recorder) {
      let hall = try ConsoleActs.Hall(office)
      recorder.skip()
      try openDocument(of: hall)
      try recorder.write("acts/console.documents")
      let walk = WriteWalk(office, nil) { try recorder.write("acts/console\(Self.fileName($0))") }
      try ConsoleActs(walk: walk, hall: hall).take()
    }
    return recorder.visited
  }

  /// An officer looks at a document, first without saying what for.
  private func openDocument(of hall: ConsoleActs.Hall) throws {
    let officer = Browser(port: hall.tour.office.port)
    _ = try officer.visit("/petugas/masuk")
    _ = try officer.post("/petugas/masuk", ["nama": "budi", "sandi": hall.tour.password])
    _ = try officer.visit("/petugas/permohonan")
    let file = try officer.post("/petugas/permohonan", ["nomor": hall.documents])
    let path = "/petugas/permohonan/\(hall.documents)/dokumen"
    let form = try XCTUnwrap(file.form(to: path), file.heading ?? "")
    let asked = try officer.submit(form.adding("dokumen", ConsoleStep.choice("dokumen", on: file)))
    let shown = try officer.submit(XCTUnwrap(asked.mainForm, asked.heading ?? "").filled(["tujuan": "service"]))
    for tag in Markup(shown.body).tags where tag.name == "object" && !tag.isEnd {
      _ = try officer.get(XCTUnwrap(tag.attributes["data"]))
    }
  }

  /// `.petugas.loket.panggil` of `/petugas/loket/:loket/panggil`.
  private static func fileName(_ act: String) -> String {
    act.replacing("/", with: ".").replacing(/[:*]/, with: "")
  }
}
