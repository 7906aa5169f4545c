import Client
import Core
import Day
import Foundation
import Measuring
import People

/// Complete visits over HTTP: a visitor with an application of their own takes a number, an officer calls, starts and
/// finishes, each opening the pages that a browser opens. The officer works as the console's script does, to which a button's
/// answer is the counter as it is then; the visitor's browser runs none and is led on by redirects.
struct VisitBench {
  struct Result {
    let visits: Measured
    /// The processors' time that the server spent on each.
    let serverTime: Duration
  }

  private let office: OfficeProcess
  private let passwords: [String]

  /// Starts the server with so many counters that serve everything, and an officer at each.
  init(_ office: OfficeProcess, counterCount: Int) throws {
    self.office = office
    try office.liftRates()
    let counters = (1...counterCount).map { "{ number: \($0) }" }.joined(separator: ", ")
    try office.rewrite("office.json5") {
      $0.replacing(#/counters: \[[\s\S]*?\n  \]/#, with: "counters: [\(counters)]")
    }
    passwords = try (1...counterCount).map { try office.addOfficer("uji-loket-\($0)", role: "clerk") }
    try office.start()
  }

  /// - Parameters:
  ///   - clients: how many visits go on at the same time, each at a counter of its own.
  ///   - watch: is given the visits to play them, and may look at the server meanwhile.
  /// - Throws: `Trouble` also where a number was given twice.
  func rate(
    clients: Int, visitCount: Int, _ style: VisitStyle,
    watch: (() async throws -> Void) async throws -> Void = { try await $0() }
  ) async throws -> Result {
    let port = office.port
    // One after another: an office's officers do not sign in within the same second either.
    var pairs: [Pair] = []
    for client in 1...clients {
      pairs.append(try await Pair(port: port, counter: client, password: passwords[client - 1]))
    }
    let applicants = try await apply(pairs, visitCount / clients, "\(style)-\(clients)")
    let (clock, load) = (ContinuousClock(), try ServerLoad(of: office))
    var (visits, elapsed, serverTime): ([Pair.Visit], Duration, Duration) = ([], .zero, .zero)
    try await watch {
      let (timeBefore, start) = (try load.processorTime(), clock.now)
      visits = try await play(pairs, applicants, style)
      elapsed = clock.now - start
      serverTime = try load.processorTime() - timeBefore
    }
    try refuseRepeats(visits)
    return Result(
      visits: Measured(visits.map(\.latency), in: elapsed), serverTime: serverTime / max(1, visits.count))
  }

  private func play(_ pairs: [Pair], _ applicants: [[Applicant]], _ style: VisitStyle) async throws -> [Pair.Visit] {
    try await withThrowingTaskGroup(of: [Pair.Visit].self) { group in
      for (pair, applicants) in zip(pairs, applicants) { group.addTask { try await pair.visits(applicants, style) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Applications for all visits, made before anything is measured: so many for each pair.
  private func apply(_ pairs: [Pair], _ count: Int, _ name: String) async throws -> [[Applicant]] {
    try await withThrowingTaskGroup(of: (Int, [Applicant]).self) { group in
      for (place, pair) in pairs.enumerated() { group.addTask { (place, try await pair.apply(count, name)) } }
      return try await group.reduce(into: [[Applicant]](repeating: [], count: pairs.count)) { $0[$1.0] = $1.1 }
    }
  }

  /// Each visit must have had a ticket of its own, and the hall no number twice: or less was measured than it seems.
  private func refuseRepeats(_ visits: [Pair.Visit]) throws {
    let tickets = Set(visits.map(\.ticket))
    guard tickets.count == visits.count else {
      throw Trouble("\(visits.count) visits had \(tickets.count) tickets: numbers were repeated")
    }
    let repeated = try office.query("SELECT count(*) - count(DISTINCT day || letter || number) FROM queue_ticket")
    guard repeated == "0" else { throw Trouble("\(repeated) numbers were given twice") }
  }
}

/// What a visit asks of the server.
enum VisitStyle: Sendable, CaseIterable {
  /// The steps, and the one page that tells the officer whom they have called, with the answer to the call: what programs
  /// would send.
  case steps
  /// Every page too that a browser opens on the way.
  case pages
}

/// An application that waits for its visit, and what shows a browser to be its holder's.
private struct Applicant: Sendable {
  static let cookie = "pemohon"

  let number: String
  let pass: String
}

/// A visitor and the officer at a counter.
private struct Pair: Sendable {
  struct Visit: Sendable {
    let latency: Duration
    /// Where the visitor finds their ticket.
    let ticket: String
  }

  private static let service = "/ajukan/paspor-elektronik-10"
  /// Each counter's people are others: so many apart.
  private static let peoplePerCounter = 100_000
  /// How often an officer asks whether a visitor waits, before something must be wrong.
  private static let callCountMax = 100

  let visitor: Visitor
  let officer: Visitor
  let counter: Int

  private var counterPath: String { "/petugas/loket/\(counter)" }

  init(port: UInt16, counter: Int, password: String) async throws {
    visitor = Visitor(port: port)
    officer = Visitor(port: port)
    self.counter = counter
    try await officer.with { browser in
      let form = try Self.form("/petugas/masuk", on: browser.visit("/petugas/masuk"))
      let answer = try browser.follow(
        browser.submit(form.filled(["nama": "uji-loket-\(counter)", "sandi": password])))
      guard answer.status == 200 else { throw Trouble("an officer could not sign in: \(answer.status)") }
    }
  }

  // MARK: applying

  /// So many applications of people who all differ.
  ///
  /// - Parameter name: makes the forms' own keys differ from those of other calls.
  func apply(_ count: Int, _ name: String) async throws -> [Applicant] {
    let counter = counter
    return try await visitor.with { browser in
      let form = try Self.form(Self.service, on: browser.visit(Self.service))
      let maker = PeopleMaker(seed: BenchCommand.seed, today: OfficeZone.wib.date(of: SystemClock().now))
      var applicants: [Applicant] = []
      var index = counter * Self.peoplePerCounter
      while applicants.count < count {
        let person = maker.person(index)
        index += 1
        guard case .citizen(let nik, _) = person.identity else { continue }
        let answer = try browser.submit(
          Self.filled(form, person, nik).filled(["_kirim": "\(name)-\(counter)-\(index)"]))
        // A long name is warned of; another person applies instead.
        if answer.status == 422 { continue }
        applicants.append(try Self.applicant(answer, browser))
      }
      return applicants
    }
  }

  private static func filled(_ form: PageForm, _ person: Person, _ nik: String) -> PageForm {
    let date = person.dateOfBirth
    return form.filled([
      "nama": person.fullName, "nik": nik, "tempat-lahir": person.birthPlace, "tanggal-lahir--hari": String(date.day),
      "tanggal-lahir--bulan": String(date.month), "tanggal-lahir--tahun": String(date.year),
      "jenis-kelamin": person.sex, "telepon": person.telephone, "alamat": person.address, "tujuan": "wisata",
    ])
  }

  private static func applicant(_ answer: Answer, _ browser: Browser) throws -> Applicant {
    guard answer.status == 303,
      let number = answer.location?.split(separator: "/").last.flatMap({ String($0).removingPercentEncoding }),
      // The latest application's pass stands first.
      let pass = browser.cookies[Applicant.cookie]?.split(separator: "~").first
    else { throw Trouble("no receipt: \(answer.status)") }
    return Applicant(number: number, pass: String(pass))
  }

  // MARK: visiting

  func visits(_ applicants: [Applicant], _ style: VisitStyle) async throws -> [Visit] {
    guard let first = applicants.first else { return [] }
    let takingForm = try await visitor.with { browser in
      browser.setCookie(Applicant.cookie, first.pass)
      return try Self.form("/antrean", on: browser.visit("/antrean"))
    }
    var visits: [Visit] = []
    let clock = ContinuousClock()
    for applicant in applicants {
      let start = clock.now
      let ticket = try await take(takingForm, applicant, style)
      try await serve(style)
      visits.append(Visit(latency: clock.now - start, ticket: ticket))
    }
    return visits
  }

  /// Takes a number.
  ///
  /// - Returns: where the ticket stands.
  private func take(_ form: PageForm, _ applicant: Applicant, _ style: VisitStyle) async throws -> String {
    let form = form.filled(["nomor": applicant.number, "_kirim": "\(style)-\(applicant.number)"])
    return try await visitor.with { browser in
      browser.setCookie(Applicant.cookie, applicant.pass)
      if style == .pages { _ = try browser.get("/antrean") }
      let answer = try browser.submit(form)
      guard answer.status == 303, let ticket = answer.location else { throw Trouble("no ticket: \(answer.status)") }
      if style == .pages { _ = try browser.get(ticket) }
      return ticket
    }
  }

  /// Calls the next visitor, this pair's or another's, and serves them to the end.
  private func serve(_ style: VisitStyle) async throws {
    var callCount = 1
    var called = try await call(style)
    while called == nil {
      // As many wait as counters are about to call: each pair has taken a number before its officer calls.
      guard callCount < Self.callCountMax else { throw Trouble("no visitor waits for counter \(counter)") }
      callCount += 1
      called = try await call(style)
    }
    guard let ticket = called?.firstValue(of: "tiket") else { throw Trouble("nobody in hand") }
    let path = counterPath
    try await officer.with { browser in
      for action in ["mulai", "selesai"] {
        let answer = try browser.post(
          "\(path)/\(action)", ["tiket": ticket], style == .pages ? Browser.forPage : [:])
        guard answer.status == (style == .pages ? 200 : 303) else {
          throw Trouble("\(action) was answered by \(answer.status)")
        }
      }
    }
  }

  /// Calls the next one to the counter.
  ///
  /// - Returns: the page that tells whom; nil where no visitor waits.
  private func call(_ style: VisitStyle) async throws -> Answer? {
    let path = counterPath
    return try await officer.with { browser -> Answer? in
      if style == .pages { _ = try browser.get(path) }
      let answer = try browser.post("\(path)/panggil", [:], Browser.forPage)
      guard answer.status == 200, let address = answer.header("content-location") else {
        throw Trouble("a call was answered by \(answer.status)")
      }
      return address == path ? answer : nil
    }
  }

  private static func form(_ action: String, on answer: Answer) throws -> PageForm {
    guard let form = answer.form(to: action) else {
      throw Trouble("no form to \(action) on a page of \(answer.status)")
    }
    return form
  }
}
