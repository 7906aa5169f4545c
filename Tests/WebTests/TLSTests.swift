import Client
import Core
import Foundation
import Web
import XCTest

final class TLSTests: ServingTestCase {
  /// A server with a certificate of its own, over the whole of `body`.
  private func serving(_ route: Route, _ body: (_ server: WebServer) async throws -> Void) async throws {
    let directory = NSTemporaryDirectory() + "gapura-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let (key, certificate) = ("\(directory)/key.pem", "\(directory)/certificate.pem")
    try ChildProcess.run(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
        "/CN=localhost", "-keyout", key, "-out", certificate,
      ])
    try await body(
      serve([route]) { $0.configuration.tls = .init(certificatePath: certificate, keyPath: key) })
  }

  private func reply(to path: String, of server: WebServer) async throws -> String {
    let port = server.port
    return try await offPool {
      try ChildProcess.run(
        "/usr/bin/openssl", ["s_client", "-quiet", "-connect", "127.0.0.1:\(port)"],
        input: "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
      ).text
    }
  }

  func testPagesAreServedOverTLSAndTheProbeStillAnswers() async throws {
    try await serving(Route(.get, "/", for: .everyone) { _ in .text("rahasia di jalan") }) { server in
      let answer = try await reply(to: "/", of: server)
      XCTAssertTrue(answer.hasPrefix("HTTP/1.1 200"), answer)
      XCTAssertTrue(answer.contains("rahasia di jalan"), answer)
      XCTAssertTrue(answer.contains("Strict-Transport-Security: max-age="), answer)
      try await server.probe()
    }
  }

  func testEventsToAStreamThatSleepsAreEncryptedToo() async throws {
    let route = Route(.get, "/siaran", for: .everyone) { _ in
      let stream = EventStream()
      // Time for it to have sent its first bytes; else this tries nothing, and holds.
      Task {
        try? await Task.sleep(for: .milliseconds(500))
        stream.send(ServerEvent(id: "1", data: "rahasia di jalan"))
        stream.close()
      }
      return .events(stream)
    }
    try await serving(route) { server in
      let answer = try await reply(to: "/siaran", of: server)
      XCTAssertTrue(answer.hasSuffix(": \n\nid: 1\ndata: rahasia di jalan\n\n"), answer)
    }
  }

  func testCertificateThatIsNotThereIsNamed() throws {
    let server = try WebServer(
      parts([]) { $0.configuration.tls = .init(certificatePath: "/tidak/ada.pem", keyPath: "/tidak/ada.key") })
    XCTAssertThrowsError(try server.start()) { error in
      XCTAssertEqual(error as? WebServer.Failure, .cannotRead(path: "/tidak/ada.pem"))
    }
  }

  func testBrokenCertificateIsRefusedAtTheStart() throws {
    let file = NSTemporaryDirectory() + "gapura-broken-\(UUID().uuidString).pem"
    try Data("bukan sertifikat".utf8).write(to: URL(filePath: file))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let server = try WebServer(parts([]) { $0.configuration.tls = .init(certificatePath: file, keyPath: file) })
    XCTAssertThrowsError(try server.start()) { XCTAssertEqual($0 as? WebServer.Failure, .cannotStart) }
  }
}
