import Contracts
import Core
import CryptoHarness
import Store
import VaultHarness
import XCTest

@testable import Documents

/// How many documents are in each state is kept with each change, and nothing is counted to say it.
final class DocumentCountTests: XCTestCase {
  private struct Refused: Error {}

  func testKeptCountsAreThoseOfTheRowsAfterAnyChanges() async throws {
    let office = try await DocumentOffice()
    let random = SeededRandom(seed: testSeed())
    var changeCount = 0
    var last: [String] = []
    for round in 1...200 {
      let row = Self.row(random.below(30))
      let (choice, state) = (random.below(12), DocumentState.allCases[random.below(DocumentState.allCases.count)])
      let isRefused = random.below(5) == 0
      do {
        try await office.base.store.write { transaction in
          try Self.change(row, choice, state, in: transaction)
          if isRefused { throw Refused() }
        }
      } catch is Refused {}
      let (kept, counted) = try await counts(in: office.base.store)
      XCTAssertEqual(kept, counted, "after change \(round)")
      if kept != last { changeCount += 1 }
      last = kept
    }
    XCTAssertGreaterThan(changeCount, 30, "most turns changed something")
  }

  func testNoDocumentIsReadForTheCounts() async throws {
    let office = try await DocumentOffice()
    let plan = try await office.base.store.read { database in
      try database.rows("EXPLAIN QUERY PLAN \(DocumentTable.kept)") { try $0.get(3) as String }
    }
    XCTAssertFalse(plan.isEmpty)
    XCTAssertEqual(plan.filter { !$0.contains("documents_count") }, [])
  }

  private static func row(_ place: Int) -> DocumentRow {
    DocumentRow(
      summary: DocumentSummary(
        id: DocumentID(Int64(place)), subject: SubjectID(1), type: .pdf, byteCount: 1, state: .quarantined,
        receivedAt: Instant(milliseconds: Int64(place))), name: "file-\(place)", keyVersion: 1)
  }

  /// A document comes where there is none of its number; else it is settled or goes, or all that wait are released.
  private static func change(
    _ row: DocumentRow, _ choice: Int, _ state: DocumentState, in transaction: borrowing Transaction
  ) throws {
    guard try DocumentTable.find(row.summary.id, in: transaction) != nil else {
      return try DocumentTable.insert(row, in: transaction)
    }
    switch choice {
    case 0: _ = try DocumentTable.releaseWaiting(in: transaction)
    case 1...5: try DocumentTable.remove(row, in: transaction)
    default: try DocumentTable.settle(row.summary.id, as: state, in: transaction)
    }
  }

  private func counts(in store: Store) async throws -> (kept: [String], counted: [String]) {
    try await store.read { database in
      let kept = try DocumentTable.counts(in: database).map { "\($0.state.rawValue) \($0.count)" }
      let counted: [String] = try database.rows(
        "SELECT state, count(*) FROM documents_document GROUP BY state ORDER BY state"
      ) { row in
        let (state, count): (String, Int) = (try row.get(0), try row.get(1))
        return "\(state) \(count)"
      }
      return (kept, counted)
    }
  }
}
