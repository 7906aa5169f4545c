import Bare
import Client
import Contracts
import Core
import Day
import Foundation
import Measuring

/// A thousand open displays and phone pages, each with an event stream to the real executable, and calls that all of
/// them must hear of.
struct FollowBench {
  struct Result {
    /// From inside the call's transaction, so the commit itself is in it.
    let commit: Distribution
    let displays: Distribution
    let phones: Distribution
    /// From the officer's key.
    let key: Distribution
    let missed: Int
    /// Resident memory of the server for each stream, in bytes.
    let byteCountPerStream: Int
    let bytesReceivedPerCall: Int
  }

  private static let callCount = 30
  /// Longer than any stream may take; what has not come by then is counted as missed.
  private static let waitMax = Duration.seconds(5)

  let office: OfficeProcess
  let displayCount: Int
  let phoneCount: Int

  func measure() async throws -> Result {
    try office.liftRates()
    let codes = try await takeNumbers()
    let password = try office.addOfficer("uji-loket", role: "clerk")
    try office.start()
    let officer = try CallingOfficer(port: office.port, name: "uji-loket", password: password)
    let load = try ServerLoad(of: office)
    let before = try load.residentKiB()
    let paths =
      [String](repeating: "/display/peristiwa", count: displayCount) + codes.map { "/tiket/\($0)/peristiwa" }
    let crowd = try StreamCrowd(port: office.port, paths: paths)
    defer { crowd.close() }
    try crowd.awaitBeginnings()
    let after = try load.residentKiB()

    let calls = try CallTimes(database: "\(office.state)/gapura.db")
    var latencies: [(commit: Duration, key: Duration, isDisplay: Bool)] = []
    var missed = 0
    var received = 0
    for _ in 0..<Self.callCount {
      try officer.serve()
      crowd.drain(quietFor: .milliseconds(400))
      crowd.begin()
      let begun = SystemClock().now
      try officer.call()
      let arrivals = crowd.wait(atMost: Self.waitMax)
      let called = try calls.latest() - begun
      latencies += arrivals.enumerated().compactMap { place, arrival in
        arrival.map { (max(.zero, $0 - called), $0, place < displayCount) }
      }
      missed += arrivals.count { $0 == nil }
      received += crowd.byteCount
    }
    return Result(
      commit: Distribution(latencies.map(\.commit)),
      displays: Distribution(latencies.filter(\.isDisplay).map(\.commit)),
      phones: Distribution(latencies.filter { !$0.isDisplay }.map(\.commit)),
      key: Distribution(latencies.map(\.key)), missed: missed,
      byteCountPerStream: max(0, after - before) * 1024 / paths.count,
      bytesReceivedPerCall: received / Self.callCount / paths.count)
  }

  /// Numbers of one service, so that each call moves everybody up.
  func takeNumbers() async throws -> [String] {
    let measured = try await MeasuredModules.open(office)
    let queue = measured.services.require((any QueueService).self)
    let catalogue = measured.services.require((any CatalogueService).self)
    guard let service = catalogue.services(on: OfficeZone.wib.date(of: SystemClock().now)).first?.code else {
      throw Trouble("the office offers nothing")
    }
    var codes: [String] = []
    for number in 0..<(phoneCount + Self.callCount + 1) {
      let ticket = try await queue.takeNumber(
        TicketRequest(
          service: service, application: nil, needs: Needs(), channel: .kiosk, submission: "ikut-\(number)"))
      codes.append(ticket.code.description)
    }
    await measured.close()
    // Those who come first are called and served; the others keep waiting.
    return Array(codes.suffix(phoneCount))
  }
}

/// When the server called last, by its database.
private struct CallTimes {
  private let statement: BareStatement

  init(database: String) throws {
    statement = try BareStatement(
      "SELECT max(called_at) FROM queue_ticket", of: BareDatabase(at: database, isReadOnly: true))
  }

  func latest() throws -> Instant {
    defer { statement.reset() }
    _ = try statement.step()
    return Instant(milliseconds: statement.integer(0))
  }
}

/// An officer at counter 1 who does one thing after another, as the console's script sends it: the next page comes with the
/// answer.
final class CallingOfficer {
  private let browser: Browser
  private let path = "/petugas/loket/1"
  private var page: Answer

  init(port: UInt16, name: String, password: String) throws {
    browser = Browser(port: port)
    guard let form = try browser.visit("/petugas/masuk").form(to: "/petugas/masuk") else {
      throw Trouble("no form to sign in")
    }
    page = try browser.follow(browser.submit(form.filled(["nama": name, "sandi": password])))
    page = try browser.visit(path)
    if page.form(to: "\(path)/buka") != nil { try act("buka") }
  }

  func call() throws { try act("panggil") }

  /// Ends what is in hand, if anything is.
  func serve() throws {
    for action in ["mulai", "selesai"] where page.form(to: "\(path)/\(action)") != nil { try act(action) }
  }

  private func act(_ action: String) throws {
    guard let form = page.form(to: "\(path)/\(action)") else { throw Trouble("no button for \(action)") }
    page = try browser.submitForPage(form)
    guard page.status == 200 else { throw Trouble("\(action) was answered by \(page.status)") }
  }
}
