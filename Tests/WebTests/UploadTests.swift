import Client
import Core
import Foundation
import HTML
import Synchronization
import Web
import XCTest

/// Files that are handed to the handler while they arrive, over real connections.
final class UploadTests: ServingTestCase {
  /// What a handler has seen.
  private final class Seen: Sendable {
    private let state = Mutex((byteCount: 0, files: [String](), failure: ""))
    var byteCount: Int { state.withLock { $0.byteCount } }
    var files: [String] { state.withLock { $0.files } }
    var failure: String { state.withLock { $0.failure } }

    func note(_ count: Int) { state.withLock { $0.byteCount += count } }
    func note(file: String) { state.withLock { $0.files.append(file) } }
    func note(failure: any Error) { state.withLock { $0.failure = "\(failure)" } }
  }

  static let page = Route(.get, "/muat", for: .everyone) { request in
    .page(request, title: "x") {
      pageHeading("x")
      formNode(request, to: "/muat", submission: nil, fields: [], submitLabel: "x")
    }
  }

  /// Reads every file to its end and answers with what came.
  private func reading(_ seen: Seen, byteCountMax: Int = 1 << 30) -> Route {
    Route(.post, "/muat", for: .everyone, accepts: .upload(byteCountMax: byteCountMax)) { request in
      do {
        for try await upload in request.uploads {
          var bytes: [UInt8] = []
          var count = 0
          for try await chunk in upload.chunks {
            seen.note(chunk.count)
            count += chunk.count
            if bytes.count < 100_000 { bytes += chunk }
          }
          seen.note(file: "\(upload.field)|\(upload.fileName)|\(count)|\(bytes.reduce(0) { $0 &* 31 &+ Int($1) })")
        }
      } catch {
        seen.note(failure: error)
        throw error
      }
      return .text("\(request.form["nama"]) \(seen.files.joined(separator: " "))")
    }
  }

  private static func browser(_ server: WebServer) throws -> Browser {
    let browser = Browser(port: server.port, language: "id", timeout: .seconds(20))
    _ = try browser.get("/muat")
    return browser
  }

  private func hash(_ bytes: [UInt8]) -> Int { bytes.reduce(0) { $0 &* 31 &+ Int($1) } }

  func testFilesArriveInOrderWithTheFieldsBeforeThem() async throws {
    let seen = Seen()
    let server = try serve([Self.page, reading(seen)])
    let first = SeededRandom(seed: 1).bytes(90_000)
    let answer = try await offPool {
      try Self.browser(server).postMultipart(
        "/muat",
        [
          MultipartPart("nama", "Siti"), MultipartPart("a", fileName: "a.jpg", mediaType: "image/jpeg", first),
          MultipartPart("b", fileName: "", mediaType: "application/octet-stream", []),
          MultipartPart("c", fileName: "kosong.pdf", mediaType: "application/pdf", []),
          MultipartPart("d", fileName: "d.pdf", mediaType: "application/pdf", [1, 2, 3]),
        ])
    }
    XCTAssertEqual(answer.status, 200)
    XCTAssertEqual(answer.text, "Siti a|a.jpg|90000|\(hash(first)) c|kosong.pdf|0|0 d|d.pdf|3|\(hash([1, 2, 3]))")
  }

  func testAFormWithoutFilesReachesTheHandlerToo() async throws {
    let seen = Seen()
    let server = try serve([Self.page, reading(seen)])
    let answer = try await offPool {
      try Self.browser(server).postMultipart("/muat", [MultipartPart("nama", "Siti")])
    }
    XCTAssertEqual(answer.text, "Siti ")
  }

  func testWithoutTheFormsTokenNothingReachesTheHandler() async throws {
    let seen = Seen()
    let server = try serve([Self.page, reading(seen)])
    let answer = try await offPool {
      let browser = try Self.browser(server)
      return try browser.postMultipart(
        "/muat",
        [
          MultipartPart("_csrf", "forged"),
          MultipartPart("a", fileName: "a", mediaType: "x/y", [UInt8](repeating: 1, count: 500_000)),
        ])
    }
    XCTAssertEqual(answer.status, 403)
    XCTAssertEqual(seen.byteCount, 0)
  }

  func testAHandlerThatAnswersEarlyIsHeardAfterTheBody() async throws {
    let route = Route(.post, "/muat", for: .everyone, accepts: .upload(byteCountMax: 1 << 30)) { request in
      for try await upload in request.uploads {
        for try await _ in upload.chunks { throw Problem(.invalid, "bad-request") }
      }
      return .text("never")
    }
    let server = try serve([Self.page, route])
    let answer = try await offPool {
      try Self.browser(server).postMultipart(
        "/muat", [MultipartPart("a", fileName: "a", mediaType: "x/y", [UInt8](repeating: 1, count: 3_000_000))])
    }
    XCTAssertEqual(answer.status, 400)
  }

  func testWhatIsTooLargeIsRefusedWhetherItsSizeWasAnnouncedOrNot() async throws {
    let seen = Seen()
    let server = try serve([Self.page, reading(seen, byteCountMax: 100_000)])
    let part = MultipartPart("a", fileName: "a", mediaType: "x/y", [UInt8](repeating: 1, count: 300_000))
    let announced = try await offPool { try Self.browser(server).postMultipart("/muat", [part]) }
    XCTAssertEqual(announced.status, 413)
    XCTAssertEqual(seen.byteCount, 0)
  }

  func testTwoHundredMegabytesPassASlowHandlerInBoundedMemory() async throws {
    let gate = Turnstile()
    let seen = Seen()
    let route = Route(.post, "/muat", for: .everyone, accepts: .upload(byteCountMax: 1 << 30)) { request in
      await gate.pass()
      for try await upload in request.uploads { for try await chunk in upload.chunks { seen.note(chunk.count) } }
      return .text("\(seen.byteCount)")
    }
    let server = try serve([Self.page, route])
    let byteCount = 200_000_000
    let before = Self.residentByteCount()
    let sent = Seen()
    async let sending = offPool { try Self.sendSlices(of: byteCount, to: server, noting: sent) }
    await gate.arrivals(1)
    // Nobody reads: the sender gets rid of what the sockets and the pipe hold, and waits.
    var last = -1
    while sent.byteCount != last {
      last = sent.byteCount
      try await Task.sleep(for: .milliseconds(100))
    }
    XCTAssertLessThan(sent.byteCount, byteCount / 4)
    gate.open()
    let answer = try await sending
    XCTAssertEqual(answer.text, String(byteCount))
    XCTAssertLessThan(Self.residentByteCount() - before, 24_000_000)
  }

  /// Sends a file of zeros without ever holding it, and reads the answer.
  private static func sendSlices(of byteCount: Int, to server: WebServer, noting sent: Seen) throws -> Answer {
    let browser = try browser(server)
    let connection = try Connection(port: server.port, timeout: .seconds(60))
    let token = MultipartPart("_csrf", browser.token).bytes(boundary: "grenze")
    let file = MultipartPart("a", fileName: "a", mediaType: "x/y", []).bytes(boundary: "grenze").dropLast(2)
    let end = Array("\r\n--grenze--\r\n".utf8)
    try connection.send(
      head(of: token.count + file.count + byteCount + end.count, browser, [("Connection", "close")]))
    try connection.send(token + file)
    let slice = [UInt8](repeating: 0, count: 100_000)
    for _ in 0..<(byteCount / slice.count) {
      try connection.send(slice)
      sent.note(slice.count)
    }
    try connection.send(end)
    return try connection.readAnswer(toHead: false)
  }

  private static func head(
    of byteCount: Int, _ browser: Browser, _ extra: [(name: String, value: String)] = []
  ) -> [UInt8] {
    let cookies = browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    let fields =
      [
        ("Host", "localhost"), ("Cookie", cookies), ("Content-Type", "multipart/form-data; boundary=grenze"),
        ("Content-Length", String(byteCount)),
      ] + extra
    let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
    return Array("POST /muat HTTP/1.1\r\n\(lines)\r\n".utf8)
  }

  func testASenderWhoGoesAwayEndsTheHandlersReading() async throws {
    let seen = Seen()
    let server = try serve([Self.page, reading(seen)])
    try await offPool {
      let connection = try Self.sentHalf(of: 400_000, to: server, try Self.browser(server))
      // A connection that is reset before it is read reaches no handler.
      let deadline = ContinuousClock.now + Duration.seconds(20).withPatience
      while seen.byteCount == 0, ContinuousClock.now < deadline { usleep(2_000) }
      connection.reset()
    }
    try await eventually("the handler has learnt it") { !seen.failure.isEmpty }
    XCTAssertTrue(seen.failure.contains("UploadEnded"), seen.failure)
    XCTAssertEqual(seen.files, [])
    try await eventually("nothing is left of the connection") { server.statistics.answeringCount == 0 }
  }

  func testHundredsOfUploadsCutOffAtRandomPointsLeaveAServerThatServes() async throws {
    let seen = Seen()
    let server = try serve([Self.page, reading(seen)])
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
    print("GAPURA_TEST_SEED=\(seed)")
    let random = SeededRandom(seed: seed)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await offPool {
            let browser = try Self.browser(server)
            for _ in 0..<60 {
              // The server may cut it first.
              do { try Self.sentHalf(of: random.below(600_000), to: server, browser).reset() } catch is Connection
                .Failure
              {}
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let answer = try await offPool {
      try Self.browser(server).postMultipart("/muat", [MultipartPart("nama", "Siti")])
    }
    XCTAssertEqual(answer.status, 200)
    XCTAssertGreaterThan(seen.byteCount, 0, "no handler ever read")
    try await eventually("all handlers have ended") { server.statistics.answeringCount == 0 }
  }

  func testStoppingTheServerEndsUploadsUnderWay() async throws {
    let gate = Turnstile()
    let route = Route(.post, "/muat", for: .everyone, accepts: .upload(byteCountMax: 1 << 30)) { request in
      await gate.pass()
      return .text("late")
    }
    let server = try serve([Self.page, route])
    async let sending = offPool {
      try Self.browser(server).postMultipart(
        "/muat", [MultipartPart("a", fileName: "a", mediaType: "x/y", [UInt8](repeating: 1, count: 5_000_000))])
    }
    await gate.arrivals(1)
    await server.stop(patience: .milliseconds(50))
    gate.open()
    _ = try? await sending
  }

  func testAForeignFileIsStreamedWithItsLengthAndHasNoRights() async throws {
    let bytes = SeededRandom(seed: 3).bytes(1_000_000)
    let route = Route(.get, "/berkas", for: .everyone) { _ in
      .foreign(
        Self.stream(bytes), byteCount: bytes.count, mediaType: "image/png", name: "a\"b\r\n/../c.png", use: .picture)
    }
    let server = try serve([route])
    let answer = try await offPool {
      try Browser(port: server.port, language: "id", timeout: .seconds(10)).get("/berkas")
    }
    XCTAssertEqual(answer.body.count, bytes.count)
    XCTAssertTrue(answer.body.elementsEqual(bytes))
    XCTAssertEqual(answer.header("content-disposition"), "inline; filename=\"ab..c.png\"")
    XCTAssertEqual(answer.header("x-content-type-options"), "nosniff")
    XCTAssertTrue(answer.header("content-security-policy")?.contains("sandbox") == true)
    XCTAssertEqual(answer.header("cache-control"), "no-store")
  }

  /// Only the page that shows such files may, and only such a file may be shown.
  func testAFileIsShownInAPageOnlyWhereBothAllowIt() async throws {
    let page = Route(.get, "/halaman", for: .everyone) { request in
      .page(request, title: "x") { pageHeading("x") }.showingForeign()
    }
    let other = Route(.get, "/lain", for: .everyone) { request in .page(request, title: "x") { pageHeading("x") } }
    let file = Route(.get, "/berkas", for: .everyone) { _ in
      .foreign(Self.stream([1]), byteCount: 1, mediaType: "application/pdf", name: "x.pdf", use: .document)
    }
    let server = try serve([page, other, file])
    let policies = try await offPool {
      let browser = Browser(port: server.port, language: "id", timeout: .seconds(10))
      return try ["/halaman", "/lain", "/berkas"].map { try browser.get($0).header("content-security-policy") ?? "" }
    }
    XCTAssertEqual(policies.map { $0.contains("object-src 'self'") }, [true, false, true])
    XCTAssertEqual(policies.map { $0.contains("frame-ancestors 'none'") }, [true, true, false])
    XCTAssertTrue(policies[2].contains("frame-ancestors 'self'"))
    XCTAssertFalse(policies[2].contains("script-src"), "scripts of a file never run here")
  }

  func testAForeignFileThatBreaksOffIsNeverTakenForWhole() async throws {
    struct Broken: Error {}
    let route = Route(.get, "/berkas", for: .everyone) { _ in
      let state = Mutex(0)
      let stream = AsyncThrowingStream<[UInt8], any Error> {
        let round = state.withLock { state in
          state += 1
          return state
        }
        guard round < 3 else { throw Broken() }
        return [UInt8](repeating: 1, count: 65_536)
      }
      return .foreign(stream, byteCount: 1_000_000, mediaType: "image/png", name: "x", use: .picture)
    }
    let server = try serve([route])
    let failed = try await offPool {
      (try? Browser(port: server.port, language: "id", timeout: .seconds(10)).get("/berkas")) == nil
    }
    XCTAssertTrue(failed)
  }

  private static func stream(_ bytes: [UInt8]) -> AsyncThrowingStream<[UInt8], any Error> {
    let offset = Mutex(0)
    return AsyncThrowingStream {
      offset.withLock { offset in
        guard offset < bytes.count else { return nil }
        defer { offset += 65_536 }
        return Array(bytes[offset..<min(bytes.count, offset + 65_536)])
      }
    }
  }

  /// Sends a form's head and part of a file, and hangs up.
  /// - Returns: the connection, on which the rest of the body is still to come.
  private static func sentHalf(of byteCount: Int, to server: WebServer, _ browser: Browser) throws -> Connection {
    let connection = try Connection(port: server.port, timeout: .seconds(10))
    let part = MultipartPart("a", fileName: "a", mediaType: "x/y", [UInt8](repeating: 7, count: byteCount))
    let token = MultipartPart("_csrf", browser.token)
    let body = token.bytes(boundary: "grenze") + part.bytes(boundary: "grenze")
    try connection.send(head(of: body.count + 1000, browser))
    try connection.send(body)
    return connection
  }

  private static func residentByteCount() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }
}
