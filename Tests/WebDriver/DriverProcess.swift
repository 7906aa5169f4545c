internal import Client
internal import Foundation
internal import Synchronization

/// `chromedriver` on a free port of this machine; ends, with every browser it started, when stopped.
public final class DriverProcess: Sendable {
  /// As long as a browser may take to start on a busy machine.
  private static let patience = Duration.seconds(90)

  private let process: Process
  private let port: UInt16

  /// Starts the driver and waits until it listens.
  ///
  /// - Throws: `DriverFailure` when it ends before.
  public init(executable: String = "/usr/bin/chromedriver") throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    // Port 0: the system chooses a free one, and the driver says which.
    process.arguments = ["--port=0", "--log-level=SEVERE"]
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    self.process = process
    var said = ""
    while true {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw DriverFailure("session not created", "the driver ended at once: \(said)") }
      said += String(decoding: data, as: UTF8.self)
      if let found = said.firstMatch(of: /on port (\d+)\./), let port = UInt16(found.output.1) {
        self.port = port
        break
      }
    }
    // What it says later is read and dropped, so that it never waits for a reader.
    output.fileHandleForReading.readabilityHandler = { handle in
      if handle.availableData.isEmpty { handle.readabilityHandler = nil }
    }
  }

  deinit { stop() }

  /// Ends the driver, and its browsers with it.
  public func stop() {
    guard process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
  }

  /// Sends one command.
  ///
  /// - Returns: the answer's `value`.
  /// - Throws: `DriverFailure` with WebDriver's error.
  func command(_ method: String, _ path: String, _ body: JSON? = nil) throws -> JSON {
    let connection = try Connection(port: port, timeout: Self.patience)
    defer { connection.close() }
    let bytes = try body?.encoded() ?? []
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n"
      + "Content-Type: application/json\r\nContent-Length: \(bytes.count)\r\n\r\n"
    try connection.send(Array(head.utf8) + bytes)
    let answer = try connection.readAnswer()
    let value = try JSON(answer.body)["value"]
    if let code = value["error"].string, answer.status >= 400 {
      let message = value["message"].string ?? ""
      throw DriverFailure(code, String(message.prefix { $0 != "\n" }))
    }
    return value
  }
}
