import Core
import XCTest

@testable import Store

/// SQLite's sessions keep the contract.
final class SQLiteContractTests: XCTestCase {
  func testEveryClauseIsKept() throws {
    XCTAssertEqual(SessionContract.clauses.count, 21)
    for clause in SessionContract.clauses {
      let directory = try TestDirectory()
      let contract = SessionContract {
        try SQLiteConnection.writer(at: directory.database, clock: SystemClock(), log: SilentLog())
      }
      do {
        let session = try contract.open()
        try contract.commit(on: session) {
          try Migrator(session: session, clock: contract.clock, log: SilentLog()).migrate([SessionContract.schema])
        }
        try clause.isKept(contract)
      } catch {
        XCTFail("\(clause.name): \(error)")
      }
    }
  }
}
