internal import Core
internal import Store
internal import Synchronization

/// Sees when more sign-ins fail than officers mistype, says so while that lasts, and tells those who watch the office when it
/// begins and when it is over.
///
/// It remembers in memory only: after a start the office is taken for quiet, and a storm that goes on is seen again as soon as
/// as many tries have failed.
final class SignInWatch: Sendable {
  /// A time in which more sign-ins fail than officers mistype.
  struct Storm: Equatable, Sendable {
    let began: Instant
    /// Nil while it lasts.
    var ended: Instant?
    /// All tries that failed or had to wait, from the first of those by which it was seen.
    var tryCount: Int
    /// From how many networks they came; more than `networkCountMax` are not told apart.
    var networkCount: Int
  }

  /// What failed since the start.
  struct Counts: Equatable, Sendable {
    /// The password was compared, and was wrong.
    var failed = 0
    /// The try had to wait first, and its password was not looked at.
    var held = 0
  }

  static let networkCountMax = 10_000
  /// How often it is looked whether a storm is over.
  private static let lookInterval = Duration.seconds(30)

  private let store: Store
  private let clock: any WallClock
  private let log: any Log
  private let rules: StormRules
  private let state: Mutex<State>

  init(store: Store, clock: any WallClock, log: any Log, rules: StormRules = StormRules()) {
    self.store = store
    self.clock = clock
    self.log = log
    self.rules = rules
    state = Mutex(State(rules: rules))
  }

  /// Whether a storm lasts.
  var isStorm: Bool { latest.map { $0.ended == nil } ?? false }

  /// The latest storm since the start, also one that is over.
  var latest: Storm? { state.withLock { $0.storm } }

  /// What failed since the start.
  var counts: Counts { state.withLock { $0.counts } }

  /// Takes in a try that failed.
  ///
  /// - Parameters:
  ///   - mark: of the network from which it came.
  ///   - isHeld: whether it had to wait, and its password was not looked at.
  func note(from mark: String, isHeld: Bool = false) async {
    // One that has been quiet is over before the next begins.
    await look()
    let now = clock.now
    guard let storm = state.withLock({ $0.note(mark, isHeld: isHeld, at: now) }) else { return }
    await tell("officer.storm-began", .signInStorm, storm)
    let round = Periodic(every: Self.lookInterval, from: .afterInterval)
    round.start { [weak self, weak round] in
      if await self?.look() ?? true { round?.cancel() }
    }
  }

  /// Ends the storm where it is over.
  ///
  /// - Returns: whether none lasts.
  @discardableResult
  func look() async -> Bool {
    let now = clock.now
    if let storm = state.withLock({ $0.end(at: now) }) { await tell("officer.storm-over", .signInStormOver, storm) }
    return !isStorm
  }

  private func tell(_ kind: EventKind, _ event: SecurityEvent, _ storm: Storm) async {
    log.note(
      event, ["sign-in.tries": String(storm.tryCount), "sign-in.networks": String(storm.networkCount)])
    let payload = "{\"tries\":\(storm.tryCount),\"networks\":\(storm.networkCount)}"
    do {
      try await store.write { try $0.append(Event(kind: kind, entity: "office", payload: payload)) }
    } catch {
      log.error("a storm of sign-ins could not be written down", ["error": error.inLog])
    }
  }
}

extension SignInWatch {
  private struct Failure: Sendable {
    let at: Instant
    let mark: String
  }

  private struct State: Sendable {
    let rules: StormRules
    var counts = Counts()
    var storm: Storm?
    /// The latest, at most as many as make a storm.
    private var failures: [Failure] = []
    /// Those of the storm.
    private var networks: Set<String> = []

    init(rules: StormRules) { self.rules = rules }

    /// - Returns: the storm that has begun with this try.
    mutating func note(_ mark: String, isHeld: Bool, at now: Instant) -> Storm? {
      if isHeld { counts.held += 1 } else { counts.failed += 1 }
      failures = failures.suffix(rules.failureCount - 1) + [Failure(at: now, mark: mark)]
      guard let storm, storm.ended == nil else { return begin(at: now) }
      if networks.count < SignInWatch.networkCountMax { networks.insert(mark) }
      self.storm?.tryCount += 1
      self.storm?.networkCount = networks.count
      return nil
    }

    /// - Returns: the storm that has ended with that.
    mutating func end(at now: Instant) -> Storm? {
      guard let storm, storm.ended == nil, latestCount(at: now) < rules.calmCount else { return nil }
      self.storm?.ended = now
      networks = []
      return self.storm
    }

    private mutating func begin(at now: Instant) -> Storm? {
      guard latestCount(at: now) >= rules.failureCount else { return nil }
      networks = Set(failures.map(\.mark))
      storm = Storm(
        began: failures.first?.at ?? now, ended: nil, tryCount: failures.count, networkCount: networks.count)
      return storm
    }

    /// A date that is still to come is that of a clock that was set back since, and tells nothing.
    private func latestCount(at now: Instant) -> Int {
      failures.count { $0.at > now - rules.window && !$0.at.isYetToCome(at: now) }
    }
  }
}
