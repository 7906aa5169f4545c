public import Core
internal import Synchronization

/// Stands before everything that a number opens together with a date of birth, a PIN or a code: those are few enough to
/// be tried one after the other.
///
/// Who misses waits, longer each time; the number itself is never locked, or a stranger could keep its holder out. All
/// misses of the office have a budget besides: a sender with many addresses spends it, the office is told, and until it has
/// recovered all tries pass one behind the other. A miss is answered after the same time whatever was wrong.
///
/// It remembers in memory only: no one outside can make the server start anew, and addresses are not for the disk.
public final class LookUpGuard: Sendable {
  /// What is said where the misses of the office stand.
  public struct Standing: Sendable, Equatable {
    /// Since the start.
    public let missCount: Int
    /// Whether more was missed in the last hour than people miss.
    public let isAlarmed: Bool

    /// How the misses stand at one moment.
    public init(missCount: Int, isAlarmed: Bool) {
      self.missCount = missCount
      self.isAlarmed = isAlarmed
    }
  }

  /// A slip or two cost nothing. A terminal in the hall is shared, and people type slowly there.
  static func freeMissCount(_ client: LookUpClient) -> Int {
    switch client {
    case .network: 3
    case .kiosk: 10
    }
  }

  /// So long waits who has missed once more than is free; each further miss doubles it.
  static let firstWait = Duration.seconds(10)
  static let waitMax = Duration.seconds(300)
  /// One miss is forgotten in that time.
  static let forgiveness = Duration.seconds(600)
  /// The office's misses in an hour: people of a full day miss some dozens.
  static let officeMissCountMax = 100
  static let window = Duration.hours(1)
  /// Once the budget is spent, one try passes in that time.
  static let spacing = Duration.seconds(5)
  /// Some megabytes; the ones with the fewest misses make room.
  static let clientCountMax = 20_000

  private struct Client {
    var missCount: Int
    var at: Instant
  }

  private struct State {
    var clients: [LookUpClient: Client] = [:]
    /// When the office's last misses were, at most as many as the budget has.
    var misses: [Instant] = []
    var missCount = 0
    var lastTryAt: Instant?
    var isAlarmed = false
  }

  private let clock: any WallClock
  private let log: any Log
  private let missTime: Duration
  private let state = Mutex(State())

  /// - Parameter missTime: a miss is answered no sooner, so that the answer's time does not tell what was wrong.
  public init(clock: any WallClock, log: any Log, missTime: Duration = .milliseconds(300)) {
    self.clock = clock
    self.log = log
    self.missTime = missTime
  }

  /// Lets a client try: `look` gives what was proven, or nil where number and secret do not belong together.
  ///
  /// - Parameter code: of the problem that says so, the same for every reason.
  /// - Throws: `Problem` `look-up.too-many` with the `seconds` to wait; one of `code`; what `look` throws.
  public func prove<Answer: Sendable>(
    from client: LookUpClient, otherwise code: StaticString, _ look: () async throws -> Answer?
  ) async throws -> Answer {
    let began = ContinuousClock.now
    // Counted as a miss until it is none: tries side by side would else all pass before the first is known to miss.
    let before = try admit(client, otherwise: code)
    do {
      if let answer = try await look() {
        release(client, to: before)
        return answer
      }
    } catch {
      release(client, to: before)
      throw error
    }
    noteMiss()
    try await Task.sleep(until: began + missTime, clock: .continuous)
    throw Problem(.notFound, code)
  }

  /// How the misses of the office stand now.
  public var standing: Standing {
    let now = clock.now
    return state.withLock { state in
      Standing(missCount: state.missCount, isAlarmed: Self.isSpent(&state, at: now))
    }
  }

  // MARK: Rules

  /// Whether a date of birth was asked for beside the number, not a PIN or a code.
  private static func asksDate(_ code: StaticString) -> Bool {
    ["tracking.not-found", "appointment.not-found"].contains(code.description)
  }

  private func admit(_ client: LookUpClient, otherwise code: StaticString) throws(Problem) -> Instant? {
    let now = clock.now
    let (wait, before) = state.withLock { state -> (Duration, Instant?) in
      let known = Self.recovered(state.clients[client], at: now)
      var wait = known.map { Self.wait($0, of: client, at: now) } ?? .zero
      if Self.isSpent(&state, at: now), let last = state.lastTryAt {
        wait = max(wait, min(Self.spacing, last + Self.spacing - now))
      }
      guard wait <= .zero else { return (wait, nil) }
      if state.clients.count >= Self.clientCountMax { Self.makeRoom(in: &state.clients) }
      state.clients[client] = Client(missCount: (known?.missCount ?? 0) + 1, at: now)
      state.lastTryAt = now
      return (.zero, known?.at)
    }
    guard wait <= .zero else {
      let seconds = ["seconds": String((wait.milliseconds + 999) / 1000)]
      throw Self.asksDate(code)
        ? Problem(.tooMany, "look-up.too-many-dates", seconds) : Problem(.tooMany, "look-up.too-many", seconds)
    }
    return before
  }

  private func release(_ client: LookUpClient, to before: Instant?) {
    state.withLock { state in
      guard var known = state.clients[client] else { return }
      known.missCount -= 1
      if let before { known.at = before }
      state.clients[client] = known.missCount > 0 ? known : nil
    }
  }

  private func noteMiss() {
    let now = clock.now
    let isNews = state.withLock { state in
      state.missCount += 1
      state.misses = state.misses.suffix(Self.officeMissCountMax - 1) + [now]
      let isSpent = Self.isSpent(&state, at: now)
      defer { state.isAlarmed = isSpent }
      return isSpent && !state.isAlarmed
    }
    if isNews {
      log.note(
        .lookUpStorm,
        ["look-up.misses": String(Self.officeMissCountMax), "look-up.minutes": "60"])
    }
  }

  private static func isSpent(_ state: inout State, at now: Instant) -> Bool {
    let isSpent = state.misses.count >= officeMissCountMax && state.misses[0] > now - window
    if !isSpent { state.isAlarmed = false }
    return isSpent
  }

  private static func recovered(_ client: Client?, at now: Instant) -> Client? {
    guard var client else { return nil }
    // A wall clock may be set back; then nothing is forgotten until it has caught up.
    let forgiven = max(0, (now - client.at).milliseconds) / forgiveness.milliseconds
    client.missCount -= Int(forgiven)
    return client.missCount > 0 ? client : nil
  }

  private static func wait(_ known: Client, of client: LookUpClient, at now: Instant) -> Duration {
    let beyond = known.missCount - freeMissCount(client) - 1
    guard beyond >= 0 else { return .zero }
    let wait = min(waitMax, firstWait * (1 << min(beyond, 10)))
    return min(wait, known.at + wait - now)
  }

  private static func makeRoom(in clients: inout [LookUpClient: Client]) {
    let counts = clients.values.map(\.missCount).sorted()
    let middle = counts[counts.count / 2]
    clients = clients.filter { $0.value.missCount > middle }
  }
}
