import Client
import Core
import Foundation
import XCTest

/// Numbers name, secrets open: what a person gets who has read a number over another's shoulder and knows nothing else.
final class NumberTests: XCTestCase {
  private var office: OfficeProcess?

  override func tearDown() { office?.remove() }

  /// A route that anybody may ask.
  private struct PublicRoute {
    let method: String
    let pattern: String
    var name: String { "\(method) \(pattern)" }
  }

  /// What a route answers, without what differs in every answer: tokens, the number itself, every other digit.
  private struct Shown: Equatable {
    let status: Int
    let location: String
    let cookies: [String]
    let text: String

    init(_ answer: Answer, of number: String) {
      func plain(_ text: String) -> String {
        text.replacing(/name="_(csrf|kirim)" value="[^"]*"|nonce="[^"]*"|"challenge":"[^"]*"/, with: "")
          .replacing(TypedNumber.grouped(number), with: "N").replacing(number, with: "N")
          .replacing(/[0-9]+/, with: "#")
      }
      status = answer.status
      location = plain(answer.location ?? "")
      cookies = answer.all("set-cookie").map { String($0.prefix { $0 != "=" }) }.sorted()
      text = plain(answer.text)
    }

    /// Where they first differ; nil where they are alike.
    func difference(from other: Shown) -> String? {
      guard self != other else { return nil }
      let place = zip(text, other.text).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
      let around = [text, other.text].map { $0.dropFirst(max(0, place - 60)).prefix(160) }
      return "\(status) \(location) \(cookies) \(around[0]) | \(other.status) \(other.location) \(around[1])"
    }
  }

  /// All that a person has who has applied, taken a number, booked a time and reported something.
  private struct Case {
    let browser: Browser
    let numbers: [NumberKind: String]
    /// Words that stand on what is opened.
    let planted: [String]
  }

  func testTheOnlyApplicationThatABrowserHasOpenIsFilledInWhereANumberIsTaken() throws {
    let (office, _) = try openOffice()
    let visitor = HallVisitor(port: office.port)
    func shown(_ browser: Browser) throws -> String? { try browser.get("/antrean").form(to: "/antrean")?["nomor"] }
    let number = try visitor.apply(person: 8)
    XCTAssertEqual(try shown(visitor.browser), number)
    XCTAssertEqual(try shown(Browser(port: office.port)), "", "a browser that has opened nothing")
    _ = try visitor.apply(person: 9)
    XCTAssertEqual(try shown(visitor.browser), "", "nobody knows for which of the two")
  }

  func testOnEveryRouteAValidNumberAloneDoesNoMoreThanAnUnknownOne() throws {
    let (office, holder) = try openOffice()
    let routes = try Self.routes()
    XCTAssertGreaterThan(routes.count, 60, "the routes were not found in the sources")
    let before = try state(office)
    var turns = 0
    for (kind, number) in holder.numbers.sorted(by: { $0.key.digit < $1.key.digit }) {
      let unknown = Self.unknown(kind)
      for route in routes {
        let tried: [KeyValuePairs<String, String>] = route.method == "POST" ? [[:], Self.wrongSecrets] : [[:]]
        for secrets in tried {
          turns += 1
          let answers = try [number, unknown].map { number in
            let stranger = newcomer(office, turns)
            return (try ask(route, number, secrets, stranger), number)
          }
          let (known, other) = (Shown(answers[0].0, of: answers[0].1), Shown(answers[1].0, of: answers[1].1))
          XCTAssertNil(known.difference(from: other), "\(route.name) tells a \(kind) from an unknown one")
          for planted in holder.planted {
            XCTAssertFalse(known.text.contains(planted), "\(route.name) opens a \(kind)")
          }
        }
      }
    }
    XCTAssertGreaterThan(turns, 300)
    XCTAssertEqual(try state(office), before, "something was changed by a number alone")
    // The same walk finds what the holder's own browser opens.
    let number = try XCTUnwrap(holder.numbers[.application])
    let unknown = Self.unknown(.application)
    let opened = try routes.filter { $0.method == "GET" }.filter { route in
      Shown(try ask(route, number, [:], holder.browser), of: number)
        != Shown(try ask(route, unknown, [:], holder.browser), of: unknown)
    }
    XCTAssertTrue(
      Set(["GET /permohonan/:nomor", "GET /permohonan/:nomor/dokumen", "GET /janji/waktu", "GET /data-saya"])
        .isSubset(of: opened.map(\.name)), "\(opened.map(\.name))")
  }

  func testTheDateOfBirthOpensReceiptNumberAndAppointmentInAnotherBrowserAndNoPapers() throws {
    let (office, holder) = try openOffice()
    let number = try XCTUnwrap(holder.numbers[.application])
    let other = newcomer(office, 1)
    let path = "/permohonan/\(number)"
    XCTAssertEqual(try other.open(application: number).location, path)
    XCTAssertTrue(try other.get(path).text.contains("Rp950.000"))
    let times = try other.get("/janji/waktu?nomor=\(number)&jalur=web")
    XCTAssertEqual(times.status, 409, "who has an appointment is told so")
    let form = try XCTUnwrap(try other.get("/antrean?nomor=\(number)").form(to: "/antrean"))
    XCTAssertFalse(form.fields.contains { $0.name.hasPrefix("lahir") }, "asked twice")
    XCTAssertTrue(try other.submit(form).location?.hasPrefix("/tiket/") ?? false)
    // Papers and rights take more.
    XCTAssertNotNil(try other.get("\(path)/dokumen").form(to: "\(path)/dokumen/bukti"))
    XCTAssertEqual(try other.get("/data-saya/\(number)").status, 303)
    // A person who leaves a shared telephone closes all of it.
    let left = try other.post("/data-saya/keluar", [:])
    XCTAssertEqual(left.status, 303)
    XCTAssertEqual(left.header("clear-site-data"), "\"storage\"")
    XCTAssertNotNil(try other.get(path).form(to: path))
  }

  func testNoAddressOnThePagesOfACaseHoldsANumberOrACode() throws {
    let (office, holder) = try openOffice()
    let browser = holder.browser
    let secrets =
      try holder.numbers.values
      + ["queue_ticket", "appointments_appointment", "privacy_request"].map {
        try office.query("SELECT code FROM \($0)")
      }
    let number = try XCTUnwrap(holder.numbers[.application])
    // As their holder comes by them; everything else is found from there.
    var waiting =
      try ["/permohonan/\(number)", "/antrean?nomor=\(number)", "/data-saya/\(number)", "/janji"]
      + [("tiket", "queue_ticket"), ("janji", "appointments_appointment"), ("permintaan-data", "privacy_request")].map {
        "/\($0.0)/\(try office.query("SELECT code FROM \($0.1)"))"
      } + ["/pengaduan/status?nomor=\(try XCTUnwrap(holder.numbers[.complaint]))"]
    var (seen, addressCount, coveredCount) = (Set<String>(), 0, 0)
    while let path = waiting.popLast(), seen.count < 150 {
      guard path.hasPrefix("/"), !path.hasPrefix("/aset"), !path.contains("bahasa="), seen.insert(path).inserted else {
        continue
      }
      let answer = try browser.get(String(path.prefix { $0 != "#" }))
      let sent = String(decoding: answer.sent?.body ?? answer.body, as: UTF8.self)
      var addresses = sent.matches(of: /(?:href|action|formaction|src|data|data-live)="([^"]*)"/).map {
        String($0.output.1)
      }
      addresses += [answer.sent?.location ?? answer.location].compactMap { $0 }
      addressCount += addresses.count
      coveredCount += addresses.count { $0.contains("~") }
      for address in addresses {
        for secret in secrets where address.contains(secret) { XCTFail("\(path) leads to \(address)") }
      }
      waiting += answer.links + [answer.location].compactMap { $0 }
    }
    XCTAssertGreaterThan(seen.count, 25)
    XCTAssertGreaterThan(addressCount, 500)
    XCTAssertGreaterThan(coveredCount, 30)
    // What leaves the office in a file leads to the paper's bits.
    let code = try office.query("SELECT code FROM appointments_appointment")
    let calendar = try browser.get("/janji/\(code)/kalender").text
    XCTAssertFalse(calendar.contains(code))
    let bits = try XCTUnwrap(calendar.firstMatch(of: /URL:http\S*?(\/k\/[0-9A-Z]{26})/), calendar).output.1
    let stranger = newcomer(office, 3)
    XCTAssertEqual(try stranger.visit(String(bits)).status, 200)
    XCTAssertEqual(try stranger.get(String(bits)).location, "/janji/\(code)")
  }

  func testWhatTheOfficeKeepsOfAPapersCodeOpensNothing() throws {
    let (office, holder) = try openOffice()
    let number = try XCTUnwrap(holder.numbers[.application])
    _ = try holder.browser.visit("/permohonan/\(number)")
    // Only the paper has the bits, as a picture.
    XCTAssertEqual(try office.query("SELECT count(*) FROM papers_code WHERE kind = 'application'"), "1")
    let pass = try office.query("SELECT hex(mark) FROM papers_code WHERE kind = 'application'")
    XCTAssertEqual(try newcomer(office, 4).get("/k/\(pass.prefix(26))").status, 404, "a mark is no code")
  }

  // MARK: the holder

  private static let wrongSecrets: KeyValuePairs<String, String> = [
    "lahir--hari": "18", "lahir--bulan": "8", "lahir--tahun": "1990", "pin": "000000", "kode": "000000",
  ]

  private static func unknown(_ kind: NumberKind) -> String {
    let random = SystemRandom()
    return switch kind {
    case .application: ApplicationNumber(from: random).description
    case .appointment: AppointmentNumber(from: random).description
    case .complaint: ComplaintNumber(from: random).description
    case .ticket: TicketNumber(from: random).description
    case .dataRequest: DataRequestNumber(from: random).description
    case .draft: "0"
    }
  }

  /// An office whose server believes which address a request comes from, so that misses of one do not slow another.
  private func openOffice() throws -> (OfficeProcess, Case) {
    let office = try OfficeProcess()
    self.office = office
    try office.liftRates()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    try String(contentsOf: file, encoding: .utf8)
      .replacing("// trustedProxies:", with: "trustedProxies:").write(to: file, atomically: true, encoding: .utf8)
    try office.start()
    let visitor = HallVisitor(port: office.port)
    let browser = visitor.browser
    let application = try visitor.apply(person: 1)
    let day = office.clock.today.adding(days: 5).description
    let times = try browser.visit("/janji/waktu?nomor=\(application)&jalur=web&hari=\(day)")
    let time = try XCTUnwrap(times.text.firstMatch(of: /name="jam" value="([^"]+)"/), times.text).output.1
    let held = try browser.submit(XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    let appointment = try XCTUnwrap(held.location)
    _ = try browser.submit(XCTUnwrap(browser.visit(appointment).form(to: "\(appointment)/pesan")))
    let ticket = try visitor.takeNumber(application: application)
    let report = try XCTUnwrap(try browser.get("/pengaduan").form(to: "/pengaduan"))
    _ = try browser.submit(report.filled(["jenis": "complaint", "tentang": "conduct", "isi": "Contoh pengaduan"]))
    _ = try browser.visit("/data-saya?nomor=\(application)")
    let request = try browser.post("/data-saya/\(application)/minta/access", [:]).location ?? ""
    let numbers: [NumberKind: String] = [
      .dataRequest: try office.query("SELECT number FROM privacy_request"),
      .application: application, .ticket: try office.query("SELECT reference FROM queue_ticket"),
      .appointment: try office.query("SELECT number FROM appointments_appointment"),
      .complaint: try office.query("SELECT number FROM feedback_complaint"),
    ]
    for (kind, number) in numbers { XCTAssertEqual(TypedNumber(number).kind, kind, number) }
    return (
      office,
      Case(
        browser: browser, numbers: numbers,
        planted: ["Contoh pengaduan", "Contoh Uji", ticket.code]
          + [appointment, request].map { String($0.split(separator: "/").last ?? "-") })
    )
  }

  /// Another person, from an address of their own.
  private func newcomer(_ office: OfficeProcess, _ turn: Int) -> Browser {
    let browser = Browser(port: office.port)
    browser.headers.append(("X-Forwarded-For", "198.51.\(100 + turn / 250).\(1 + turn % 250)"))
    return browser
  }

  /// How much there is of everything that a number might have made or changed.
  private func state(_ office: OfficeProcess) throws -> String {
    try office.query(
      """
      SELECT (SELECT group_concat(state) FROM queue_ticket), (SELECT group_concat(state) FROM appointments_appointment),
      (SELECT count(*) FROM appointments_entry), (SELECT count(*) FROM privacy_request),
      (SELECT group_concat(state) FROM feedback_complaint), (SELECT count(*) FROM vault_consents),
      (SELECT count(*) FROM documents_document)
      """)
  }

  // MARK: the routes

  /// Asks a route with the number wherever it might be looked for.
  private func ask(
    _ route: PublicRoute, _ number: String, _ secrets: KeyValuePairs<String, String>, _ browser: Browser
  ) throws -> Answer {
    let parameters = [
      "layanan": "paspor-elektronik-10", "jenis": "erasure", "syarat": "1", "id": "1", "zona": "utama", "nama": "x",
    ]
    let path = route.pattern.split(separator: "/").map { segment in
      segment.first == ":" ? parameters[String(segment.dropFirst())] ?? number : String(segment)
    }.joined(separator: "/")
    guard route.method == "POST" else {
      return try browser.get("/\(path)?nomor=\(number)&kode=\(number)&tiket=\(number)&r=\(number)&jalur=web")
    }
    _ = try browser.get("/lacak")
    let day = office.map { $0.clock.today.adding(days: 6).description } ?? ""
    let fields: KeyValuePairs<String, String> = [
      "nomor": number, "tiket": number, "r": number, "buka": number, "jalur": "web", "jam": "10:00", "hari": day,
      "hal": "survey", "jawab": "setuju", "tanggapan": "Contoh", "_yakin": "ya", "_kirim": number,
    ]
    return try browser.post("/\(path)", fields: (Array(fields) + Array(secrets)).map { ($0.key, $0.value) })
  }

  /// The routes of the sources that are for everybody, without those whose answers never end.
  private static func routes() throws -> [PublicRoute] {
    let sources = OfficeProcess.repository.appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects ?? []
    var routes: [PublicRoute] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /Route\(\s*\.(get|post),\s*"([^"]+)",\s*for:\s*\.everyone/) {
        routes.append(PublicRoute(method: match.output.1.uppercased(), pattern: String(match.output.2)))
      }
    }
    return routes.filter { !$0.pattern.hasSuffix("/peristiwa") || $0.pattern.contains(":kode") }
  }
}
