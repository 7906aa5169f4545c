public import Core
import Synchronization

/// A counter at which an officer sits, as those must know it who end the officer's work. Nothing of the person there.
public struct OfficerSeat: Sendable, Equatable {
  /// The number above the counter.
  public let counter: Int
  /// What is called or served there, as it is called: `A-012`; nil for nothing.
  public let number: String?

  /// A counter at which the officer sits.
  public init(counter: Int, number: String?) {
    self.counter = counter
    self.number = number
  }
}

/// Tells where officers sit just now. The Queue answers; Officers asks, which the Queue itself stands on and which so
/// cannot need it.
public final class OfficerSeats: Sendable {
  /// Finds the counters of an officer.
  public typealias Answer = @Sendable (OfficerID) async throws -> [OfficerSeat]

  private let answer = Mutex<Answer?>(nil)

  /// Nothing answers yet: no officer sits anywhere.
  public init() {}

  /// Has `body` answer. For the one module that knows, while it is made.
  public func whenAsked(_ body: @escaping Answer) { answer.withLock { $0 = body } }

  /// Where the officer sits: nowhere, at one counter, and nowhere too where no module knows.
  public func of(_ officer: OfficerID) async throws -> [OfficerSeat] {
    guard let answer = answer.withLock({ $0 }) else { return [] }
    return try await answer(officer)
  }
}
