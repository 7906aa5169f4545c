import Console
import Contracts
import Core
import Foundation
import Synchronization
import TinyTerminal
import XCTest

@testable import Gallery
@testable import Kiosk

/// A terminal that speaks the protocol over a real socket.
final class TestTerminal {
  private(set) var screen: TinyTerminal
  private(set) var bye: (reason: ByeReason, words: String)?
  private(set) var isEnded = false
  private let socket: Int32
  private var reader = MessageReader()

  init(_ path: String, hello size: Size? = Size(columns: 80, rows: 24), name: String = "lobi-1") throws {
    socket = try UnixSocket.connect(to: path)
    UnixSocket.setNonBlocking(socket)
    screen = TinyTerminal(size ?? Size(columns: 80, rows: 24))
    if let size { send(.hello(version: 1, size: size, name: name)) }
  }

  deinit { UnixSocket.close(socket) }

  func send(_ message: TerminalMessage) { sendRaw(message.bytes) }

  func sendRaw(_ bytes: [UInt8]) { _ = Descriptor.send(bytes[...], to: socket) }

  func type(_ text: String) { send(.input(Array(text.utf8))) }

  func resize(_ size: Size) {
    screen = TinyTerminal(size)
    send(.resize(size))
  }

  /// Reads until the condition holds; fails after a time that only a broken program needs.
  func wait(
    _ what: String, file: StaticString = #filePath, line: UInt = #line, until condition: (TestTerminal) -> Bool
  ) throws {
    let deadline = Date(timeIntervalSinceNow: 20)
    while !condition(self) {
      guard Date() < deadline, !isEnded else {
        XCTFail(
          "\(what) has not come; the screen is\n\(screen.text)\nbye: \(String(describing: bye))", file: file, line: line
        )
        throw Problem(.fault, "test")
      }
      _ = Poll.wait(for: [socket], atMost: .milliseconds(200))
      try read()
    }
  }

  func waitToSee(_ text: String, file: StaticString = #filePath, line: UInt = #line) throws {
    try wait(text, file: file, line: line) { $0.sees(text) }
  }

  func waitForEnd(file: StaticString = #filePath, line: UInt = #line) throws {
    let deadline = Date(timeIntervalSinceNow: 20)
    while !isEnded {
      guard Date() < deadline else { return XCTFail("the connection is still open", file: file, line: line) }
      _ = Poll.wait(for: [socket], atMost: .milliseconds(200))
      try read()
    }
  }

  func sees(_ text: String) -> Bool { screen.text.squeezed.contains(text.squeezed) }

  private func read() throws {
    switch Descriptor.read(socket) {
    case .nothingYet: break
    case .ended: isEnded = true
    case .bytes(let bytes):
      for (type, payload) in try reader.read(bytes) {
        switch try DaemonMessage(type, payload) {
        case .output(let bytes): screen.apply(bytes)
        case .bye(let reason, let words): bye = (reason, words)
        }
      }
    }
  }
}

/// The machine's uptime, which a test may let jump ahead.
final class JumpingUptime: WallClock {
  private let jumped = Mutex(Duration.zero)

  var now: Instant { UptimeClock().now + jumped.withLock { $0 } }

  func advance(by duration: Duration) { jumped.withLock { $0 += duration } }
}

/// A listener on a socket of its own, with services in memory.
final class TestHall {
  let path: String
  let listener: KioskListener
  let queue = FakeQueue()
  let help = FakeHelp()
  let clock = JumpingUptime()
  private let directory: URL

  init(_ change: (inout KioskLimits) -> Void = { _ in }) async throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("kiosk-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    path = directory.appendingPathComponent("kiosk").path
    listener = try TestHall.listener(queue, help, clock, change)
    try await listener.listen(at: path)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  /// Presses keys at a terminal, each with all the time that a person takes, and after each reads what it shows.
  func press(
    _ keys: [String], at terminal: TestTerminal, until shown: [String], file: StaticString = #filePath,
    line: UInt = #line
  ) throws {
    for (key, text) in zip(keys, shown) {
      clock.advance(by: .seconds(2))
      terminal.type(key)
      try terminal.waitToSee(text, file: file, line: line)
    }
  }

  static func listener(
    _ queue: FakeQueue, _ help: FakeHelp, _ clock: any WallClock, _ change: (inout KioskLimits) -> Void = { _ in }
  ) throws -> KioskListener {
    var registry = ServiceRegistry()
    registry.provide((any QueueService).self, queue)
    registry.provide((any AppointmentService).self, FakeAppointments())
    registry.provide((any CatalogueService).self, FakeCatalogue())
    registry.provide((any AccessibilityService).self, help)
    var limits = KioskLimits()
    limits.tickInterval = .milliseconds(10)
    change(&limits)
    let random = SeededRandom(seed: 1)
    let flow = KioskFlow(
      locales: try Sample.locales(),
      settings: KioskSettings(
        officeName: Sample.officeName, telephone: Sample.telephone, zone: .wib,
        ticketAddress: "https://antre.example.go.id/k/"),
      random: random)
    let services = KioskServices(
      services: registry, zone: .wib, clock: SystemClock(), random: random, log: SilentLog())
    return KioskListener(flow: flow, services: services, log: SilentLog(), clock: clock, limits: limits)
  }
}
