import Contracts
import Core
import Store

/// Makes reports out of the history.
struct ReportDesk: Sendable {
  let store: Store
  let office: Office
  let catalogue: (any CatalogueService)?
  let officers: (any OfficerDirectory)?

  func report(_ question: ReportQuestion) async throws -> HallReport {
    let (first, last) = (question.period.first, question.period.last)
    let (steps, appointments) = try await store.read { database in
      (
        try ReportTable.steps(from: first, to: last, in: database),
        try ReportTable.appointments(from: first, to: last, of: question.service, in: database)
      )
    }
    return HallReport(question, history: steps, appointments: appointments, zone: office.zone)
  }

  /// The account names of officers; none where nobody keeps accounts.
  func accountNames() async throws -> [OfficerID: String] { try await officers?.accountNames() ?? [:] }
}
