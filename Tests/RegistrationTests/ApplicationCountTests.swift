import Contracts
import Core
import Store
import XCTest

@testable import Registration

/// How many applications were made is kept with each of them, and nothing is counted to say it.
final class ApplicationCountTests: XCTestCase {
  private struct Refused: Error {}

  func testKeptCountsAreThoseOfTheRowsAlsoWhereAnApplicationFails() async throws {
    let hall = try await Hall()
    for place in 0..<40 {
      let service: OfferedService = place % 3 == 0 ? .stayPermit : .passport
      let now = hall.clock.now
      do {
        try await hall.store.write { transaction in
          let number = try ApplicationTable.insert(
            service: service, subject: SubjectID(1), at: now, noticeVersion: 1, random: SystemRandom(), in: transaction)
          if place % 7 == 0 { try ApplicationTable.end(number, as: .erased, in: transaction) }
          if place % 5 == 0 { throw Refused() }
        }
      } catch is Refused {}
    }
    let (kept, counted) = try await counts(hall)
    XCTAssertEqual(kept, counted)
    XCTAssertEqual(kept.count, 2)
  }

  func testNoApplicationIsReadForTheCounts() async throws {
    let hall = try await Hall()
    let plan = try await hall.store.read { database in
      try database.rows("EXPLAIN QUERY PLAN \(ApplicationTable.kept)") { try $0.get(3) as String }
    }
    XCTAssertFalse(plan.isEmpty)
    XCTAssertEqual(plan.filter { !$0.contains("registration_count") }, [])
  }

  private func counts(_ hall: Hall) async throws -> (kept: [String], counted: [String]) {
    try await hall.store.read { database in
      let kept = try ApplicationTable.counts(in: database).map { "\($0.service) \($0.count)" }
      let counted: [String] = try database.rows(
        "SELECT service, count(*) FROM registration_application GROUP BY service ORDER BY service"
      ) { row in
        let (service, count): (String, Int) = (try row.get(0), try row.get(1))
        return "\(service) \(count)"
      }
      return (kept, counted)
    }
  }
}
