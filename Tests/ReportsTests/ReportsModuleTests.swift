import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Reports

final class ReportsModuleTests: XCTestCase {
  func testWithoutAModuleThatTellsWhatHappenedThereAreNoReports() async throws {
    let house = try ModuleOffice()
    let module = ReportsModule(services: house.services())
    XCTAssertEqual(module.routes().count, 0)
    XCTAssertEqual(module.navigation().count, 0)
    await house.store.close()
  }

  /// Of calls alone, of a module that is not the queue and keeps no appointments.
  func testAnotherModulesHistoryIsReportedAndNothingIsSaidOfAppointments() async throws {
    let house = try ModuleOffice()
    try await house.store.migrate([ReportsModule.schema])
    let monday = OfficeZone.wib.date(of: house.clock.now)
    let call = CallOutOfOrder(at: house.clock.now, counter: 1, officer: OfficerID(7), number: "A-001", reason: "Sakit")
    let reports = ReportService(
      store: house.store, office: house.office, history: ToldHistory(calls: [call]), appointments: nil, catalogue: nil,
      officers: nil)
    var question = ReportQuestion(period: ReportPeriod(.day, around: monday))
    let report = try await reports.report(question, as: .system("test"))
    XCTAssertEqual(report.outOfOrder, [call])
    XCTAssertEqual(report.appointments, AppointmentUse())
    question.officer = OfficerID(8)
    let others = try await reports.report(question, as: .system("test"))
    XCTAssertEqual(others.outOfOrder, [])
    await house.store.close()
  }
}

/// A history that a test tells.
private struct ToldHistory: QueueHistory {
  let calls: [CallOutOfOrder]

  func steps<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, in database: borrowing Database
  ) throws -> [VisitStep] { [] }

  func mark<Database: Queryable & ~Copyable>(of day: CivilDate, in database: borrowing Database) throws -> Int64 { 0 }

  func callsOutOfOrder<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [CallOutOfOrder] { Array(calls.prefix(limit)) }
}
