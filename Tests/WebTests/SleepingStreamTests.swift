import Synchronization
import XCTest

@testable import Web

/// What an event costs the event loops of connections that sleep.
final class SleepingStreamTests: XCTestCase {
  /// A connection whose line takes so many bytes before it is full.
  private final class Line: SuspendableConnection {
    private struct State {
      var room: Int
      var sent: [UInt8] = []
      var sleepCount = 0
      var wakeCount = 0
    }

    private let state: Mutex<State>

    init(room: Int) { state = Mutex(State(room: room)) }

    var sent: [UInt8] { state.withLock { $0.sent } }
    var sleepCount: Int { state.withLock { $0.sleepCount } }
    var wakeCount: Int { state.withLock { $0.wakeCount } }

    func suspend() { state.withLock { $0.sleepCount += 1 } }

    func resume() { state.withLock { $0.wakeCount += 1 } }

    func sendAtOnce(_ bytes: [UInt8]) -> Int {
      state.withLock { state in
        let count = min(state.room, bytes.count)
        state.room -= count
        state.sent += bytes.prefix(count)
        return count
      }
    }
  }

  private let first = ServerEvent(id: "1", data: "A-001")
  private let second = ServerEvent(id: "2", data: "A-002")

  /// Reads as the event loop does.
  private func read(_ stream: EventStream, on line: Line) -> (filling: StreamFilling, bytes: [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let filling = buffer.withUnsafeMutableBytes { stream.fill($0, of: line) }
    guard case .bytes(let count) = filling else { return (filling, []) }
    return (filling, Array(buffer.prefix(count)))
  }

  /// A stream that has sent its first bytes and sleeps.
  private func sleeper(on line: Line) -> EventStream {
    let stream = EventStream()
    XCTAssertEqual(read(stream, on: line).bytes, Array(": \n\n".utf8), "proxies pass it on at once")
    XCTAssertEqual(read(stream, on: line).filling, .sleeping)
    return stream
  }

  func testAThousandReadersOfATopicAreToldWithoutWakingALoop() {
    let fanout = Fanout<String>()
    let lines = (0..<1000).map { _ in Line(room: .max) }
    let streams = lines.map { sleeper(on: $0) }
    for stream in streams { _ = fanout.add(stream, to: "papan") }
    fanout.send(SharedEvents([first]), to: "papan")
    fanout.send(SharedEvents([second]), to: "papan")
    XCTAssertEqual(Set(lines.map(\.sent)), [first.bytes + second.bytes])
    XCTAssertEqual(lines.reduce(0) { $0 + $1.wakeCount }, 0)
    XCTAssertTrue(streams.allSatisfy(\.isOpen))
  }

  func testWhatTheLineDoesNotTakeAtOnceIsSentByTheLoopInOrder() {
    let line = Line(room: 5)
    let stream = sleeper(on: line)
    XCTAssertTrue(stream.send(first))
    XCTAssertTrue(stream.send(second))
    XCTAssertEqual(line.wakeCount, 1, "awake it is left alone")
    XCTAssertEqual(line.sent + read(stream, on: line).bytes, first.bytes + second.bytes)
    XCTAssertEqual(read(stream, on: line).filling, .sleeping)
    XCTAssertEqual(line.sleepCount, 2)
  }

  func testLineThatTakesNothingIsLeftToTheLoopWhichNoticesWhetherItIsBroken() {
    let line = Line(room: 0)
    let stream = sleeper(on: line)
    XCTAssertTrue(stream.send(first))
    XCTAssertEqual(line.wakeCount, 1)
    stream.detach()
    XCTAssertFalse(stream.send(second))
    XCTAssertEqual(line.sent, [])
  }

  func testEndWakesASleeperOnce() {
    let line = Line(room: .max)
    let stream = sleeper(on: line)
    stream.end(askingToWait: 30)
    XCTAssertEqual(line.sent, Array("retry: 30000\n\n".utf8))
    XCTAssertEqual(line.wakeCount, 1)
    XCTAssertEqual(read(stream, on: line).filling, .end)
    XCTAssertFalse(stream.send(first))
  }
}
