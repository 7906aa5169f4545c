import Client
import Core
import Day

/// One person who wants a place, clicking as fast as pages come.
struct Booker: Sendable {
  enum Stage: Sendable {
    case arriving
    case waiting(String)
    case choosing
  }

  /// Others are faster a few times; a client that loses that often gives up.
  private static let choiceCountMax = 8

  let index: Int
  private let application: String
  private var phone: Phone
  private(set) var stage: Stage

  init(index: Int, _ applicant: Applicant, usesRoom: Bool) {
    self.index = index
    application = applicant.number
    phone = Phone(index: index, cookies: [Applicant.cookie: applicant.pass])
    stage = usesRoom ? .arriving : .choosing
  }

  /// Does what comes next.
  ///
  /// - Returns: seconds until the person does something again; nil when they are done.
  mutating func step(_ clicks: inout Clicks, over connection: Connection) throws -> Double? {
    switch stage {
    case .arriving: return try enter(&clicks, over: connection)
    case .waiting(let path): return try look(path, &clicks, over: connection)
    case .choosing:
      try book(&clicks, over: connection)
      return nil
    }
  }

  // MARK: the waiting room

  private mutating func enter(_ clicks: inout Clicks, over connection: Connection) throws -> Double? {
    let door = try phone.get("/ruang-tunggu", over: connection)
    clicks.done()
    let entered = try phone.post("/ruang-tunggu", [("_csrf", try token(door))], over: connection)
    guard entered.status == 303, let path = entered.location else { throw Trouble("no pass: \(entered.status)") }
    stage = .waiting(path)
    let page = try phone.get(path, over: connection)
    clicks.done()
    return try wait(page, &clicks, over: connection)
  }

  private mutating func look(
    _ path: String, _ clicks: inout Clicks, over connection: Connection
  ) throws -> Double? {
    let page = try phone.get(path, over: connection)
    clicks.polled()
    return try wait(page, &clicks, over: connection)
  }

  /// Looks again when the page says so; books when it is one's turn.
  private mutating func wait(_ page: Phone.Page, _ clicks: inout Clicks, over connection: Connection) throws -> Double?
  {
    guard page.status == 200 else { throw Trouble("the room answered \(page.status)") }
    if let seconds = page.refresh { return Double(seconds) }
    stage = .choosing
    try book(&clicks, over: connection)
    return nil
  }

  // MARK: booking

  private mutating func book(_ clicks: inout Clicks, over connection: Connection) throws {
    var page = try phone.get("/janji/waktu?nomor=\(Browser.encoded(application))&jalur=web", over: connection)
    clicks.done()
    for _ in 0..<Self.choiceCountMax {
      guard page.status == 200 || page.status == 409 else { throw Trouble("times: \(page.status)") }
      let times = page.values("jam")
      guard !times.isEmpty, let day = page.value("hari") else { return clicks.note(.tooLate) }
      let time = times[SystemRandom().below(times.count)]
      let answer = try phone.post(
        "/janji/waktu",
        [
          ("_csrf", try token(page)), ("_kirim", PublicCode(from: SystemRandom()).description),
          ("nomor", application), ("jalur", "web"), ("prioritas", ""), ("hari", day), ("jam", time),
        ], over: connection)
      if answer.status == 303, let path = answer.location, !path.contains("?") {
        clicks.note(.held)
        return try confirm(path, &clicks, over: connection)
      }
      clicks.done()
      clicks.note(.faster)
      page = answer
    }
    clicks.note(.tooLate)
  }

  private mutating func confirm(_ path: String, _ clicks: inout Clicks, over connection: Connection) throws {
    let held = try phone.get(path, over: connection)
    clicks.done()
    guard held.status == 200 else { throw Trouble("the hold answered \(held.status)") }
    let booked = try phone.post("\(path)/pesan", [("_csrf", try token(held))], over: connection)
    guard booked.status == 303, let receipt = booked.location else { throw Trouble("not booked: \(booked.status)") }
    let page = try phone.get(receipt, over: connection)
    clicks.done()
    guard page.status == 200 else { throw Trouble("the receipt answered \(page.status)") }
    clicks.note(.booked(index))
  }

  private func token(_ page: Phone.Page) throws -> String {
    guard let token = page.value("_csrf") else { throw Trouble("a page of \(page.status) has no form") }
    return token
  }
}
