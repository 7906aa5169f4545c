import Core
import Dispatch
import Glibc

/// Where administrators' commands reach the running daemon: a socket in the runtime directory that only its owner and
/// root can open. A line asks, lines answer, and the connection is closed:
///
///     clock trust
///     ok
///     the date is believed: 2026-12-02 09:30 WIB
///
/// `damage gapura.db:400` tells of pages that a command has found damaged (`DamageWatch.look`).
actor ControlSocket {
  static let name = "control"
  /// Longer than any request: what goes on beyond it is cut off.
  static let requestByteCountMax = 65_536
  /// How long a client may say nothing before it is let go.
  private static let patience = timeval(tv_sec: 2, tv_usec: 0)

  /// What a request does; its answer in lines.
  typealias Answer = @Sendable (_ words: [String]) async throws -> [String]

  /// A queue of its own, where one administrator may wait for another.
  private let executor = SerialQueueExecutor(label: "control")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private let log: any Log
  private let answer: Answer
  private var listening: (source: any DispatchSourceRead, path: String)?

  init(log: any Log, answer: @escaping Answer) {
    self.log = log
    self.answer = answer
  }

  /// Listens at a path.
  ///
  /// - Throws: `UnixSocketError`.
  func listen(at path: String) throws {
    let descriptor = try UnixSocket.listen(at: path, mode: 0o600)
    UnixSocket.setNonBlocking(descriptor)
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
    source.setEventHandler { [log, answer] in
      guard let connection = UnixSocket.accept(from: descriptor) else { return }
      let words = Self.read(connection)
      Task {
        let lines: [String]
        do {
          lines = ["ok"] + (try await answer(words))
        } catch let problem as Problem {
          // Without its words: a client that sends what is no command may send anything.
          log.warning("a control request was refused", ["problem.code": problem.code])
          lines = ["problem", problem.code]
        } catch {
          log.error("a control request failed", ["reason": error.inLog])
          lines = ["problem", "fault"]
        }
        Self.write(lines, to: connection)
        UnixSocket.close(connection)
      }
    }
    source.setCancelHandler { UnixSocket.close(descriptor) }
    source.activate()
    listening = (source, path)
  }

  func stop() {
    guard let listening else { return }
    listening.source.cancel()
    unsafe unlink(listening.path)
    self.listening = nil
  }

  /// Asks the daemon that listens at `path`.
  ///
  /// - Returns: its answer without the first line; nil when no program listens.
  /// - Throws: `Problem` with the code that it names.
  static func ask(_ request: String, at path: String) throws -> [String]? {
    guard let connection = try? UnixSocket.connect(to: path) else { return nil }
    defer { UnixSocket.close(connection) }
    write([request], to: connection)
    UnixSocket.endSending(connection)
    let lines = text(of: connection, byteCountMax: 65_536).split(separator: "\n").map(String.init)
    guard lines.first == "ok" else { throw Problem(.unavailable, "control.refused") }
    return Array(lines.dropFirst())
  }

  private static func read(_ connection: Int32) -> [String] {
    // `accept` made it wait for nothing; here it may wait a moment.
    _ = fcntl(connection, F_SETFL, fcntl(connection, F_GETFL) & ~O_NONBLOCK)
    var patience = patience
    unsafe setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    unsafe setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    return text(of: connection, byteCountMax: requestByteCountMax)
      .split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func text(of connection: Int32, byteCountMax: Int) -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while bytes.count < byteCountMax {
      let count = unsafe Glibc.read(connection, &piece, min(piece.count, byteCountMax - bytes.count))
      guard count > 0 else { break }
      bytes += piece.prefix(count)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ lines: [String], to connection: Int32) {
    var rest = Array(lines.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")]
    while !rest.isEmpty {
      let count = unsafe send(connection, rest, rest.count, Int32(MSG_NOSIGNAL))
      guard count > 0 else { return }
      rest.removeFirst(count)
    }
  }
}
