public import Core
public import Store

/// What an erased person is told.
public struct ErasureReceipt: Sendable, Equatable {
  /// The person, whose number stays and tells nothing any more.
  public let subject: SubjectID
  /// When the records and the data key were destroyed here.
  public let erased: Instant
  /// The day by which the last backup copy of the key ring with the data key has expired: from then on, every data
  /// backup is noise for this person, however old it is.
  public let goneBy: CivilDate

  /// A receipt for an erasure.
  public init(subject: SubjectID, erased: Instant, goneBy: CivilDate) {
    self.subject = subject
    self.erased = erased
    self.goneBy = goneBy
  }
}

/// What follows from the erasure of a person, in the same transaction.
public typealias ErasureFollower = @Sendable (SubjectID, borrowing Transaction) throws -> Void

/// Erases people for good (UU 27/2022, articles 8 and 42–45), by destroying their data keys.
public protocol ErasureService: Sendable {
  /// Takes the person's records, blind indexes and masked forms away and marks the person erased, in the caller's
  /// transaction; nothing of theirs is opened any more. The key itself goes with `settleErasures`, which the caller
  /// awaits once the transaction is durable and before telling the person that it is done. Should the process be killed in
  /// between, the next start does it before anyone is served.
  ///
  /// Erasing a person who is erased gives the first receipt again.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.unknown-subject`.
  func erase(
    _ subject: SubjectID, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> ErasureReceipt

  /// Destroys the keys of those who are marked erased.
  ///
  /// - Throws: `StoreError.busy` when the key ring's log cannot be emptied because a reader holds it; call it again.
  func settleErasures() async throws

  /// Has `body` run in every transaction in which a person is erased, also when the time of their last record is over and
  /// when a restore replays an erasure: for what a module keeps of people outside the Vault, such as a keyed hash, which
  /// a holder of the root key could try guesses against. For modules, while they are made.
  func whenErased(_ body: @escaping ErasureFollower)

  /// The people after that one, in the order of their numbers, who are erased, some of them at a time: for what a module
  /// keeps of people where no transaction reaches it.
  func erased<Database: Queryable & ~Copyable>(
    after subject: SubjectID, in database: borrowing Database
  ) throws -> [SubjectID]

  /// The receipt of an erased person; nil when they are not erased.
  func receipt<Database: Queryable & ~Copyable>(
    ofErased subject: SubjectID, in database: borrowing Database
  ) throws -> ErasureReceipt?
}

extension ErasureReceipt {
  /// Whether the key is gone from every backup on that day.
  public func isComplete(on day: CivilDate) -> Bool { day >= goneBy }
}
