import Contracts
import Core
import Store

/// What follows in the hall when somebody is erased, in the same transaction: the places that wait for them return, and
/// what says something about them goes. Numbers, times and counters stay for the counts, and nobody's.
///
/// That its numbers are not called any more follows from the end of the application: `Withdrawal`.
struct Forgetting: Sendable {
  let house: AppointmentHouse
  /// Nil where nobody keeps what people need.
  let accessibility: (any AccessibilityService)?

  func follow(_ subject: SubjectID, in transaction: borrowing Transaction) throws {
    let applications = try house.applications?.applications(of: subject, in: transaction) ?? []
    try cancelBookings(of: applications, in: transaction)
    try DrawTable.withdraw(applications, in: transaction)
    try AppointmentTable.forget(subject, of: applications, in: transaction)
    for ticket in try TicketTable.ids(of: applications, in: transaction) {
      try accessibility?.record(Needs(), for: ticket, in: transaction)
    }
    try TicketTable.forgetReasons(of: applications, in: transaction)
  }

  /// Only those that are nobody else's as well: a family keeps its appointment, and cancels it itself.
  private func cancelBookings(of applications: [ApplicationNumber], in transaction: borrowing Transaction) throws {
    for appointment in try AppointmentTable.coming(onlyFor: applications, from: house.today, in: transaction) {
      try BookingDesk(house: house).cancel(appointment, in: transaction)
    }
  }
}
