import Client
import Core
import Foundation
import Synchronization

/// Writes down what browsers ask an office for and what it answers, file by file as a walk goes.
///
/// The office's clock goes by the requests, so that two records of one walk show the same minutes however fast the machine
/// was. Each request has a moment of its own, and the steps are such that no two of some hundreds are a whole or half minute
/// apart, where a few milliseconds would decide how many minutes have gone by.
final class PageRecorder: BrowserWitness {
  /// As long as a request may take.
  private static let stepMilliseconds: Int64 = 9050
  /// As long as a server's start may take with all that is done before it, and a request on a machine that has much to do.
  private static let pauseMilliseconds: Int64 = 120_000

  private struct State {
    var exchanges: [BrowserExchange] = []
    var visited: [(method: String, path: String)] = []
    var assets: Set<String> = []
    var fileCounts: [String: Int] = [:]
    /// Where servers have been met.
    var ports: Set<UInt16> = []
    var next: Instant
  }

  let directory: URL
  private let clock: OfficeClock
  private let moment: String
  private let minuteCount: Int
  private let state: Mutex<State>

  /// - Parameters:
  ///   - directory: where the files are written.
  ///   - moment: when the walk begins, as in `OfficeProcess.init`.
  ///   - minutes: how long it may last. Times of day that fall into it depend on the moment of a request.
  init(
    directory: URL, of office: OfficeProcess, at moment: String = OfficeClock.workingMorning, minutes: Int = 150
  ) {
    self.directory = directory
    clock = office.clock
    self.moment = moment
    minuteCount = minutes
    state = Mutex(State(next: office.clock.now.minute))
  }

  /// Every request so far.
  var visited: [(method: String, path: String)] { state.withLock { $0.visited } }

  /// Where the pages so far take their style sheets, scripts and pictures from.
  var assets: [String] { state.withLock { $0.assets.sorted() } }

  func willAsk(_ method: String, at port: UInt16) {
    let now = clock.now
    let moment = state.withLock { state in
      if state.ports.insert(port).inserted { state.next = state.next + .milliseconds(Self.pauseMilliseconds) }
      while now > state.next { state.next = state.next + .milliseconds(Self.pauseMilliseconds) }
      // Pages are looked at half a step after what is done.
      let moment = state.next + .milliseconds(method == "GET" ? Self.stepMilliseconds / 2 : 0)
      state.next = state.next + .milliseconds(Self.stepMilliseconds)
      return moment
    }
    try? clock.set(moment)
  }

  func saw(_ exchange: BrowserExchange) {
    state.withLock { state in
      state.exchanges.append(exchange)
      state.visited.append((exchange.method, exchange.path))
      for found in exchange.answer.text.matches(of: /"(\/aset\/[^"?]+)/) { state.assets.insert(String(found.output.1)) }
    }
  }

  /// Writes down what was asked and answered since the last file; one of that name gets a number.
  func write(_ name: String) throws {
    let (exchanges, count) = state.withLock { state in
      defer { state.exchanges = [] }
      state.fileCounts[name, default: 0] += 1
      return (state.exchanges, state.fileCounts[name] ?? 1)
    }
    var text = "office time \(moment), \(minuteCount) minutes\n"
    for exchange in exchanges { text += Self.text(of: exchange) }
    try write(text, to: count > 1 ? "\(name)-\(count).txt" : "\(name).txt")
  }

  /// Forgets what was asked since the last file.
  func skip() { state.withLock { $0.exchanges = [] } }

  private func write(_ text: String, to path: String) throws {
    let file = directory.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Headers that depend on the line alone.
  private static let passing: Set = ["connection", "content-length", "date", "keep-alive", "transfer-encoding"]

  private static func text(of exchange: BrowserExchange) -> String {
    let answer = exchange.answer
    let headers = answer.headers.filter { !passing.contains($0.name) }.map { "\($0.name): \($0.value)" }.sorted()
    let lines = ["", "== \(exchange.method) \(exchange.path)", String(answer.status)] + headers
    return lines.joined(separator: "\n") + "\n\n" + body(of: exchange) + "\n"
  }

  private static func body(of exchange: BrowserExchange) -> String {
    let answer = exchange.answer
    let type = answer.header("content-type") ?? ""
    let isText = ["text/", "application/json", "application/manifest", "image/svg"].contains { type.hasPrefix($0) }
    if answer.body.isEmpty || isText { return answer.text }
    // Files that are made for an answer have the time in them.
    return exchange.path.hasPrefix("/aset/") ? "(\(answer.body.count) bytes)" : "(bytes)"
  }
}

extension Instant {
  /// The beginning of its minute.
  fileprivate var minute: Instant { Instant(milliseconds: milliseconds / 60_000 * 60_000) }
}
