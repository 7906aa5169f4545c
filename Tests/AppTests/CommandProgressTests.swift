import Contracts
import XCTest

final class CommandProgressTests: XCTestCase {
  func testBarGrowsWithWhatIsDoneAndNeverBeyondItsBrackets() {
    func bar(_ done: Int, of total: Int) -> String { CommandProgress("keys", done: done, total: total).bar(width: 10) }
    XCTAssertEqual(bar(0, of: 8), "[>         ] 0 % of 8 keys")
    XCTAssertEqual(bar(520_000, of: 1_000_000), "[=====>    ] 52 % of 1000000 keys")
    XCTAssertEqual(bar(8, of: 8), "[==========] 100 % of 8 keys")
    XCTAssertEqual(bar(9, of: 8), "[==========] 100 % of 8 keys")
    XCTAssertEqual(bar(0, of: 0), "[==========] 100 % of 0 keys")
  }
}
