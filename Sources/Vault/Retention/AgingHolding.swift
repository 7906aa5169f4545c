import Contracts
import Core
import Store

/// What is kept of people beside their records, and has a time of its own, too.
protocol AgingHolding: Sendable {
  var kind: RecordKind { get }

  /// How many there are.
  func count(in database: borrowing some Queryable & ~Copyable) throws -> Int

  /// How many there are from before that moment.
  func count(before moment: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Int

  /// Removes some of them.
  ///
  /// - Returns: whose they were, one by one; nobody once none is left.
  func remove(before moment: Instant, limit: Int, in transaction: borrowing Transaction) throws -> [SubjectID]
}
