public import Core
public import Store
import Synchronization

/// Tells by which applications officers know a person. The module that keeps applications answers; those that know people
/// alone ask, also the modules that it stands on and that so cannot need it.
public final class ApplicationsOfPeople: Sendable {
  /// Finds the applications of a person in the caller's snapshot.
  public typealias Answer = @Sendable (SubjectID, borrowing Snapshot) throws -> [ApplicationNumber]

  private let answer = Mutex<Answer?>(nil)

  /// Nothing answers yet: no person has applications.
  public init() {}

  /// Has `body` answer. For the one module that knows, while it is made.
  public func whenAsked(_ body: @escaping Answer) { answer.withLock { $0 = body } }

  /// The person's applications; none where no module knows.
  public func of(_ subject: SubjectID, in snapshot: borrowing Snapshot) throws -> [ApplicationNumber] {
    try answer.withLock { $0 }?(subject, snapshot) ?? []
  }
}
