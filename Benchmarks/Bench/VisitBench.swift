import Client
import Core
import Day
import Foundation
import People
import Synchronization

/// Complete visits over HTTP: a person takes a number, an officer calls, starts and finishes, each opening the
/// pages that a browser opens.
struct VisitBench {
  private let office: OfficeProcess
  private let passwords: [String]

  /// Starts the server with so many counters that serve everything, and an officer at each.
  init(_ office: OfficeProcess, counterCount: Int) throws {
    self.office = office
    try office.liftRates()
    let file = office.configuration.appendingPathComponent("office.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    let counters = (1...counterCount).map { "{ number: \($0) }" }.joined(separator: ", ")
    try text.replacing(#/counters: \[[\s\S]*?\n  \]/#, with: "counters: [\(counters)]")
      .write(to: file, atomically: true, encoding: .utf8)
    passwords = try (1...counterCount).map { try office.addOfficer("uji-loket-\($0)", role: "clerk") }
    try office.start()
  }

  /// - Parameter clients: how many visits go on at the same time, each at a counter of its own.
  /// - Returns: how fast, and the processors' time that the server spent on each.
  func rate(clients: Int, visitCount: Int, _ style: VisitStyle) async throws -> (
    visits: Measured, serverTime: Duration
  ) {
    let port = office.port
    let passwords = passwords
    // One after another: an office's officers do not sign in within the same second either.
    var pairs: [Pair] = []
    for client in 1...clients {
      pairs.append(try await Pair(port: port, counter: client, password: passwords[client - 1]))
    }
    let clock = ContinuousClock()
    let timeBefore = try Footprint.processorTime(office)
    let start = clock.now
    let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for pair in pairs { group.addTask { try await pair.visits(visitCount / clients, style) } }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let visits = Measured(latencies, in: clock.now - start)
    return (visits, (try Footprint.processorTime(office) - timeBefore) / max(1, latencies.count))
  }
}

/// What a visit asks of the server.
enum VisitStyle: Sendable, CaseIterable {
  /// The steps, and the one page that tells the officer whom they have called: what programs would send.
  case steps
  /// Every page too that a browser opens on the way.
  case pages
}

/// A visitor and the officer at a counter.
private struct Pair: Sendable {
  let visitor: Visitor
  let officer: Visitor
  let counter: Int
  let application: String
  let takingForm: PageForm

  private var counterPath: String { "/petugas/loket/\(counter)" }

  init(port: UInt16, counter: Int, password: String) async throws {
    visitor = Visitor(port: port)
    officer = Visitor(port: port)
    self.counter = counter
    let application = try await visitor.with { try Self.apply($0, index: counter) }
    self.application = application
    takingForm = try await visitor.with { browser in
      try Self.form("/antrean", on: browser.visit("/antrean")).filled(["nomor": application])
    }
    try await officer.with { browser in
      let form = try Self.form("/petugas/masuk", on: browser.visit("/petugas/masuk"))
      let answer = try browser.follow(
        browser.submit(form.filled(["nama": "uji-loket-\(counter)", "sandi": password])))
      guard answer.status == 200 else { throw Trouble("an officer could not sign in: \(answer.status)") }
    }
  }

  func visits(_ count: Int, _ style: VisitStyle) async throws -> [Duration] {
    var latencies: [Duration] = []
    let clock = ContinuousClock()
    for turn in 0..<count {
      let start = clock.now
      try await visit("\(style)-\(counter)-\(turn)-\(count)", style)
      latencies.append(clock.now - start)
    }
    return latencies
  }

  private func visit(_ name: String, _ style: VisitStyle) async throws {
    try await take(name, style)
    var turn = 0
    // Another counter may have called this pair's number and still have it: then there is nobody to call.
    while try await !call(style) {
      turn += 1
      try await take("\(name)-\(turn)", style)
    }
    let path = counterPath
    try await officer.with { browser in
      guard let ticket = try browser.get(path).firstValue(of: "tiket") else { throw Trouble("nobody in hand") }
      for action in ["mulai", "selesai"] { try Self.press("\(path)/\(action)", ["tiket": ticket], style, browser) }
    }
  }

  /// Takes a number.
  private func take(_ submission: String, _ style: VisitStyle) async throws {
    let form = takingForm.filled(["_kirim": submission])
    try await visitor.with { browser in
      if style == .pages { _ = try browser.get("/antrean") }
      let answer = try browser.submit(form)
      guard answer.status == 303, let ticket = answer.location else { throw Trouble("no ticket: \(answer.status)") }
      if style == .pages { _ = try browser.get(ticket) }
    }
  }

  /// Calls the next one to the counter; false where nobody waits.
  private func call(_ style: VisitStyle) async throws -> Bool {
    let path = counterPath
    return try await officer.with { browser in
      if style == .pages { _ = try browser.get(path) }
      return try Self.press("\(path)/panggil", [:], .steps, browser) == path
    }
  }

  /// - Returns: where the answer leads.
  @discardableResult
  private static func press(
    _ path: String, _ fields: KeyValuePairs<String, String>, _ style: VisitStyle, _ browser: Browser
  ) throws -> String {
    let answer = try browser.post(path, fields)
    guard answer.status == 303, let location = answer.location else {
      throw Trouble("\(path) was answered by \(answer.status)")
    }
    if style == .pages { _ = try browser.get(location) }
    return location
  }

  private static func apply(_ browser: Browser, index: Int) throws -> String {
    let today = OfficeZone.wib.date(of: SystemClock().now)
    let maker = PeopleMaker(seed: BenchCommand.seed, today: today)
    guard let person = (0...).lazy.map({ maker.person(index * 20 + $0) }).first(where: { !$0.isForeigner }),
      case .citizen(let nik, _) = person.identity
    else { throw Trouble("nobody to apply") }
    let path = "/ajukan/paspor-elektronik-10"
    let date = person.dateOfBirth
    var form = try form(path, on: browser.visit(path)).filled([
      "nama": person.fullName, "nik": nik, "tempat-lahir": person.birthPlace, "tanggal-lahir--hari": String(date.day),
      "tanggal-lahir--bulan": String(date.month), "tanggal-lahir--tahun": String(date.year),
      "jenis-kelamin": person.sex, "telepon": person.telephone, "alamat": person.address, "tujuan": "wisata",
    ])
    var answer = try browser.follow(browser.submit(form))
    // A long name is warned of once.
    if answer.status == 422 {
      form = try Self.form(path, on: answer)
      answer = try browser.follow(browser.submit(form))
    }
    let prefix = "/antrean?nomor="
    guard answer.status == 200, let link = answer.links.first(where: { $0.hasPrefix(prefix) }),
      let number = String(link.dropFirst(prefix.count)).removingPercentEncoding
    else { throw Trouble("no receipt: \(answer.status)") }
    return number
  }

  private static func form(_ action: String, on answer: Answer) throws -> PageForm {
    guard let form = answer.form(to: action) else {
      throw Trouble("no form to \(action) on a page of \(answer.status)")
    }
    return form
  }
}
