import Client
import Foundation
import XCTest

/// Debian's PostgreSQL 15 for one test: in a directory that goes with it, reached by a Unix socket there and by no network.
///
/// Its own order of letters is English, so that what compares byte by byte does so by its column.
final class PostgreSQLServer {
  private static let programs = "/usr/lib/postgresql/15/bin/"
  private let directory: String
  private let server: ChildProcess

  /// - Throws: `ChildProcess.Failure` when it cannot be made or does not start: `scripts/dependencies test` installs it.
  init() throws {
    // A socket's path has 107 bytes at most, so it lies nowhere deep.
    directory = "/tmp/gapura-pg-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    do {
      if getuid() == 0 { try ChildProcess.run("/usr/bin/chown", ["nobody:nogroup", directory]) }
      let making = Self.unprivileged([
        Self.programs + "initdb", "-D", directory + "/data", "-A", "trust", "-U", "gapura", "--no-sync", "-E", "UTF8",
        "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en",
      ])
      try ChildProcess.run(making[0], Array(making.dropFirst()))
      let running = Self.unprivileged([
        Self.programs + "postgres", "-D", directory + "/data", "-c", "listen_addresses=", "-c",
        "unix_socket_directories=" + directory, "-c", "fsync=off",
      ])
      server = try ChildProcess(running[0], Array(running.dropFirst()))
      try server.waitForLine { $0.contains("database system is ready to accept connections") }
    } catch {
      try? FileManager.default.removeItem(atPath: directory)
      throw error
    }
  }

  deinit {
    server.end(with: SIGINT)
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// It refuses to run as root.
  private static func unprivileged(_ words: [String]) -> [String] {
    guard getuid() == 0 else { return words }
    return ["/usr/bin/setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] + words
  }

  /// Runs statements, and gives what they print, without headings.
  ///
  /// - Parameter goesOn: whether statements after one that fails are run, too.
  /// - Throws: `ChildProcess.Failure` with the server's words when one of them fails.
  func run(_ script: String, goesOn: Bool = false) throws -> String {
    let file = directory + "/\(UUID().uuidString).sql"
    try Data(script.utf8).write(to: URL(fileURLWithPath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try ChildProcess.run(
      "/usr/bin/psql",
      [
        "-X", "-q", "-A", "-t", "-h", directory, "-U", "gapura", "-d", "postgres", "-v",
        "ON_ERROR_STOP=\(goesOn ? 0 : 1)", "-f", file,
      ], environment: ["PGCLIENTENCODING": "UTF8"]
    ).text
  }
}
