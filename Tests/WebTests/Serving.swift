import Client
import Core
import Foundation
import Synchronization
import Web
import XCTest

/// A keyed hash for tests: not cryptography, but different for another key or another text.
struct TestSigner: RequestSigner {
  var key: UInt64 = 0x9E37_79B9_7F4A_7C15

  func sign(_ bytes: [UInt8]) -> [UInt8] {
    var words: [UInt64] = [key, ~key]
    for byte in bytes {
      words[0] = (words[0] ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      words[1] = (words[1] &+ UInt64(byte)) &* 0xBF58_476D_1CE4_E5B9 ^ words[0]
    }
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }
}

/// Officers by their token.
struct TestGatekeeper: Gatekeeper {
  var officers: [String: SignedInOfficer] = [
    "T0KENCLERK": SignedInOfficer(id: OfficerID(7), rights: .clerk, name: "Sari"),
    "T0KENSUPERVISOR": SignedInOfficer(id: OfficerID(8), rights: .supervisor, name: "Budi"),
    "T0KENAUDITOR": SignedInOfficer(id: OfficerID(9), rights: Rights([.auditor]), name: "Rina"),
    "T0KENNONE": SignedInOfficer(id: OfficerID(10), rights: .none, name: "Dewi"),
  ]

  func officer(holding token: String) async throws -> SignedInOfficer? { officers[token] }
}

/// Keeps log lines for a test to look at.
final class KeptLog: Log {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    let line = "\(message) " + fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    kept.withLock { $0.append(line) }
  }
}

/// A gate that a handler waits at until the test opens it.
final class Turnstile: Sendable {
  private struct State {
    var arrived = 0
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var watchers: [(count: Int, CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  /// Called by the handler.
  func pass() async {
    await withCheckedContinuation { continuation in
      let (goesOn, seen) = state.withLock { state in
        state.arrived += 1
        let seen = state.watchers.filter { $0.count <= state.arrived }
        state.watchers.removeAll { $0.count <= state.arrived }
        if !state.isOpen { state.waiting.append(continuation) }
        return (state.isOpen, seen)
      }
      for watcher in seen { watcher.1.resume() }
      if goesOn { continuation.resume() }
    }
  }

  /// Waits until so many have come.
  func arrivals(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.arrived < count { state.watchers.append((count, continuation)) }
        return state.arrived >= count
      }
      if isThere { continuation.resume() }
    }
  }

  /// Lets everybody through.
  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}

/// Base of the tests that speak to a server over loopback; stops each server after its test.
class ServingTestCase: XCTestCase {
  private var servers: [WebServer] = []

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path()
  static let office = WebOffice(
    name: LocalizedText([.indonesian: "Kantor Imigrasi Uji", .english: "Test Immigration Office"]), zone: .wib)

  /// A server with fewer descriptors than connections says so in its log.
  override class func setUp() { Flood.makeRoom(for: 32_768) }

  override func tearDown() async throws {
    for server in servers { await server.stop(patience: .milliseconds(200)) }
    servers = []
  }

  static func locales() throws -> Locales { try Locales.load(directory: root + "share/locales") }

  func parts(_ routes: [Route], _ change: (inout WebServer.Parts) -> Void = { _ in }) throws -> WebServer.Parts {
    var configuration = WebConfiguration()
    configuration.port = 0
    var parts = WebServer.Parts(
      configuration: configuration, office: Self.office, locales: try Self.locales(), routes: routes,
      signer: TestSigner(), gatekeeper: TestGatekeeper())
    change(&parts)
    return parts
  }

  /// A server that answers these routes.
  func serve(_ routes: [Route], _ change: (inout WebServer.Parts) -> Void = { _ in }) throws -> WebServer {
    let server = try WebServer(parts(routes, change))
    try server.start()
    servers.append(server)
    return server
  }

  /// Waits until a fact holds.
  func eventually(
    _ what: String, within patience: Duration = .seconds(10), file: StaticString = #filePath, line: UInt = #line,
    _ holds: () -> Bool
  ) async throws {
    let deadline = ContinuousClock.now + patience.withPatience
    while !holds() {
      guard ContinuousClock.now < deadline else { return XCTFail("never: \(what)", file: file, line: line) }
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}
