import Core
import Store
import XCTest

final class ProblemTests: XCTestCase {
  func testStoreThatIsAwayIsAProblemOfThatKindAndAMistakeInAStatementIsNot() {
    for error in [StoreError.busy, .full, .overloaded, .closed] {
      XCTAssertEqual(error.problem?.kind, .unavailable, "\(error)")
    }
    XCTAssertNil(StoreError.statement(sql: "SELECT", reason: "incomplete").problem)
    XCTAssertNil(StoreError.constraint(.unique, ["a.b"]).problem)
  }
}
