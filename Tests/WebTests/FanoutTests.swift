import Web
import XCTest

final class FanoutTests: XCTestCase {
  func testFollowerThatEndsIsForgotten() {
    let fanout = Fanout<String>()
    let stream = EventStream()
    _ = fanout.add(stream, to: "a")
    XCTAssertEqual(fanout.topics, ["a"])
    stream.close()
    XCTAssertEqual(fanout.topics, [])
    XCTAssertEqual(fanout.followerCount, 0)
  }

  func testReaderThatIsTooSlowIsDroppedWithoutTheOthersNoticing() {
    let fanout = Fanout<String>()
    let streams = (0..<3).map { _ in EventStream() }
    for stream in streams { _ = fanout.add(stream, to: "a") }
    let large = SharedEvents([ServerEvent(data: String(repeating: "x", count: EventStream.pendingByteCountMax / 2))])
    for _ in 0..<3 { fanout.send(large, to: "a") }
    XCTAssertEqual(fanout.followerCount, 0, "none of them has read anything")
    XCTAssertTrue(streams.allSatisfy { !$0.isOpen })
  }

  func testClosingEndsEveryStream() {
    let fanout = Fanout<Int>()
    let streams = (0..<5).map { _ in EventStream() }
    for (topic, stream) in streams.enumerated() { _ = fanout.add(stream, to: topic) }
    fanout.close()
    XCTAssertTrue(streams.allSatisfy { !$0.isOpen })
    XCTAssertEqual(fanout.topics, [])
  }
}
