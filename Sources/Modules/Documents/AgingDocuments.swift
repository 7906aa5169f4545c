import Contracts
import Core
import Store

/// Documents, as retention sees them: their time begins when they are received, and their files follow with the next
/// sweep.
struct AgingDocuments: AgingHolding {
  var kind: RecordKind { .document }

  func count(in database: borrowing some Queryable & ~Copyable) throws -> Int {
    try DocumentTable.count(in: database)
  }

  func count(before moment: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Int {
    try DocumentTable.count(before: moment, in: database)
  }

  func remove(before moment: Instant, limit: Int, in transaction: borrowing Transaction) throws -> [SubjectID] {
    let rows = try DocumentTable.oldest(before: moment, limit: limit, in: transaction)
    for row in rows { try DocumentTable.remove(row, in: transaction) }
    return rows.map(\.summary.subject)
  }
}
