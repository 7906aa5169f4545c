public import Core
internal import Synchronization

/// Stands before everything that a number opens together with a date of birth, a PIN or a code: those are few enough to
/// be tried one after the other.
///
/// A client that misses with a number waits before the next try with it, longer each time, and for a shorter time with any
/// other; the number itself is never locked, or a stranger could keep its holder out. All misses of the office have a budget
/// besides: a sender with many addresses spends it, and the office is told. Until it has recovered the tries of one network
/// pass one behind the other, and so do those that come for one number by whatever networks; a client from elsewhere with
/// another number waits for neither. A miss is answered after the same time whatever was wrong.
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

  /// One miss is forgotten in that time.
  static let forgiveness = Duration.seconds(600)
  /// The office's misses in an hour: people of a full day miss some dozens.
  static let officeMissCountMax = 100
  static let window = Duration.hours(1)
  /// Once the budget is spent, one try of those that pass one behind the other passes in that time.
  static let spacing = Duration.seconds(5)
  /// Some megabytes; the ones with the fewest misses make room.
  static let subjectCountMax = 40_000

  /// What counts together, or passes one behind the other.
  private enum Subject: Hashable, Sendable {
    /// One number from one client.
    case pair(LookUpClient, UInt64)
    /// Whatever one client tries.
    case client(LookUpClient)
    /// One number, by whichever client it is tried.
    case number(UInt64)
  }

  private struct Misses: Sendable, Equatable {
    var count: Int
    var at: Instant
  }

  /// A try that is counted as a miss until it is none.
  private struct Counted: Sendable {
    let subject: Subject
    let before: Misses?
    let after: Misses
  }

  private struct State {
    var misses: [Subject: Misses] = [:]
    /// When the last try was.
    var tries: [Subject: Instant] = [:]
    /// When the office's last misses were, at most as many as the budget has.
    var officeMisses: [Instant] = []
    var missCount = 0
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

  /// Lets a client try a number: `look` gives what was proven, or nil where number and secret do not belong together.
  ///
  /// - Parameter code: of the problem that says so, the same for every reason.
  /// - Throws: `Problem` `look-up.too-many` with the `seconds` to wait; one of `code`; what `look` throws.
  public func prove<Kind, Answer: Sendable>(
    _ number: CaseNumber<Kind>, from client: LookUpClient, otherwise code: StaticString,
    _ look: () async throws -> Answer?
  ) async throws -> Answer {
    let began = ContinuousClock.now
    // Counted as a miss until it is none: tries side by side would else all pass before the first is known to miss.
    let counted = try admit(number.value, client, otherwise: code)
    do {
      if let answer = try await look() {
        release(counted)
        return answer
      }
    } catch {
      release(counted)
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

  /// What a miss counts for, with how long each of them waits.
  private static func counted(_ number: UInt64, _ client: LookUpClient) -> [(subject: Subject, delay: LookUpDelay)] {
    [
      (subject: .pair(client, number), delay: .number(from: client)), (subject: .client(client), delay: .client),
    ]
  }

  /// What passes one behind the other once the budget is spent. A person at a terminal is in the hall, and does not wait for
  /// strangers who try the same number.
  private static func spaced(_ number: UInt64, _ client: LookUpClient) -> [Subject] {
    switch client {
    case .network: [.client(client), .number(number)]
    case .kiosk: [.client(client)]
    }
  }

  private func admit(
    _ number: UInt64, _ client: LookUpClient, otherwise code: StaticString
  ) throws(Problem) -> [Counted] {
    let now = clock.now
    let (wait, counted) = state.withLock { state -> (Duration, [Counted]) in
      let wait = Self.wait(number, client, at: now, in: &state)
      guard wait <= .zero else { return (wait, []) }
      return (.zero, Self.count(number, client, at: now, in: &state))
    }
    guard wait <= .zero else {
      let seconds = ["seconds": String((wait.milliseconds + 999) / 1000)]
      throw Self.asksDate(code)
        ? Problem(.tooMany, "look-up.too-many-dates", seconds) : Problem(.tooMany, "look-up.too-many", seconds)
    }
    return counted
  }

  private static func wait(
    _ number: UInt64, _ client: LookUpClient, at now: Instant, in state: inout State
  ) -> Duration {
    var wait = Duration.zero
    for (subject, delay) in counted(number, client) {
      guard let known = recovered(state.misses[subject], at: now) else { continue }
      let whole = delay.wait(after: known.count)
      wait = max(wait, min(whole, known.at + whole - now))
    }
    guard isSpent(&state, at: now) else { return wait }
    for subject in spaced(number, client) {
      guard let last = state.tries[subject] else { continue }
      wait = max(wait, min(spacing, last + spacing - now))
    }
    return wait
  }

  private static func count(
    _ number: UInt64, _ client: LookUpClient, at now: Instant, in state: inout State
  ) -> [Counted] {
    if state.misses.count >= subjectCountMax { makeRoom(in: &state.misses) }
    // Older ones keep no client waiting.
    if state.tries.count >= subjectCountMax { state.tries = state.tries.filter { $0.value > now - spacing } }
    for subject in spaced(number, client) { state.tries[subject] = now }
    var tried: [Counted] = []
    for (subject, _) in counted(number, client) {
      let before = state.misses[subject]
      let known = recovered(before, at: now)
      let after = Misses(count: (known?.count ?? 0) + 1, at: now)
      state.misses[subject] = after
      tried.append(Counted(subject: subject, before: known == nil ? nil : before, after: after))
    }
    return tried
  }

  /// Takes back what was counted. Where nothing else was tried meanwhile all is as it was: what time has forgiven until now is
  /// forgiven once, however often a client opens a case of its own.
  private func release(_ tried: [Counted]) {
    state.withLock { state in
      for tried in tried {
        guard var known = state.misses[tried.subject] else { continue }
        guard known != tried.after else {
          state.misses[tried.subject] = tried.before
          continue
        }
        known.count -= 1
        state.misses[tried.subject] = known.count > 0 ? known : nil
      }
    }
  }

  private func noteMiss() {
    let now = clock.now
    let isNews = state.withLock { state in
      state.missCount += 1
      state.officeMisses = state.officeMisses.suffix(Self.officeMissCountMax - 1) + [now]
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
    let isSpent = state.officeMisses.count >= officeMissCountMax && state.officeMisses[0] > now - window
    if !isSpent { state.isAlarmed = false }
    return isSpent
  }

  private static func recovered(_ misses: Misses?, at now: Instant) -> Misses? {
    guard var misses else { return nil }
    // A wall clock may be set back; then nothing is forgotten until it has caught up.
    let forgiven = max(0, (now - misses.at).milliseconds) / forgiveness.milliseconds
    misses.count -= Int(forgiven)
    return misses.count > 0 ? misses : nil
  }

  private static func makeRoom(in misses: inout [Subject: Misses]) {
    let counts = misses.values.map(\.count).sorted()
    let middle = counts[counts.count / 2]
    misses = misses.filter { $0.value.count > middle }
  }
}
