import Contracts
import Core
import Store

/// Makes reports out of the history.
struct ReportService: Sendable {
  let store: Store
  let office: Office
  let history: any QueueHistory
  /// nil where no appointments are kept.
  let appointments: (any AppointmentHistory)?
  let catalogue: (any CatalogueService)?
  let officers: (any OfficerDirectory)?

  /// More would not be read; the CSV of a shorter period has the rest.
  private static let outOfOrderCountMax = 1_000

  func report(_ question: ReportQuestion) async throws -> HallReport {
    let (first, last) = (question.period.first, question.period.last)
    let (steps, use, outOfOrder) = try await store.read { database in
      (
        try history.steps(from: first, to: last, in: database),
        try appointments?.use(from: first, to: last, of: question.service, in: database) ?? AppointmentUse(),
        try history.callsOutOfOrder(from: first, to: last, limit: Self.outOfOrderCountMax, in: database)
      )
    }
    var report = HallReport(question, history: steps, appointments: use, zone: office.zone)
    report.outOfOrder = outOfOrder.filter { call in
      (question.counter ?? call.counter) == call.counter && (question.officer ?? call.officer) == call.officer
    }
    return report
  }

  /// The account names of officers; none where no module keeps accounts.
  func accountNames() async throws -> [OfficerID: String] { try await officers?.accountNames() ?? [:] }
}
