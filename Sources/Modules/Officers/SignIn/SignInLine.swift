internal import Core
internal import Synchronization

/// Has the passwords of those who sign in compared one behind the other, so that a storm of tries takes neither the
/// processors nor an officer's turn: comparing is made slow on purpose, and only so much of it is done at once.
///
/// Known browsers have a turn of their own. Of all others one is compared at a time, first those from networks from which the
/// fewest tries have failed; where too many wait, the one with the most failures is sent away.
final class SignInLine: Sendable {
  /// What decides when it is a try's turn.
  enum Rank: Equatable, Sendable {
    /// From a browser in which the officer has signed in lately.
    case known
    /// From any other, with how many tries from its network have failed lately, this one among them.
    case stranger(failureCount: Int)
  }

  /// The last of them waits some ten seconds.
  static let waitingCountMax = 32

  private typealias Turn = CheckedContinuation<Void, any Error>

  private let state = Mutex(State())
  private let knownTime = UsualTime()
  private let strangersTime = UsualTime()

  /// How long a try of that rank takes as a rule.
  func usualTime(of rank: Rank) -> UsualTime { rank == .known ? knownTime : strangersTime }

  /// Does the work when it is its turn.
  ///
  /// - Parameter rests: how many times as long as the work has taken the next one of the same kind waits for its turn: the
  ///   processors' time that is left to all others.
  /// - Throws: `Problem` `vault.passwords-busy` where too many wait; what the work throws.
  func pass<Value: Sendable>(
    _ rank: Rank, rests: Int = 0, _ work: () async throws -> Value
  ) async throws -> Value {
    try await wait(rank)
    let begun = ContinuousClock.now
    defer { leave(rank, after: (ContinuousClock.now - begun) * rests) }
    return try await work()
  }

  /// How many tries wait for their turn.
  var waitingCount: Int { state.withLock { $0.known.waiting.count + $0.strangers.waiting.count } }

  private func wait(_ rank: Rank) async throws {
    try await withCheckedThrowingContinuation { (turn: Turn) in
      let (next, refused) = state.withLock { $0.enter(turn, rank) }
      next?.resume()
      refused?.resume(throwing: Problem(.tooMany, "vault.passwords-busy"))
    }
  }

  private func leave(_ rank: Rank, after rest: Duration) {
    guard rest > .zero else { return passOn(rank) }
    Task { [weak self] in
      try? await Task.sleep(for: rest)
      self?.passOn(rank)
    }
  }

  private func passOn(_ rank: Rank) {
    let next = state.withLock { $0[rank].next() }
    next?.resume()
  }
}

extension SignInLine {
  /// A try that waits.
  private struct Waiter: Sendable {
    let failureCount: Int
    /// Its place among all that have come.
    let number: Int
    let turn: Turn

    func comes(before other: Self) -> Bool { (failureCount, number) < (other.failureCount, other.number) }
  }

  /// Those of which one is compared at a time.
  private struct Track: Sendable {
    var isTaken = false
    var waiting: [Waiter] = []

    /// Takes the turn, or waits for it.
    ///
    /// - Returns: the try whose turn it is now, and the one that is sent away.
    mutating func enter(_ waiter: Waiter) -> (next: Turn?, refused: Turn?) {
      guard isTaken else {
        isTaken = true
        return (waiter.turn, nil)
      }
      waiting.append(waiter)
      guard waiting.count > SignInLine.waitingCountMax,
        let last = waiting.indices.max(by: { waiting[$0].comes(before: waiting[$1]) })
      else { return (nil, nil) }
      return (nil, waiting.remove(at: last).turn)
    }

    /// Gives the turn on.
    mutating func next() -> Turn? {
      guard let first = waiting.indices.min(by: { waiting[$0].comes(before: waiting[$1]) }) else {
        isTaken = false
        return nil
      }
      return waiting.remove(at: first).turn
    }
  }

  private struct State: Sendable {
    var known = Track()
    var strangers = Track()
    private var arrivalCount = 0

    subscript(rank: Rank) -> Track {
      get { rank == .known ? known : strangers }
      set { if rank == .known { known = newValue } else { strangers = newValue } }
    }

    mutating func enter(_ turn: Turn, _ rank: Rank) -> (next: Turn?, refused: Turn?) {
      arrivalCount += 1
      let failureCount =
        switch rank {
        case .known: 0
        case .stranger(let failureCount): failureCount
        }
      return self[rank].enter(Waiter(failureCount: failureCount, number: arrivalCount, turn: turn))
    }
  }
}
