import Core
import XCTest

final class WatchersTests: XCTestCase {
  func testAWatcherGetsThePresentValueAtOnceAndThenOnlyTheNewest() async {
    let watchers = Watchers<Int>()
    var values = watchers.watch { 1 }.makeAsyncIterator()
    let present = await values.next()
    XCTAssertEqual(present, 1)
    for value in 2...4 { watchers.send { value } }
    let newest = await values.next()
    XCTAssertEqual(newest, 4)
    watchers.finish()
    let end = await values.next()
    XCTAssertNil(end)
  }

  func testAWatcherThatHasGoneIsForgottenAndNothingIsReadForNobody() async {
    let watchers = Watchers<Int>()
    let values = watchers.watch { 1 }
    let reader = Task {
      for await _ in values {}
    }
    reader.cancel()
    await reader.value
    watchers.send {
      XCTFail("nobody watches")
      return 2
    }
  }
}
