import Client
import Core
import Synchronization
import Web
import XCTest

final class EventStreamTests: ServingTestCase {
  /// Hands every stream that was opened to the test.
  private final class Studio: Sendable {
    private let opened = Mutex<[EventStream]>([])
    private let closed = Mutex(0)
    private let lastIDs = Mutex<[String]>([])

    var streams: [EventStream] { opened.withLock { $0 } }
    var closedCount: Int { closed.withLock { $0 } }
    var lastEventIDs: [String] { lastIDs.withLock { $0 } }

    var route: Route {
      Route(.get, "/siaran", for: .everyone) { [self] request in
        let stream = EventStream()
        stream.onClose { self.closed.withLock { $0 += 1 } }
        opened.withLock { $0.append(stream) }
        if let id = request.lastEventID { lastIDs.withLock { $0.append(id) } }
        return .events(stream)
      }
    }

    func send(_ event: ServerEvent) { for stream in streams { stream.send(event) } }
  }

  func testEventsArriveWithTheirIDNameAndLines() async throws {
    let studio = Studio()
    let port = try serve([studio.route]).port
    let (head, first, second) = try await offPool {
      let reader = try Browser(port: port).events("/siaran", after: "41")
      studio.send(ServerEvent(id: "42", name: "panggilan", data: "A-012\nloket 3"))
      studio.send(ServerEvent(id: "43\nevent: jahat", name: "x\r\ndata: jahat", data: ""))
      return (reader.head, try reader.next(), try reader.next())
    }
    XCTAssertEqual(head.header("content-type"), "text/event-stream")
    XCTAssertEqual(head.header("cache-control"), "no-store")
    XCTAssertEqual(first, .init(id: "42", name: "panggilan", data: "A-012\nloket 3"))
    XCTAssertEqual(second, .init(id: "43event: jahat", name: "xdata: jahat", data: ""))
    XCTAssertEqual(studio.lastEventIDs, ["41"])
  }

  func testStreamBeginsAtOnceAndTellsProxiesNotToKeepIt() async throws {
    let port = try serve([Studio().route]).port
    let (head, comments) = try await offPool {
      let reader = try Browser(port: port).events("/siaran")
      try reader.waitForComment()
      return (reader.head, reader.commentCount)
    }
    XCTAssertEqual(head.header("x-accel-buffering"), "no")
    XCTAssertEqual(comments, 1)
    XCTAssertLessThanOrEqual(WebLimits().heartbeatSeconds, 13, "looked after once a second, below 15 s")
  }

  func testTwoHundredStreamsGetEveryEventInOrder() async throws {
    let studio = Studio()
    let server = try serve([studio.route])
    let port = server.port
    let received = try await offPool {
      let readers = try (0..<200).map { _ in try Browser(port: port).events("/siaran") }
      for number in 0..<20 { studio.send(ServerEvent(id: "\(number)", data: "nomor \(number)")) }
      return try readers.map { reader in try (0..<20).map { _ in try reader.next()?.id ?? "-" } }
    }
    XCTAssertEqual(Set(received), [(0..<20).map(String.init)])
    XCTAssertEqual(received.count, 200)
    try await eventually("readers that have gone are noticed as soon as something is sent") {
      studio.send(ServerEvent(data: "x"))
      return server.statistics.streamCount == 0
    }
    XCTAssertEqual(studio.closedCount, 200)
  }

  func testSilentStreamsSayThatTheyLive() async throws {
    let studio = Studio()
    let port = try serve([studio.route]) { $0.configuration.limits.heartbeatSeconds = 1 }.port
    let count = try await offPool {
      let reader = try Browser(port: port).events("/siaran")
      for _ in 0..<3 { try reader.waitForComment() }
      return reader.commentCount
    }
    XCTAssertGreaterThanOrEqual(count, 3, "the one at once, and two heartbeats")
  }

  func testReaderThatIsTooSlowIsDroppedAndTheOthersGoOn() async throws {
    let studio = Studio()
    let server = try serve([studio.route])
    let port = server.port
    let data = String(repeating: "x", count: 1000)
    let slow = try await offPool {
      let connection = try Connection(port: port, receiveByteCount: 4096)
      try connection.send("GET /siaran HTTP/1.1\r\nHost: a\r\n\r\n")
      return try connection.readHead().status
    }
    XCTAssertEqual(slow, 200)
    let connection = try Connection(port: port, receiveByteCount: 4096)
    try connection.send("GET /siaran HTTP/1.1\r\nHost: a\r\n\r\n")
    try await eventually("both streams are open") { studio.streams.count == 2 }
    let slowStream = try XCTUnwrap(studio.streams.last)
    var sent = 0
    while slowStream.send(ServerEvent(id: "\(sent)", data: data)), sent < 100_000 { sent += 1 }
    XCTAssertLessThan(sent, 100_000)
    XCTAssertFalse(slowStream.isOpen)
    let fast = try await offPool {
      let reader = try Browser(port: port).events("/siaran")
      studio.send(ServerEvent(id: "1", data: "masih"))
      return try reader.next()?.data
    }
    XCTAssertEqual(fast, "masih")
    try await eventually("the slow reader's connection is cut, and those that have gone are noticed") {
      studio.send(ServerEvent(data: "x"))
      return server.statistics.streamCount == 0 && studio.closedCount == 3
    }
    connection.close()
  }

  func testStopEndsEveryStreamInOrder() async throws {
    let studio = Studio()
    let server = try serve([studio.route])
    let port = server.port
    async let ends = offPool {
      let readers = try (0..<20).map { _ in try Browser(port: port).events("/siaran") }
      return try readers.map { reader in
        let first = try reader.next()?.id
        let end = try reader.next()
        return first == "terakhir" && end == nil
      }
    }
    try await eventually("all are open") { studio.streams.count == 20 && server.statistics.streamCount == 20 }
    studio.send(ServerEvent(id: "terakhir", data: "x"))
    let before = ContinuousClock.now
    await server.stop(patience: .seconds(30))
    XCTAssertLessThan(ContinuousClock.now - before, .seconds(10))
    let ended = try await ends
    XCTAssertEqual(ended, [Bool](repeating: true, count: 20))
    XCTAssertEqual(studio.closedCount, 20)
    XCTAssertFalse(studio.streams[0].send(ServerEvent(data: "terlambat")))
  }

  func testHeadOfAStreamAsksForNoEvents() async throws {
    let studio = Studio()
    let port = try serve([studio.route]).port
    let answer = try await offPool { try Browser(port: port).request("HEAD", "/siaran") }
    XCTAssertEqual(answer.status, 200)
    try await eventually("its stream is closed again") { studio.closedCount == 1 }
  }

  func testSendersRacingWithReadersThatComeAndGoLoseNothingAndBreakNothing() async throws {
    let studio = Studio()
    let server = try serve([studio.route])
    let port = server.port
    let sender = Task.detached {
      var number = 0
      while !Task.isCancelled {
        studio.send(ServerEvent(id: "\(number)", data: "x"))
        number += 1
        await Task.yield()
      }
    }
    let orders = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await offPool {
            var isInOrder = true
            for round in 0..<15 {
              let reader = try Browser(port: port).events("/siaran")
              let ids = try (0..<20).compactMap { _ in try reader.next()?.id.flatMap { Int($0) } }
              isInOrder = isInOrder && zip(ids, ids.dropFirst()).allSatisfy { $0 + 1 == $1 }
              if round.isMultiple(of: 2) { reader.connection.reset() } else { reader.close() }
            }
            return isInOrder
          }
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(orders, [true, true, true, true])
    try await eventually("all are cleaned up") { server.statistics.streamCount == 0 }
    sender.cancel()
  }
}
