public import Foundation

/// Debian's nginx or Caddy in front of an office, with the configuration that Gapura ships: the very file, with the
/// paths of a certificate of its own, free ports, and the office's ports instead of 8080 and 8081.
public final class ReverseProxy: Sendable {
  /// A configuration that is not what is expected.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// The name in the shipped configurations.
  public static let name = "antrean.example.go.id"

  /// Where people reach it over TLS.
  public let port: UInt16
  /// Where they are sent there.
  public let plainPort: UInt16
  /// The certificate that it shows, signed by itself.
  public let certificate: URL
  private let directory: URL
  private let program: ChildProcess

  private init(directory: URL, ports: (secure: UInt16, plain: UInt16), certificate: URL, program: ChildProcess) {
    self.directory = directory
    (port, plainPort) = ports
    self.certificate = certificate
    self.program = program
  }

  /// What it has written to standard error: its error log.
  public var log: String { program.speech.complaintText }

  /// Ends it and removes what it had.
  public func end() {
    program.end(with: SIGTERM)
    try? FileManager.default.removeItem(at: directory)
  }

  /// What the shipped configurations count as the office's own networks, besides the same machine over IPv6.
  public static let shippedNetwork = "127.0.0.0/8"

  /// `share/proxy/nginx.conf`, included by Debian's own `nginx.conf`.
  ///
  /// - Parameter network: the office's own, instead of what is shipped.
  public static func nginx(
    before office: OfficeProcess, network: String = ReverseProxy.shippedNetwork
  ) throws -> ReverseProxy {
    let (directory, certificate, key) = try prepared()
    let ports = (secure: try FreePort.next(), plain: try FreePort.next())
    let site = try shipped(
      "nginx.conf",
      [
        ("127.0.0.1:8080", "127.0.0.1:\(office.port)"), ("127.0.0.1:8081", "127.0.0.1:\(office.hallPort)"),
        ("\n  \(shippedNetwork) 1;", "\n  \(network) 1;"), ("listen 80;", "listen 127.0.0.1:\(ports.plain);"),
        ("listen [::]:80;", hasIPv6 ? "listen [::1]:\(ports.plain);" : ""),
        ("listen 443 ssl", "listen 127.0.0.1:\(ports.secure) ssl"),
        ("listen [::]:443 ssl http2;", hasIPv6 ? "listen [::1]:\(ports.secure) ssl http2;" : ""),
        ("/etc/ssl/gapura/certificate.pem", certificate.path), ("/etc/ssl/gapura/key.pem", key.path),
      ])
    let program = try startNginx(site, in: directory)
    return ReverseProxy(directory: directory, ports: ports, certificate: certificate, program: program)
  }

  /// nginx as a sysadmin sets it up who knows nothing but `proxy_pass`.
  public static func plainNginx(before office: UInt16) throws -> ReverseProxy {
    let (directory, certificate, _) = try prepared()
    let port = try FreePort.next()
    let site = "server { listen 127.0.0.1:\(port); location / { proxy_pass http://127.0.0.1:\(office); } }"
    let program = try startNginx(site, in: directory)
    return ReverseProxy(directory: directory, ports: (0, port), certificate: certificate, program: program)
  }

  /// `share/proxy/Caddyfile` behind global options that choose the ports and write nowhere else.
  ///
  /// - Parameter network: the office's own, instead of what is shipped.
  public static func caddy(
    before office: OfficeProcess, network: String = ReverseProxy.shippedNetwork
  ) throws -> ReverseProxy {
    let (directory, certificate, key) = try prepared()
    let ports = (secure: try FreePort.next(), plain: try FreePort.next())
    let options = """
      {
        admin off
        default_bind 127.0.0.1
        http_port \(ports.plain)
        https_port \(ports.secure)
        storage file_system \(directory.path)
      }

      """
    let sites = try shipped(
      "Caddyfile",
      [
        ("127.0.0.1:8080", "127.0.0.1:\(office.port)"), ("127.0.0.1:8081", "127.0.0.1:\(office.hallPort)"),
        ("\t\tremote_ip \(shippedNetwork) ::1\n", "\t\tremote_ip \(network)\n"),
        ("/etc/ssl/gapura/certificate.pem", certificate.path), ("/etc/ssl/gapura/key.pem", key.path),
      ])
    let file = directory.appendingPathComponent("Caddyfile")
    try (options + sites).write(to: file, atomically: true, encoding: .utf8)
    let program = try ChildProcess(
      "/usr/bin/caddy", ["run", "--config", file.path, "--adapter", "caddyfile"],
      environment: ["HOME": directory.path, "XDG_CONFIG_HOME": directory.path, "XDG_DATA_HOME": directory.path])
    try program.waitForLine { $0.contains("serving initial configuration") }
    return ReverseProxy(directory: directory, ports: ports, certificate: certificate, program: program)
  }

  // MARK: Making it

  private static func startNginx(_ site: String, in directory: URL) throws -> ChildProcess {
    try site.write(to: directory.appendingPathComponent("site"), atomically: true, encoding: .utf8)
    // Only what needs root or a place of the machine's own is another.
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
      "\($0)_temp_path \(directory.path)/\($0);"
    }
    let main = try replaced(
      String(contentsOfFile: "/etc/nginx/nginx.conf", encoding: .utf8),
      [
        ("user www-data;", geteuid() == 0 ? "user root;" : ""), ("/run/nginx.pid", "\(directory.path)/pid"),
        ("error_log /var/log/nginx/error.log", "error_log stderr notice"),
        ("access_log /var/log/nginx/access.log;", "access_log \(directory.path)/access.log;"),
        ("include /etc/nginx/conf.d/*.conf;", temporary.joined(separator: " ")),
        ("include /etc/nginx/sites-enabled/*;", "include \(directory.path)/site;"),
      ])
    let file = directory.appendingPathComponent("nginx.conf")
    try main.write(to: file, atomically: true, encoding: .utf8)
    let program = try ChildProcess(
      "/usr/sbin/nginx", ["-c", file.path, "-e", "stderr", "-g", "daemon off;"])
    try program.waitForLine { $0.contains("start worker process") }
    return program
  }

  private static func prepared() throws -> (directory: URL, certificate: URL, key: URL) {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("gapura-proxy-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let (certificate, key) = (
      directory.appendingPathComponent("certificate.pem"), directory.appendingPathComponent("key.pem")
    )
    try ChildProcess.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
        "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)", "-keyout", key.path, "-out", certificate.path,
      ])
    return (directory, certificate, key)
  }

  private static func shipped(_ file: String, _ changes: [(String, String)]) throws -> String {
    try replaced(
      String(contentsOf: OfficeProcess.repository.appendingPathComponent("share/proxy/\(file)"), encoding: .utf8),
      changes)
  }

  /// - Throws: `Failure` when something to be replaced is not there.
  private static func replaced(_ text: String, _ changes: [(String, String)]) throws -> String {
    try changes.reduce(text) { text, change in
      guard text.contains(change.0) else {
        throw Failure(description: "the configuration has no “\(change.0)” any more")
      }
      return text.replacingOccurrences(of: change.0, with: change.1)
    }
  }

  private static var hasIPv6: Bool {
    (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8))?.contains(" lo") ?? false
  }
}
