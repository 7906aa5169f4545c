internal import Core
internal import Synchronization

/// Decides when a try's password is compared, so that a storm of tries takes neither the processors nor an officer's turn:
/// comparing is made slow on purpose.
///
/// While all is quiet each try goes straight to the hasher. While a storm lasts only known browsers do. Of all others one is
/// compared at a time, first those from networks from which the fewest tries have failed, and each only after a rest; where
/// too many wait, the one with the most failures is sent away.
final class SignInLine: Sendable {
  /// What decides when it is a try's turn.
  enum Rank: Equatable, Sendable {
    /// From a browser in which the officer has signed in lately.
    case known
    /// From any other, with how many tries from its network have failed lately, this one among them.
    case stranger(failureCount: Int)
  }

  /// The last of them waits some half a minute.
  static let waitingCountMax = 32
  /// A stranger's password is compared after a rest of so many times as long as the one before it took: a storm gets a third
  /// of a processor.
  static let restCount = 2

  private typealias Turn = CheckedContinuation<Void, any Error>

  private let track = Mutex(Track())
  private let knownTime = UsualTime()
  private let strangersTime = UsualTime()

  /// How long a try of that rank takes as a rule.
  func usualTime(of rank: Rank) -> UsualTime { rank == .known ? knownTime : strangersTime }

  /// Does the work when it is its turn.
  ///
  /// - Throws: `Problem` `vault.passwords-busy` where too many wait; what the work throws.
  func pass<Value: Sendable>(
    _ rank: Rank, isStorm: Bool, _ work: () async throws -> Value
  ) async throws -> Value {
    guard isStorm, case .stranger(let failureCount) = rank else { return try await work() }
    try await wait(failureCount)
    let begun = ContinuousClock.now
    defer { leave(after: (ContinuousClock.now - begun) * Self.restCount) }
    return try await work()
  }

  /// How many tries wait for their turn.
  var waitingCount: Int { track.withLock { $0.waiting.count } }

  private func wait(_ failureCount: Int) async throws {
    try await withCheckedThrowingContinuation { (turn: Turn) in
      let (next, refused) = track.withLock { $0.enter(turn, failureCount) }
      next?.resume()
      refused?.resume(throwing: Problem(.tooMany, "vault.passwords-busy"))
    }
  }

  private func leave(after rest: Duration) {
    Task { [weak self] in
      try? await Task.sleep(for: rest)
      self?.passOn()
    }
  }

  private func passOn() {
    let next = track.withLock { $0.next() }
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
    var waiting: [Waiter] = []
    private var isTaken = false
    private var arrivalCount = 0

    /// Takes the turn, or waits for it.
    ///
    /// - Returns: the try whose turn it is now, and the one that is sent away.
    mutating func enter(_ turn: Turn, _ failureCount: Int) -> (next: Turn?, refused: Turn?) {
      guard isTaken else {
        isTaken = true
        return (turn, nil)
      }
      arrivalCount += 1
      waiting.append(Waiter(failureCount: failureCount, number: arrivalCount, turn: turn))
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
}
