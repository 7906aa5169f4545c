import Client
import Day
import Foundation
import Measuring
import Synchronization

/// Calls of an officer over the hall's listener, while all is quiet and while one client floods the portal: with event
/// streams, with pages as fast as it gets them, and with idle connections. One comes after the other and stays.
struct FloodBench {
  struct Result {
    /// A call that is made while the flooder does all of it takes at most so many times as long as when all is quiet.
    static let slownessMax = 2.0
    /// So much of one processor the flooder gets.
    static let processorMax = 0.5

    let quiet: Distribution
    let flooded: Distribution
    /// What each part of the flood costs the server, in processor time of each second.
    let costs: [(part: String, processors: Double)]
    /// What all of it costs.
    let processors: Double
    /// What the flooder got within each second: pages, and refusals.
    let pagesPerSecond: Int
    let refusalsPerSecond: Int

    /// How many times as long a call takes that a hundredth of all exceeds.
    var slowness: Double { flooded.percentile(0.99) / quiet.percentile(0.99) }
  }

  private struct Calls {
    let latencies: [Duration]
    let processorTime: Duration
    let elapsed: Duration

    /// What the server did in each second beyond what the same calls took when all was quiet.
    func processors(beyond quiet: Calls) -> Double { (processorTime - quiet.processorTime) / elapsed }
  }

  private static let callCount =
    ProcessInfo.processInfo.environment["GAPURA_BENCH_CALLS"].flatMap { Int($0) } ?? 100
  private static let idleCount = 4300
  private static let streamCount = 4200
  private static let readerCount = 64
  private static let client = ("X-Forwarded-For", "198.51.100.7")
  /// The limits are reached, and what was let through at once is used up.
  private static let beginning = Duration.seconds(20)

  let office: OfficeProcess

  func measure() async throws -> Result {
    Flood.makeRoom(for: 32_768)
    // Numbers for warming up, for the quiet calls, and for each part of the flood.
    _ = try await FollowBench(office: office, displayCount: 1, phoneCount: 5 * Self.callCount).takeNumbers()
    let password = try office.addOfficer("uji-loket", role: "clerk")
    try office.start()
    let officer = try CallingOfficer(port: office.hallPort, name: "uji-loket", password: password)
    _ = try calls(officer)
    let quiet = try calls(officer)

    let flood = Flood()
    defer { flood.end() }
    let (name, address) = Self.client
    flood.open(
      Self.streamCount, to: office.port,
      saying: "GET /display/peristiwa HTTP/1.1\r\nHost: a\r\n\(name): \(address)\r\n\r\n")
    try await Task.sleep(for: Self.beginning)
    let withStreams = try calls(officer).processors(beyond: quiet)

    let readers = PageReaders(Self.readerCount, port: office.port, header: Self.client)
    defer { readers.stop() }
    try await Task.sleep(for: Self.beginning)
    let withPages = try calls(officer).processors(beyond: quiet)

    flood.open(Self.idleCount, to: office.port)
    try await Task.sleep(for: Self.beginning)
    readers.forget()
    let flooded = try calls(officer)
    let (pages, refusals) = readers.counts
    let (seconds, whole) = (flooded.elapsed / .seconds(1), flooded.processors(beyond: quiet))
    return Result(
      quiet: Distribution(quiet.latencies), flooded: Distribution(flooded.latencies),
      costs: [
        ("event streams", withStreams), ("pages", withPages - withStreams), ("idle connections", whole - withPages),
      ],
      processors: whole, pagesPerSecond: Int(Double(pages) / seconds),
      refusalsPerSecond: Int(Double(refusals) / seconds))
  }

  /// Each call with what ends the one before it; only the call is timed.
  private func calls(_ officer: CallingOfficer) throws -> Calls {
    let (clock, load) = (ContinuousClock(), try ServerLoad(of: office))
    let (begun, timeBefore) = (clock.now, try load.processorTime())
    let latencies = try (0..<Self.callCount).map { _ in
      try officer.serve()
      let start = clock.now
      try officer.call()
      return clock.now - start
    }
    return Calls(
      latencies: latencies, processorTime: try load.processorTime() - timeBefore,
      elapsed: clock.now - begun)
  }
}

/// Threads that ask for the portal's first page again and again.
private final class PageReaders: Sendable {
  private struct State {
    var isStopped = false
    var pages = 0
    var refusals = 0
  }

  private let state = Mutex(State())

  init(_ count: Int, port: UInt16, header: (String, String)) {
    for _ in 0..<count {
      Thread.detachNewThread { [self] in
        let browser = Browser(port: port, timeout: .seconds(30))
        browser.headers.append((name: header.0, value: header.1))
        while !state.withLock({ $0.isStopped }) {
          let status = try? browser.get("/").status
          state.withLock { state in
            if status == 200 { state.pages += 1 } else { state.refusals += 1 }
          }
        }
      }
    }
  }

  var counts: (pages: Int, refusals: Int) { state.withLock { ($0.pages, $0.refusals) } }

  func forget() { state.withLock { ($0.pages, $0.refusals) = (0, 0) } }

  func stop() { state.withLock { $0.isStopped = true } }
}
