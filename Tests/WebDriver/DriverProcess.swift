internal import Client
internal import Foundation
internal import Synchronization

/// `chromedriver` on a free port of this machine; ends, with every browser it started, when stopped.
public final class DriverProcess: Sendable {
  /// As long as a browser may take to start on a busy machine.
  private static let patience = Duration.seconds(90)

  private let process: ChildProcess
  private let port: UInt16
  /// Of the browsers' settings; removed at the end.
  private let directory: URL

  /// Starts the driver and waits until it listens.
  ///
  /// - Parameter fonts: what all its browsers have.
  /// - Throws: `ChildProcess.Failure` when it ends before, `DriverFailure` when the fonts are missing.
  public init(executable: String = "/usr/bin/chromedriver", fonts: FontFamily) throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("driver-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let settings = directory.appendingPathComponent("fonts.conf")
    try fonts.writeSettings(to: settings)
    // Not port 0: the system's choice for one of IPv4 and IPv6 may be taken on the other, and the driver wants both.
    port = try FreePort.next()
    process = try ChildProcess(
      executable, ["--port=\(port)", "--log-level=SEVERE"], environment: ["FONTCONFIG_FILE": settings.path])
    try process.waitForLine { $0.contains("successfully on port ") }
  }

  deinit { stop() }

  /// Ends the driver, and its browsers with it.
  public func stop() {
    process.end(with: SIGTERM)
    try? FileManager.default.removeItem(at: directory)
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
      let line = String(message.prefix { $0 != "\n" })
      // The driver's words for it when the page goes in the middle of a command.
      throw DriverFailure(line.contains("does not belong to the document") ? "stale element reference" : code, line)
    }
    return value
  }
}
