import Core
import Dispatch
import Synchronization

/// Keeps the books for clients on many threads, and counts what they were told.
final class BookKeeper: Sendable {
  private struct State {
    var books = Books()
    var counts: [Told: Int] = [:]
    var findings: [Finding] = []
    var hints = Hints()
  }

  /// What is counted, as the table calls it.
  enum Told: String, Sendable, CaseIterable {
    case application = "applications"
    case document = "documents"
    case webNumber = "numbers on the web"
    /// By a client that speaks the terminals' protocol.
    case kioskNumber = "numbers at a kiosk"
    /// On the screen of the kiosk program.
    case screenNumber = "numbers on a kiosk's screen"
    case appointment = "appointments"
    case complaint = "complaints"
    case rating = "ratings"
    case call = "calls"
    case visit = "visits served"
    case decision = "decisions"
    case erasure = "erasures"
    case repetition = "forms sent again"
  }

  /// What clients may go on with: a client that follows a dead hint learns that from the server.
  struct Hints: Sendable {
    /// Codes of finished tickets.
    var finished: [String] = []
    /// Those of them that were tried: a rating does not say of which visit it is.
    var tried: Set<String> = []
    /// Applications without a number, for the kiosk.
    var idle: [String] = []
    /// Numbers of complaints by the console's number for them.
    var complaints: [String: String] = [:]
    /// Who has applied, by application.
    var people: [String: Int] = [:]
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)

  var books: Books { state.withLock { $0.books } }
  var findings: [Finding] { state.withLock { $0.findings } }
  var counts: [Told: Int] { state.withLock { $0.counts } }

  // MARK: Clients

  /// Writes something down before an act.
  func note(_ change: (inout Books) -> Void) { state.withLock { change(&$0.books) } }

  /// Writes down what was answered.
  func tell(_ kind: Told?, _ change: (inout Books) -> Finding?) {
    state.withLock { state in
      if let finding = change(&state.books) { state.findings.append(finding) }
      if let kind { state.counts[kind, default: 0] += 1 }
    }
    news.signal()
  }

  func find(_ finding: Finding) { state.withLock { $0.findings.append(finding) } }

  func hints<Value>(_ use: (inout Hints) -> Value) -> Value where Value: Sendable {
    state.withLock { use(&$0.hints) }
  }

  // MARK: The soak

  /// Waits until so many more of one kind, or of any, have been told.
  func wait(for count: Int, of kind: Told?, within patience: Duration) {
    let deadline = ContinuousClock.now + patience
    let goal = total(kind) + count
    while total(kind) < goal {
      let left = (deadline - ContinuousClock.now) / .milliseconds(1)
      guard left > 0 else { return }
      _ = news.wait(timeout: .now() + .milliseconds(Int(left) + 1))
    }
  }

  /// Compares the books with what was found, and takes that over.
  ///
  /// - Returns: whether they agree, and nothing else was found until now.
  func settle(_ rows: [Row], today: CivilDate) -> Bool {
    state.withLock { state in
      state.findings += Audit(books: state.books, rows: rows, today: today).findings
      state.books.settle(rows, today: today)
      state.hints.renew(rows)
      return state.findings.isEmpty
    }
  }

  /// A copy was put back.
  func restore(from earlier: Books, to later: Books) {
    state.withLock { $0.books = Books.restored(from: earlier, to: later, present: $0.books) }
  }

  private func total(_ kind: Told?) -> Int {
    state.withLock { state in kind.map { state.counts[$0, default: 0] } ?? state.counts.values.reduce(0, +) }
  }
}

extension BookKeeper.Hints {
  /// A visit that can be rated.
  mutating func nextToRate() -> String? {
    guard let code = finished.popLast() else { return nil }
    tried.insert(code)
    return code
  }

  fileprivate mutating func renew(_ rows: [Row]) {
    finished = rows.filter { $0.thing.kind == .ticket && $0.state == "finished" }.compactMap(\.code)
      .filter { !tried.contains($0) }
    complaints = Dictionary(
      rows.filter { $0.thing.kind == .complaint }.compactMap { row in row.code.map { ($0, row.thing.name) } },
      uniquingKeysWith: { $1 })
    let applications = Set(rows.filter { $0.thing.kind == .application && $0.state != Row.ended }.map(\.thing.name))
    idle.removeAll { !applications.contains($0) }
  }
}
