import Contracts
import Core
import Store

/// What follows for appointments and draws when an application ends or a person is erased, in the same transaction.
struct BookingEnds: Sendable {
  let booking: BookingContext
  /// Nil where no module gives papers codes.
  var papers: (any PaperLinks)?

  /// An application has ended: appointments that are for it alone are off.
  func callOff(_ application: ApplicationNumber, in transaction: borrowing Transaction) throws {
    for appointment in try cancelBookings(onlyFor: [application], in: transaction) {
      try papers?.end(.appointment(appointment.code), in: transaction)
    }
  }

  /// A person is erased: the slots that wait for them return, and what says something about them goes. What was booked
  /// stays for the counts, and leads to no person.
  func forget(_ subject: SubjectID, in transaction: borrowing Transaction) throws {
    let applications = try booking.applications?.applications(of: subject, in: transaction) ?? []
    try cancelBookings(onlyFor: applications, in: transaction)
    try DrawTable.withdraw(applications, in: transaction)
    try AppointmentTable.forget(subject, of: applications, in: transaction)
  }

  /// Only those that are for it alone: a family keeps its appointment, and cancels it itself.
  @discardableResult
  private func cancelBookings(
    onlyFor applications: [ApplicationNumber], in transaction: borrowing Transaction
  ) throws -> [Appointment] {
    let coming = try AppointmentTable.coming(onlyFor: applications, from: booking.today, in: transaction)
    for appointment in coming { try BookingService(booking: booking).cancel(appointment, in: transaction) }
    return coming
  }
}
