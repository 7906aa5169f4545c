public import Core
public import Store
import Synchronization

/// An officer's word that they know the person of an application, so that a colleague has to decide it.
public struct Acquaintance: Sendable, Equatable {
  /// The application that they leave to others.
  public let application: ApplicationNumber
  /// The officer.
  public let officer: OfficerID
  /// The officer with their rights, as what follows from it is recorded.
  public let principal: Principal

  /// What an officer has said; nil where it is no officer.
  public init?(of application: ApplicationNumber, _ principal: Principal) {
    guard let officer = principal.officerID else { return nil }
    self.application = application
    self.officer = officer
    self.principal = principal
  }
}

/// Lets all modules follow where an officer leaves a case to a colleague: the number in hand goes to another counter, and no
/// stage of the case is theirs to decide. Registration, where the case is opened, tells; it could not need those who stand
/// on it.
public final class Acquaintances: Sendable {
  /// What a module does, in the transaction in which it is told.
  public typealias Follower = @Sendable (Acquaintance, borrowing Transaction) throws -> Void

  private let followers = Mutex<[Follower]>([])

  /// No module follows yet.
  public init() {}

  /// Adds a follower; all of them run, in the order in which they were added. For modules, while they are made.
  public func whenTold(_ body: @escaping Follower) { followers.withLock { $0.append(body) } }

  /// Runs every follower in the caller's transaction.
  ///
  /// - Throws: what a follower throws, such as the `Problem` that no colleague is there; then the transaction must not be
  ///   kept.
  public func tell(_ acquaintance: Acquaintance, in transaction: borrowing Transaction) throws {
    for follow in followers.withLock({ $0 }) { try follow(acquaintance, transaction) }
  }
}
