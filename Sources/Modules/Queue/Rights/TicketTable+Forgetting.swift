import Contracts
import Core
import Store

extension TicketTable {
  /// Every ticket of these applications.
  static func ids(of applications: [ApplicationNumber], in transaction: borrowing Transaction) throws -> [TicketID] {
    try transaction.rows("SELECT id \(tickets(of: applications))") { try $0.get(0) }
  }

  /// Forgets what officers wrote when they called these tickets out of order; every other reason is one of a closed set.
  /// That they were called so, when and by whom, stays.
  static func forgetReasons(of applications: [ApplicationNumber], in transaction: borrowing Transaction) throws {
    let theirs: SQL = "IN (SELECT id \(tickets(of: applications)))"
    try transaction.run("UPDATE queue_call SET reason = NULL WHERE ticket \(theirs) AND reason IS NOT NULL")
    try transaction.run(
      """
      UPDATE queue_transition SET reason = NULL
      WHERE ticket \(theirs) AND action = \(TicketAction.callChosen)
      """)
    // A ticket and what an undo would bring back have that reason as long as it is called.
    let isCalled: SQL = "state = \(TicketState.called)"
    try transaction.run("UPDATE queue_ticket SET reason = NULL WHERE id \(theirs) AND \(isCalled)")
    try transaction.run("UPDATE queue_undo SET reason = NULL WHERE ticket \(theirs) AND \(isCalled)")
  }

  private static func tickets(of applications: [ApplicationNumber]) -> SQL {
    "FROM queue_ticket WHERE application IN \(anyOf: applications) AND application IS NOT NULL"
  }
}
