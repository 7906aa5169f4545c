public import Core
public import Store
import Synchronization

/// Why an application ended before its way did. The raw value stands in tables and names the words for it.
public enum ApplicationEnding: String, Sendable, CaseIterable, Codable {
  /// The data of its person were erased at their request.
  case erased
}

/// Why an officer is not there any more.
public enum OfficerEnding: String, Sendable, CaseIterable {
  /// Out of every browser, by themselves or because the password was replaced.
  case signedOut = "signed-out"
  /// The account was closed.
  case closed
}

/// The end of something that several modules know by its number.
public enum End: Sendable, Equatable {
  /// Nothing more happens with the application: its numbers are not called, its appointments are off, no officer works
  /// on it.
  case application(ApplicationNumber, ApplicationEnding)
  /// The officer acts no more: no counter is kept open by them, and no call of theirs is promised.
  case officer(OfficerID, OfficerEnding)
}

/// What a module does when something ends, in the same transaction.
public typealias EndFollower = @Sendable (End, borrowing Transaction) throws -> Void

/// Lets what ends in one module end in all: each answers with what it keeps of it.
public protocol EndService: Sendable {
  /// Has `body` run in every transaction in which something ends. For modules, while they are made.
  func whenEnded(_ body: @escaping EndFollower)

  /// Tells every module, in the caller's transaction: either all follow, or nothing has ended. An end may be told again,
  /// as when a restore replays an erasure.
  func tell(_ end: End, in transaction: borrowing Transaction) throws
}

/// The followers of one program. What ends is decided by the module that owns it.
public final class Ends: EndService {
  private let followers = Mutex<[EndFollower]>([])

  /// No module follows yet.
  public init() {}

  /// Adds a follower; all of them run, in the order in which they were added.
  public func whenEnded(_ body: @escaping EndFollower) { followers.withLock { $0.append(body) } }

  /// Runs every follower in the caller's transaction.
  ///
  /// - Throws: what a follower throws; then the transaction must not be kept.
  public func tell(_ end: End, in transaction: borrowing Transaction) throws {
    for follow in followers.withLock({ $0 }) { try follow(end, transaction) }
  }
}
