import Contracts
import Core
import Store

/// Which officers have left which cases to others, because they know the person; for good.
enum AcquaintanceTable {
  static let table = Table(
    "tracking_acquaintance",
    columns: [
      .text("number").refers(to: "tracking_case", "number"),
      .integer("officer"),
      .integer("at"),
    ],
    key: ["number", "officer"],
    isAppendOnly: true)

  static func insert(
    _ number: ApplicationNumber, _ officer: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO tracking_acquaintance (number, officer, at) VALUES (\(number), \(officer), \(now))
      ON CONFLICT (number, officer) DO NOTHING
      """)
  }

  static func officers<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> Set<OfficerID> {
    Set(
      try database.rows("SELECT officer FROM tracking_acquaintance WHERE number = \(number)") { row in
        try row.get(0) as OfficerID
      })
  }
}
