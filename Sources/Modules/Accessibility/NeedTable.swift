internal import Contracts
internal import Core
internal import Store

/// What people said they need, by ticket. It says something about a person's health, so it is kept only
/// while the visit lasts and shortly after.
enum NeedTable {
  static func record(
    _ needs: Needs, for ticket: TicketID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    guard !needs.isEmpty else {
      try transaction.run("DELETE FROM accessibility_need WHERE ticket = \(ticket)")
      return
    }
    let assistance = needs.assistance.map(\.rawValue).sorted().joined(separator: ",")
    try transaction.run(
      """
      INSERT INTO accessibility_need (ticket, priority, assistance, recorded)
      VALUES (\(ticket), \(needs.priority?.rawValue), \(assistance), \(now))
      ON CONFLICT (ticket) DO UPDATE SET priority = excluded.priority, assistance = excluded.assistance
      """)
  }

  static func needs<Database: Queryable & ~Copyable>(
    of ticket: TicketID, in database: borrowing Database
  ) throws -> Needs {
    try database.row("SELECT priority, assistance FROM accessibility_need WHERE ticket = \(ticket)") { row in
      let priority: String? = try row.get(0)
      let assistance: String = try row.get(1)
      return Needs(
        priority: priority.flatMap(PriorityGroup.init),
        assistance: Set(assistance.split(separator: ",").compactMap { Assistance(rawValue: String($0)) }))
    } ?? Needs()
  }

  /// Removes what was recorded before `moment`, or on a date that is still to come: its ticket is of no day that has been.
  static func forget(before moment: Instant, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "DELETE FROM accessibility_need WHERE recorded < \(moment) OR recorded > \(Instant.latest(at: now))")
  }
}
