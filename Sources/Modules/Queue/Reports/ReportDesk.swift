import Contracts
import Core
import Store

/// Makes reports out of the history.
struct ReportDesk: Sendable {
  let store: Store
  let office: Office
  let catalogue: (any CatalogueService)?
  let officers: (any OfficerDirectory)?
  /// Whom it asks how appointments were used; nil where none are kept.
  var hooks: QueueHooks?

  /// More would be read by nobody; the CSV of a shorter period has the rest.
  private static let outOfOrderCountMax = 1_000

  func report(_ question: ReportQuestion) async throws -> HallReport {
    let (first, last) = (question.period.first, question.period.last)
    let asked = hooks?.appointments
    let (steps, appointments, outOfOrder) = try await store.read { database in
      (
        try ReportTable.steps(from: first, to: last, in: database),
        try asked?.use(from: first, to: last, of: question.service, in: database) ?? AppointmentUse(),
        try CallTable.outOfOrder(from: first, to: last, limit: Self.outOfOrderCountMax, in: database)
      )
    }
    var report = HallReport(question, history: steps, appointments: appointments, zone: office.zone)
    report.outOfOrder = outOfOrder.filter { call in
      (question.counter ?? call.counter) == call.counter && (question.officer ?? call.officer) == call.officer
    }
    return report
  }

  /// The account names of officers; none where nobody keeps accounts.
  func accountNames() async throws -> [OfficerID: String] { try await officers?.accountNames() ?? [:] }
}
