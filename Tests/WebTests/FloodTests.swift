import Client
import Core
import Synchronization
import Web
import XCTest

/// One sender opens more than there is, and everybody else goes on.
final class FloodTests: ServingTestCase {
  private static let routes = [
    Route(.get, "/", for: .everyone) { _ in .text("beranda") },
    Route(.get, "/siaran", for: .everyone) { _ in .events(EventStream()) },
  ]

  private static let streamRequest = "GET /siaran HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n"

  /// As shipped, with the hall's listener.
  private func serveBothListeners(proxies: [String] = ["127.0.0.1", "::1"]) throws -> WebServer {
    try serve(Self.routes) {
      $0.configuration.hall = WebConfiguration.Hall(port: 0)
      $0.configuration.trustedProxies = proxies.compactMap(RemoteAddress.init)
    }
  }

  private func status(_ port: UInt16, _ path: String = "/") async throws -> Int {
    try await offPool {
      let browser = Browser(port: port)
      defer { browser.close() }
      return try browser.get(path).status
    }
  }

  func testThousandsOfIdleConnectionsBehindAProxyKeepNobodyOut() async throws {
    let server = try serveBothListeners()
    let (port, hallPort) = (server.port, server.port(of: .hall))
    let opened = await OwnFlood.run { $0.open(4300, to: port) }
    XCTAssertEqual(opened.count, 4300)
    let (portal, hall) = (try await status(port), try await status(hallPort))
    XCTAssertEqual([portal, hall], [200, 200])
    try await eventually("the idle ones above the limit are closed") {
      server.statistics(of: .portal).closedIdleCount > 200
    }
    XCTAssertEqual(server.statistics(of: .hall).closedIdleCount, 0)
    opened.end()
  }

  func testOneAddressWithoutAProxyGetsItsShareOfConnections() async throws {
    let server = try serveBothListeners(proxies: [])
    let port = server.port
    let opened = await OwnFlood.run { $0.open(4300, to: port, from: "127.0.0.9") }
    try await eventually("those above the share are closed") { server.statistics.connectionCount <= 1200 }
    let portal = try await status(port)
    XCTAssertEqual(portal, 200)
    opened.end()
  }

  func testWhoComesFasterThanTheyAreCountedGetsNoMoreThanTheShare() async throws {
    let server = try serve(Self.routes) {
      $0.configuration.limits.connectionsPerAddressMax = 20
      $0.configuration.limits.threadCount = 1
    }
    let port = server.port
    let isOver = Mutex(false)
    async let most = offPool {
      var most = 0
      while !isOver.withLock({ $0 }) { most = max(most, server.statistics.connectionCount) }
      return most
    }
    let opened = await OwnFlood.run { $0.open(2000, to: port, from: "127.0.0.9") }
    isOver.withLock { $0 = true }
    let seen = try await most
    // Idle ones that make room are open until their loop has closed them.
    XCTAssertLessThan(seen, 20 + 2 * 64)
    opened.end()
  }

  func testThousandsOfStreamsOfOneClientLeaveRoomForAnother() async throws {
    let server = try serveBothListeners()
    let (port, hallPort) = (server.port, server.port(of: .hall))
    let opened = await OwnFlood.run { $0.open(4200, to: port, saying: Self.streamRequest) }
    try await eventually("what was asked for is answered", within: .seconds(60)) {
      server.statistics(of: .portal).answerCount >= 4000
    }
    XCTAssertLessThanOrEqual(server.statistics(of: .portal).streamCount, 1000)
    XCTAssertGreaterThan(server.statistics(of: .portal).refusalCount, 2000)
    let refused = opened.beginnings(of: 4200).first { $0.hasPrefix("HTTP/1.1 503") }
    XCTAssertTrue(refused?.contains("Retry-After:") ?? false, refused ?? "none was refused")
    let (page, stream) = try await offPool {
      let (page, reader) = (try Browser(port: port).get("/").status, try Browser(port: port).events("/siaran"))
      try reader.waitForComment()
      return (page, reader.head.status)
    }
    XCTAssertEqual([page, stream], [200, 200])
    let hall = try await status(hallPort)
    XCTAssertEqual(hall, 200)
    opened.end()
  }

  func testOldestStreamEndsForANewOneAndItsReaderIsAskedToWait() async throws {
    let server = try serve(Self.routes) { $0.configuration.limits.streamsPerClientMax = 1 }
    let port = server.port
    let said = try await offPool {
      let first = try Connection(port: port, timeout: .seconds(30))
      try first.send("GET /siaran HTTP/1.1\r\nHost: a\r\n\r\n")
      _ = try first.readHead()
      var status = 503
      // A stream that has only just begun is safe.
      let early = try Browser(port: port).get("/siaran").status
      let deadline = ContinuousClock.now + Duration.seconds(30).withPatience
      while status == 503, ContinuousClock.now < deadline {
        let reader = try Connection(port: port)
        try reader.send("GET /siaran HTTP/1.1\r\nHost: a\r\n\r\n")
        status = try reader.readHead().status
        if status == 503 { usleep(500_000) }
      }
      var said = ""
      while !said.contains("retry:"), let bytes = try? first.readSome(), !bytes.isEmpty {
        said += String(decoding: bytes, as: UTF8.self)
      }
      return (early, status, said)
    }
    XCTAssertEqual(said.0, 503)
    XCTAssertEqual(said.1, 200)
    XCTAssertTrue(said.2.contains("retry: 30000\n\n"), said.2)
  }

  func testClientThatAsksTooOftenIsToldSoLateAndAnotherIsNot() async throws {
    let server = try serve(Self.routes) {
      $0.configuration.trustedProxies = [RemoteAddress("127.0.0.1")].compactMap { $0 }
      $0.configuration.rates = [.request: Rate(burst: 3, perMinute: 6)]
    }
    let port = server.port
    let (statuses, header, time, other) = try await offPool {
      let browser = Browser(port: port)
      browser.headers.append(("X-Forwarded-For", "198.51.100.7"))
      let statuses = try (0..<3).map { _ in try browser.get("/").status }
      let before = ContinuousClock.now
      let refused = try browser.get("/")
      let time = ContinuousClock.now - before
      let another = Browser(port: port)
      another.headers.append(("X-Forwarded-For", "198.51.100.8"))
      return (statuses + [refused.status], refused.header("retry-after"), time, try another.get("/").status)
    }
    XCTAssertEqual(statuses, [200, 200, 200, 429])
    XCTAssertEqual(header, "10")
    XCTAssertGreaterThan(time, .milliseconds(900))
    XCTAssertEqual(other, 200)
    XCTAssertEqual(server.statistics.refusalCount, 1)
  }

  func testFilesOfOneClientWaitForEachOtherAndItsPagesAndAnothersFilesDoNot() async throws {
    let (turnstile, came) = (Turnstile(), KeptLog())
    let taking = Route(.post, "/muat", for: .everyone, accepts: .upload(byteCountMax: 1 << 20)) { request in
      came.notice("came", ["who": request.form["nama"]])
      await turnstile.pass()
      for try await upload in request.uploads { for try await _ in upload.chunks {} }
      return .text("ada")
    }
    let server = try serve(Self.routes + [UploadTests.page, taking]) {
      $0.configuration.trustedProxies = [RemoteAddress("127.0.0.1")].compactMap { $0 }
      $0.configuration.limits.uploadsPerClientMax = 1
      $0.configuration.limits.waitingPerClientMax = 1
    }
    let port = server.port
    @Sendable func person(_ client: String) -> Browser {
      let browser = Browser(port: port, timeout: .seconds(60))
      browser.headers.append(("X-Forwarded-For", client))
      return browser
    }
    @Sendable func send(_ name: String, from client: String) async throws -> Int {
      try await offPool {
        let browser = person(client)
        _ = try browser.get("/muat")
        let file = MultipartPart("a", fileName: "a", mediaType: "x/y", [1])
        return try browser.postMultipart("/muat", [MultipartPart("nama", name), file]).status
      }
    }
    func page() async throws -> Int { try await offPool { try person("198.51.100.7").get("/").status } }
    async let first = send("first", from: "198.51.100.7")
    await turnstile.arrivals(1)
    let beside = try await page()
    XCTAssertEqual(beside, 200, "pages have a gate of their own")
    async let second = send("second", from: "198.51.100.7")
    // Its line is full as soon as the second file waits in it.
    let deadline = ContinuousClock.now + Duration.seconds(30).withPatience
    var status = 200
    while status == 200, ContinuousClock.now < deadline { status = try await page() }
    XCTAssertEqual(status, 503, "the second file does not wait")
    async let other = send("other", from: "198.51.100.8")
    await turnstile.arrivals(2)
    XCTAssertEqual(came.lines, ["came who=first", "came who=other"])
    turnstile.open()
    let statuses = try await [first, second, other]
    XCTAssertEqual(statuses, [200, 200, 200])
  }

  func testClientThatSendsTooMuchIsRefusedAndAnotherIsNot() async throws {
    let server = try serve([Route(.post, "/a", for: .everyone, accepts: .json) { _ in .text("a") }]) {
      $0.configuration.trustedProxies = [RemoteAddress("127.0.0.1")].compactMap { $0 }
      $0.configuration.rates = [.kilobyte: Rate(burst: 100, perMinute: 60)]
    }
    let port = server.port
    let statuses = try await offPool {
      try ["198.51.100.7", "198.51.100.7", "198.51.100.8"].map { client in
        let browser = Browser(port: port)
        browser.headers.append(("X-Forwarded-For", client))
        return try browser.postJSON("/a", "\"" + String(repeating: "x", count: 150_000) + "\"").status
      }
    }
    XCTAssertEqual(statuses, [200, 429, 200])
  }
}

/// A flood whose connections are opened outside the cooperative pool.
private final class OwnFlood: Sendable {
  private let flood: Mutex<Flood>

  private init(_ flood: sending Flood) { self.flood = Mutex(flood) }

  static func run(_ work: @escaping @Sendable (Flood) -> Void) async -> OwnFlood {
    let own = OwnFlood(Flood())
    _ = try? await offPool { own.flood.withLock { work($0) } }
    return own
  }

  var count: Int { flood.withLock { $0.count } }
  func beginnings(of count: Int) -> [String] { flood.withLock { $0.beginnings(of: count) } }
  func end() { flood.withLock { $0.end() } }
}
