import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Tracking

/// How many applications stand in each stage is kept with each change, and nothing is counted to say it.
final class StageCountTests: XCTestCase {
  private struct Refused: Error {}

  func testKeptCountsAreThoseOfTheRowsAfterAnyChanges() async throws {
    let office = try await SampleOffice()
    let journeys = office.journeys()
    let random = SeededRandom(seed: seed())
    var numbers: [ApplicationNumber] = []
    var changeCount = 0
    var last: [String] = []
    for round in 1...200 {
      let isNew = numbers.isEmpty || random.below(4) == 0
      let number = isNew ? ApplicationNumber(from: SystemRandom()) : numbers[random.below(numbers.count)]
      let (choice, isRefused) = (random.below(10), random.below(5) == 0)
      do {
        try await office.store.write { transaction in
          if isNew { try journeys.open(number, subject: SubjectID(1), service: .passport, in: transaction) }
          try Self.change(number, choice, journeys, in: transaction)
          if isRefused { throw Refused() }
        }
        if isNew { numbers.append(number) }
      } catch is Refused {}
      let (kept, counted) = try await counts(office)
      XCTAssertEqual(kept, counted, "after change \(round)")
      if kept != last { changeCount += 1 }
      last = kept
    }
    XCTAssertGreaterThan(changeCount, 30, "most turns changed something")
    let rowCount = try await office.count("SELECT count(*) FROM tracking_stage")
    XCTAssertLessThanOrEqual(rowCount, OfferedService.passport.stages.count, "as many rows as stages")
  }

  func testNoApplicationIsReadForTheCounts() async throws {
    let office = try await SampleOffice()
    _ = try await office.apply()
    let plan = try await office.store.read { database in
      try database.rows("EXPLAIN QUERY PLAN \(CaseTable.kept)") { try $0.get(3) as String }
    }
    XCTAssertFalse(plan.isEmpty)
    XCTAssertEqual(plan.filter { !$0.contains("tracking_stage") }, [])
  }

  /// One of the changes that an application's way knows; some come to nothing.
  private static func change(
    _ number: ApplicationNumber, _ choice: Int, _ journeys: Journeys, in transaction: borrowing Transaction
  ) throws {
    guard let standing = try CaseTable.find(number, in: transaction) else { return }
    let clerk = SampleOffice.clerk
    switch choice {
    case 0: try CaseTable.end(number, as: .erased, in: transaction)
    case 1, 2:
      _ = try journeys.takeBackVisit(of: number, entering: standing.stage, by: clerk, in: transaction)
    case 3...6:
      let stage = OfferedService.passport.stage(standing.stage)
      guard standing.ending == nil, stage?.ending == .officer else { return }
      _ = try journeys.advance(number, from: standing.stage, by: clerk, in: transaction)
    default:
      _ = try journeys.finishVisit(of: number, by: clerk, in: transaction)
    }
  }

  private func counts(_ office: SampleOffice) async throws -> (kept: [String], counted: [String]) {
    try await office.store.read { database in
      let kept = try CaseTable.counts(in: database).map { "\($0.service) \($0.stage) \($0.count)" }
      let counted: [String] = try database.rows(
        """
        SELECT service, stage, count(*) FROM tracking_case WHERE ending IS NULL
        GROUP BY service, stage ORDER BY service, stage
        """
      ) { row in
        let (service, stage, count): (String, String, Int) = (try row.get(0), try row.get(1), try row.get(2))
        return "\(service) \(stage) \(count)"
      }
      return (kept, counted)
    }
  }

  private func seed() -> UInt64 {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    return seed
  }
}
