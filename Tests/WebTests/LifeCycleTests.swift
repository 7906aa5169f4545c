import Client
import Core
import Glibc
import HTML
import Synchronization
import XCTest

@testable import Web

final class LifeCycleTests: ServingTestCase {
  private func slow(_ turnstile: Turnstile) -> [Route] {
    [
      Route(.get, "/lambat", for: .everyone) { _ in
        await turnstile.pass()
        return .text("akhirnya")
      },
      Route(.get, "/cepat", for: .everyone) { _ in .text("cepat") },
    ]
  }

  // MARK: Clients that go away

  func testClientsThatHangUpWhileTheHandlerRunsDoNoHarm() async throws {
    let turnstile = Turnstile()
    let server = try serve(slow(turnstile)) { $0.configuration.limits.workPerClientMax = 60 }
    let port = server.port
    try await offPool {
      for number in 0..<60 {
        let connection = try Connection(port: port)
        try connection.send("GET /lambat HTTP/1.1\r\nHost: a\r\n\r\n")
        if number.isMultiple(of: 3) { connection.finishSending() }
        if number.isMultiple(of: 2) { connection.reset() } else { connection.close() }
      }
    }
    // Those reset before they were read never reach a handler.
    await turnstile.arrivals(20)
    turnstile.open()
    try await eventually("everything is cleaned up") { server.statistics.connectionCount == 0 }
    XCTAssertEqual(server.statistics.answeringCount, 0)
    let answer = try await offPool { try Browser(port: port).get("/cepat") }
    XCTAssertEqual(answer.text, "cepat")
  }

  func testHandlerThatTakesTooLongIsAnsweredForAndCancelled() async throws {
    let wasCancelled = Mutex(false)
    let server = try serve([
      Route(.get, "/macet", for: .everyone) { _ in
        do { try await Task.sleep(for: .seconds(600)) } catch { wasCancelled.withLock { $0 = true } }
        return .text("terlambat")
      }
    ]) { $0.configuration.limits.answerSecondsMax = 1 }
    let port = server.port
    let answer = try await offPool { try Browser(port: port).get("/macet") }
    XCTAssertEqual(answer.status, 503)
    XCTAssertEqual(answer.header("retry-after"), "5")
    try await eventually("the handler was cancelled") { wasCancelled.withLock { $0 } }
  }

  func testClientThatTricklesItsHeadIsCut() async throws {
    let port = try serve(slow(Turnstile())) {
      $0.configuration.limits.headSecondsMax = 1
      $0.configuration.limits.idleSecondsMax = 1
    }.port
    let wasCut = try await offPool {
      let connection = try Connection(port: port)
      try connection.send("GET /cepat HTTP/1.1\r\nHost: a\r\n")
      // A byte now and then keeps libmicrohttpd's own time-out from striking.
      return Self.isCut(connection) { number in try connection.send("X-\(number): a\r\n") }
    }
    XCTAssertTrue(wasCut)
  }

  func testClientThatTricklesItsBodyIsCut() async throws {
    let port = try serve([Route(.post, "/a", for: .everyone) { _ in .text("a") }]) {
      $0.configuration.limits.headSecondsMax = 1
    }.port
    let wasCut = try await offPool {
      let connection = try Connection(port: port)
      try connection.send(
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\n"
      )
      return Self.isCut(connection) { _ in try connection.send("a") }
    }
    XCTAssertTrue(wasCut)
  }

  /// Whether the server hangs up on a client that sends a little now and then, a hundred times.
  private static func isCut(_ connection: Connection, trickling send: (Int) throws -> Void) -> Bool {
    connection.limit(.milliseconds(200))
    for number in 0..<100 {
      do {
        try send(number)
        _ = try connection.readHead()
      } catch Connection.Failure.timedOut {
        continue
      } catch {
        return true
      }
    }
    return false
  }

  func testConnectionsFromOneAddressAreLimited() async throws {
    let turnstile = Turnstile()
    let server = try serve(slow(turnstile)) { $0.configuration.limits.connectionsPerAddressMax = 5 }
    let port = server.port
    async let answers = withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<5 { group.addTask { try await offPool { try Browser(port: port).get("/lambat").status } } }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    await turnstile.arrivals(5)
    // All five are busy, so that none makes room.
    let excess = try await offPool { () -> Int in
      do {
        let connection = try Connection(port: port, timeout: .seconds(2))
        try connection.send("GET /cepat HTTP/1.1\r\nHost: a\r\n\r\n")
        return try connection.readAnswer().status
      } catch {
        return 0
      }
    }
    XCTAssertNotEqual(excess, 200)
    turnstile.open()
    let statuses = try await answers
    XCTAssertEqual(statuses, [Int](repeating: 200, count: 5))
    let next = try await offPool { try Browser(port: port).get("/cepat").status }
    XCTAssertEqual(next, 200, "an idle connection makes room")
  }

  // MARK: Stopping

  func testStopLetsRequestsInFlightFinish() async throws {
    let turnstile = Turnstile()
    let server = try serve(slow(turnstile))
    let port = server.port
    async let answer = offPool { try Browser(port: port).get("/lambat") }
    await turnstile.arrivals(1)
    async let stopped: Void = server.stop(patience: .seconds(30))
    try await eventually("nobody new is let in") { (try? Connection(port: port)) == nil }
    turnstile.open()
    await stopped
    let text = try await answer
    XCTAssertEqual(text.text, "akhirnya")
    XCTAssertEqual(text.header("connection")?.lowercased(), "close")
  }

  func testStopAnswersWhoeverStillWaitsAtTheDeadline() async throws {
    let turnstile = Turnstile()
    let server = try serve(slow(turnstile))
    let port = server.port
    async let answers = withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try await offPool { try Browser(port: port).get("/lambat").status } } }
      return try await group.reduce(into: [Int]()) { $0.append($1) }
    }
    await turnstile.arrivals(8)
    await server.stop(patience: .milliseconds(50))
    let statuses = try await answers
    XCTAssertEqual(statuses, [Int](repeating: 503, count: 8))
    // The handlers go on to answer what is long gone.
    turnstile.open()
  }

  func testRequestOnAKeptConnectionIsServedWhileTheServerDrains() async throws {
    let turnstile = Turnstile()
    let server = try serve(slow(turnstile))
    let port = server.port
    let kept = Visitor(port: port)
    _ = try await kept.get("/cepat")
    async let held = offPool { try Browser(port: port).get("/lambat").status }
    await turnstile.arrivals(1)
    async let stopped: Void = server.stop(patience: .seconds(30))
    try await eventually("nobody new is let in") { (try? Connection(port: port)) == nil }
    let answer = try await kept.get("/cepat")
    XCTAssertEqual(answer.text, "cepat")
    XCTAssertEqual(answer.header("connection")?.lowercased(), "close")
    turnstile.open()
    await stopped
    let status = try await held
    XCTAssertEqual(status, 200)
  }

  func testServersStopUnharmedWhilePeopleConnect() async throws {
    let stopCount = 4000
    let port = Mutex<UInt16>(0)
    let isOver = Mutex(false)
    let crowd = (0..<4).map { _ in
      Task { @Sendable in
        try await offPool {
          while !isOver.withLock({ $0 }) {
            guard let connection = try? Connection(port: port.withLock { $0 }) else { continue }
            try? connection.send("GET /cepat HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            connection.close()
          }
        }
      }
    }
    let parts = try parts(slow(Turnstile())) { $0.configuration.limits.threadCount = 4 }
    for _ in 0..<stopCount {
      let server = try WebServer(parts)
      try server.start()
      port.withLock { $0 = server.port }
      await server.stop(patience: .zero)
    }
    isOver.withLock { $0 = true }
    for visitor in crowd { try await visitor.value }
  }

  func testStoppingTwiceAndBeforeTheStartIsHarmless() async throws {
    let server = try WebServer(parts(slow(Turnstile())))
    await server.stop()
    try server.start()
    await server.stop()
    await server.stop()
    XCTAssertEqual(server.port, 0)
  }

  // MARK: Starting

  func testPortInUseIsSaidWithItsAddress() throws {
    let first = try serve(slow(Turnstile()))
    let second = try WebServer(parts(slow(Turnstile())) { $0.configuration.port = first.port })
    XCTAssertThrowsError(try second.start()) { error in
      XCTAssertEqual(
        (error as? WebServer.Failure)?.description,
        "cannot listen on 127.0.0.1 port \(first.port): another program listens there")
    }
  }

  func testWhatWasPassedInStaysOpenForAnotherTryWhenTheOtherPortIsTaken() async throws {
    let descriptor = try ListeningSocket(address: "127.0.0.1", port: 0).descriptor
    let taken = try ListeningSocket(address: "127.0.0.1", port: 0)
    let port = try XCTUnwrap(taken.endpoint?.port)
    let server = try WebServer(
      parts(slow(Turnstile())) { $0.configuration.hall = WebConfiguration.Hall(address: "127.0.0.1", port: port) })
    XCTAssertThrowsError(try server.start(adopting: [.portal: descriptor])) { error in
      XCTAssertEqual(
        error as? WebServer.Failure, .cannotListen(.hall, address: "127.0.0.1", port: port, .taken))
    }
    taken.close()
    try server.start(adopting: [.portal: descriptor])
    let portal = server.port
    let answer = try await offPool { try Browser(port: portal).get("/cepat") }
    XCTAssertEqual(answer.text, "cepat")
    XCTAssertEqual(server.port(of: .hall), port)
    await server.stop()
  }

  func testWhyNobodyCanListenIsToldApart() throws {
    for address in ["bukan-alamat", "192.0.2.1"] {
      XCTAssertThrowsError(try ListeningSocket(address: address, port: 0)) {
        XCTAssertEqual($0 as? WebServer.Hindrance, .notHere, address)
      }
    }
    let socket = try ListeningSocket(address: "127.0.0.1", port: 0)
    defer { socket.close() }
    let port = try XCTUnwrap(socket.endpoint?.port)
    XCTAssertThrowsError(try ListeningSocket(address: "127.0.0.1", port: port)) {
      XCTAssertEqual($0 as? WebServer.Hindrance, .taken)
    }
  }

  func testUnreadableAddressIsRefused() throws {
    let server = try WebServer(parts(slow(Turnstile())) { $0.configuration.address = "bukan-alamat" })
    XCTAssertThrowsError(try server.start())
  }

  func testNothingIsServedInClearToANetworkUnlessItIsAllowed() throws {
    for address in ["0.0.0.0", "::"] {
      let server = try WebServer(parts(slow(Turnstile())) { $0.configuration.address = address })
      XCTAssertThrowsError(try server.start()) { XCTAssertEqual($0 as? WebServer.Failure, .inClear) }
    }
    for address in ["127.0.0.1", "127.0.0.9"] {
      _ = try serve(slow(Turnstile())) { $0.configuration.address = address }
    }
  }

  func testSocketFromTheServiceManagerIsServed() async throws {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    let size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let bound = withUnsafePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    XCTAssertEqual(bound, 0)
    XCTAssertEqual(listen(descriptor, 16), 0)
    let server = try WebServer(parts(slow(Turnstile())) { $0.configuration.allowsPlainTextOnNetwork = true })
    try server.start(adopting: [.portal: descriptor])
    let port = server.port
    // The socket listens on every address of both families.
    let answer = try await offPool { try Browser(port: port).get("/cepat") }
    XCTAssertEqual(answer.text, "cepat")
    try await server.probe()
    await server.stop()
  }

  func testWhoConnectsWhileASocketHasNoServerIsServedByTheNextOne() async throws {
    let socket = try ListeningSocket(address: "127.0.0.1", port: 0)
    let first = try WebServer(parts(slow(Turnstile())))
    try first.start(adopting: [.portal: dup(socket.descriptor)])
    let port = first.port
    _ = try await offPool { try Browser(port: port).get("/cepat") }
    await first.stop()
    let next = try WebServer(parts(slow(Turnstile())))
    let answer = try await offPool {
      let waiting = try Connection(port: port)
      try waiting.send("GET /cepat HTTP/1.1\r\nHost: a\r\n\r\n")
      try next.start(adopting: [.portal: socket.descriptor])
      return try waiting.readAnswer()
    }
    XCTAssertEqual(answer.text, "cepat")
    await next.stop()
  }

  func testTwoRoutesForTheSameRequestsAreAnErrorThatNamesBoth() throws {
    let routes = [
      Route(.get, "/tiket/:kode", for: .everyone) { _ in .text("a") },
      Route(.get, "/tiket/:nomor", for: .everyone) { _ in .text("b") },
    ]
    XCTAssertThrowsError(try WebServer(parts(routes))) { error in
      XCTAssertEqual("\(error)", "two routes answer GET: \"/tiket/:kode\" and \"/tiket/:nomor\"")
    }
    for pattern: StaticString in ["tiket", "/tiket/", "//a", "/a/:", "/:a/:a"] {
      let route = Route(.get, pattern, for: .everyone) { _ in .text("a") }
      XCTAssertThrowsError(try WebServer(parts([route])), "\(pattern)")
    }
  }

  // MARK: Watching

  func testProbeProvesThatTheListenerAnswers() async throws {
    let server = try serve(slow(Turnstile()))
    try await server.probe()
    await server.stop()
    do {
      try await server.probe()
      XCTFail("a stopped server does not answer")
    } catch {
      XCTAssertEqual(error, .silent)
    }
  }

  func testStatisticsCountAnswersByStatusAndTime() async throws {
    let server = try serve(slow(Turnstile()))
    let port = server.port
    try await offPool {
      let browser = Browser(port: port)
      for path in ["/cepat", "/cepat", "/tidak-ada"] { _ = try browser.get(path) }
    }
    let statistics = server.statistics
    XCTAssertEqual(statistics.answersByClass[2], 2)
    XCTAssertEqual(statistics.answersByClass[4], 1)
    XCTAssertEqual(statistics.answersByLatency.reduce(0, +), 3)
  }

  func testManyVisitorsAtOnceAreAllAnswered() async throws {
    let server = try serve(slow(Turnstile()))
    let port = server.port
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          try await offPool {
            let browser = Browser(port: port)
            return try (0..<200).count { _ in try browser.get("/cepat").status == 200 }
          }
        }
      }
      return try await group.reduce(0, +)
    }
    XCTAssertEqual(count, 3200)
  }
}
