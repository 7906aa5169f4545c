import Contracts
import Core
import Store

/// What follows in the hall when a person is erased, in the same transaction: what says something about them goes.
/// Numbers, times and counters stay for the counts, and lead to no person.
///
/// That its numbers are not called any more follows from the end of the application: `Withdrawal`.
struct Forgetting: Sendable {
  /// Nil where no module keeps applications.
  let applications: (any ApplicationService)?
  /// nil where no module keeps what people need.
  let accessibility: (any AccessibilityService)?

  func follow(_ subject: SubjectID, in transaction: borrowing Transaction) throws {
    let applications = try applications?.applications(of: subject, in: transaction) ?? []
    for ticket in try TicketTable.ids(of: applications, in: transaction) {
      try accessibility?.record(Needs(), for: ticket, in: transaction)
    }
    try TicketTable.forgetReasons(of: applications, in: transaction)
  }
}
