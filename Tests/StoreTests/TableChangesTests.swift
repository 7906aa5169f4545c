import XCTest

@testable import Store

final class TableChangesTests: XCTestCase {
  func testTheTableIsReadFromWhatAStatementBeginsWith() {
    let known = [
      "INSERT INTO queue_ticket (place) VALUES (?)", "insert into queue_ticket(place) values (?)",
      "INSERT INTO queue_ticket\n  (place)\nVALUES (?)", "  UPDATE queue_ticket SET state = ? WHERE id = ?",
      "DELETE FROM queue_ticket WHERE id = ?", "DELETE FROM queue_ticket", "UPDATE\n  queue_ticket\nSET state = ?",
    ]
    for text in known { XCTAssertEqual(TableChanges.table(changedBy: text), "queue_ticket", text) }
    let unknown = [
      "WITH one AS (SELECT 1) INSERT INTO queue_ticket (place) SELECT 1", "INSERT OR REPLACE INTO queue_ticket (place)",
      "UPDATE OR IGNORE queue_ticket SET state = ?", "UPDATE main.queue_ticket SET state = ?",
      "UPDATE \"queue_ticket\" SET state = ?", "INSERT INTO Queue_ticket (place) VALUES (?)", "DELETE", "",
    ]
    for text in unknown { XCTAssertNil(TableChanges.table(changedBy: text), text) }
  }

  func testWhatIsNotKnownIsAChangeOfEachTable() {
    var changes = TableChanges()
    changes.note("a")
    let (a, b) = (changes.latest(of: ["a"]), changes.latest(of: ["b"]))
    XCTAssertNotEqual(a, b)
    changes.note("c")
    XCTAssertEqual([changes.latest(of: ["a"]), changes.latest(of: ["b"])], [a, b])
    changes.note(nil)
    XCTAssertNotEqual(changes.latest(of: ["a"]), a)
    XCTAssertNotEqual(changes.latest(of: ["b"]), b)
  }

  func testWhatIsTakenBackIsAChangeOfWhatHadChangedAndOfNothingElse() {
    var changes = TableChanges()
    changes.note("a")
    changes.begin()
    changes.note("b")
    changes.setSavepoint()
    changes.note("c")
    let before = ["a", "b", "c"].map { changes.latest(of: [$0]) }
    changes.rollBackToSavepoint()
    let between = ["a", "b", "c"].map { changes.latest(of: [$0]) }
    XCTAssertEqual(zip(before, between).map { $0 == $1 }, [true, true, false])
    changes.rollBack()
    let after = ["a", "b", "c"].map { changes.latest(of: [$0]) }
    XCTAssertEqual(zip(between, after).map { $0 == $1 }, [true, false, false])
  }
}
