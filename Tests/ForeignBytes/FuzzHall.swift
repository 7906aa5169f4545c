internal import Console
internal import Core
internal import Foundation
@testable internal import Kiosk

/// A real listener on a socket of its own, without services.
final class FuzzHall: Sendable {
  /// What the listener should say to a stream.
  enum Expectation {
    case goOn
    case bye(Set<ByeReason>)
    /// More bytes than a terminal may send at once.
    case anything
  }

  private static let patience = Duration.seconds(4)

  private let listener: KioskListener
  private let path: String
  private let directory: URL

  init(_ flow: KioskFlow) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    path = directory.appendingPathComponent("kiosk").path
    let services = KioskServices(
      services: ServiceRegistry(), zone: .wib, clock: SystemClock(), random: SeededRandom(seed: 7), log: SilentLog())
    let listener = KioskListener(flow: flow, services: services, log: SilentLog())
    self.listener = listener
    let descriptor = try UnixSocket.listen(at: path)
    let isListening = DispatchSemaphore(value: 0)
    Task {
      await listener.listen(on: descriptor)
      isListening.signal()
    }
    isListening.wait()
  }

  func close() {
    let isStopped = DispatchSemaphore(value: 0)
    Task { [listener] in
      await listener.stop()
      isStopped.signal()
    }
    isStopped.wait()
    try? FileManager.default.removeItem(at: directory)
  }

  static func expectation(_ messages: [TerminalMessage], isBroken: Bool) -> Expectation {
    let byteCount = messages.reduce(0) { $0 + $1.bytes.count + 3 }
    if byteCount > KioskLimits().inputBytesPerSecondMax / 2 { return .anything }
    var isOpen = false
    for message in messages {
      switch message {
      case .hello(let version, _, _):
        if isOpen { return .bye([.notUnderstood]) }
        if version != KioskProtocol.version { return .bye([.version]) }
        isOpen = true
      case .watch(let version, _, _):
        // There is no board here.
        return .bye(isOpen ? [.notUnderstood] : version == KioskProtocol.version ? [.unknownZone] : [.version])
      case .input, .resize: if !isOpen { return .bye([.notUnderstood]) }
      }
    }
    return isBroken ? .bye([.notUnderstood]) : .goOn
  }

  func check(_ bytes: [UInt8], expecting expectation: Expectation) throws {
    // A second's worth at once is too fast even if all of it is sound.
    let isTooMuch = bytes.count > KioskLimits().inputBytesPerSecondMax / 2
    let byes = try answers(to: bytes)
    switch expectation {
    case _ where isTooMuch: break
    case .anything: break
    case .goOn: try hold(byes.isEmpty, "the listener says \(byes) to a sound terminal")
    case .bye(let reasons):
      try hold(byes.count == 1 && byes.allSatisfy(reasons.contains), "the listener says \(byes) instead of \(reasons)")
    }
    let good = TerminalMessage.hello(version: 1, size: Size(columns: 80, rows: 24), name: "tetangga").bytes
    let socket = try open()
    defer { UnixSocket.close(socket) }
    _ = Descriptor.send(good[...], to: socket)
    guard case .output(let screen)? = try read(from: socket, untilEnd: false).first, !screen.isEmpty else {
      throw Finding("a neighbour gets no screen")
    }
  }

  /// Why the listener closed, as it said.
  private func answers(to bytes: [UInt8]) throws -> [ByeReason] {
    let socket = try open()
    defer { UnixSocket.close(socket) }
    var rest = bytes[...]
    while !rest.isEmpty, let count = Descriptor.send(rest, to: socket) {
      rest = rest.dropFirst(count)
      if count == 0 { _ = Poll.wait(for: [socket], atMost: .milliseconds(10)) }
    }
    UnixSocket.endSending(socket)
    let messages = try read(from: socket, untilEnd: true)
    let byes = messages.compactMap { if case .bye(let reason, _) = $0 { reason } else { nil } }
    if !byes.isEmpty, case .output? = messages.last { throw Finding("something follows the bye") }
    for case .bye(_, let words) in messages { try hold(!words.isEmpty, "a bye without words") }
    return byes
  }

  private func open() throws -> Int32 {
    let socket = try UnixSocket.connect(to: path)
    UnixSocket.setNonBlocking(socket)
    return socket
  }

  private func read(from socket: Int32, untilEnd: Bool) throws -> [DaemonMessage] {
    var reader = MessageReader()
    var messages: [DaemonMessage] = []
    let deadline = ContinuousClock.now + Self.patience
    while ContinuousClock.now < deadline {
      _ = Poll.wait(for: [socket], atMost: .milliseconds(500))
      switch Descriptor.read(socket) {
      case .nothingYet: continue
      case .ended: return messages
      case .bytes(let bytes):
        do {
          for (type, payload) in try reader.read(bytes) { messages.append(try DaemonMessage(type, payload)) }
        } catch {
          throw Finding("the listener sends what is no message: \(error)")
        }
        if !untilEnd, !messages.isEmpty { return messages }
      }
    }
    throw Finding(untilEnd ? "the listener does not close" : "the listener does not answer")
  }
}
