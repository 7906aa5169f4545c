import Contracts
import Core
import Foundation
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// `documents.json5`, as shipped and as people get it wrong.
final class DocumentSettingsTests: XCTestCase {
  private func load(_ text: String) throws -> DocumentSettings {
    let path = "\(try temporaryDirectory())/documents.json5"
    try write(Array(text.utf8), to: path)
    return try ConfigurationFile.load(DocumentSettings.self, from: path)
  }

  func testTheShippedFileSaysWhatHoldsWithoutIt() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appendingPathComponent("etc/gapura/documents.json5").path
    XCTAssertEqual(try ConfigurationFile.load(DocumentSettings.self, from: file), DocumentSettings())
  }

  func testTheScannerIsASocketOrAnAddress() throws {
    let local = try load(#"{ clamd: { socket: "/run/clamav/clamd.ctl", retrySeconds: 5 } }"#)
    XCTAssertEqual(local.scanner?.address, .unix("/run/clamav/clamd.ctl"))
    XCTAssertEqual(local.scanner?.retryInterval, .seconds(5))
    let remote = try load(#"{ kilobytesPerDocument: 100, clamd: { address: "127.0.0.1", port: 3311 } }"#)
    XCTAssertEqual(remote.scanner?.address, .tcp("127.0.0.1", 3311))
    XCTAssertEqual(remote.limits.byteCountMax, 102_400)
  }

  func testWhatCannotBeIsRefusedWithWordsThatMendIt() {
    for (text, words) in [
      (#"{ kilobytesPerDocument: 0 }"#, "102400"),
      (#"{ clamd: {} }"#, "socket"),
      (#"{ clamd: { socket: "/a", address: "127.0.0.1" } }"#, "either"),
      (#"{ clamd: { address: "scanner.example" } }"#, "IPv4"),
      (#"{ clamdd: {} }"#, "clamd"),
      (#"{ megabytesPerDay: { application: 4 } }"#, "at least 5"),
      (#"{ megabytesPerDay: { network: 100 } }"#, "network"),
      (#"{ megabytesPerDay: { everybody: 0 } }"#, "1000000"),
    ] {
      XCTAssertThrowsError(try load(text), text) { error in
        XCTAssertTrue("\(error)".contains(words), "\(text): \(error)")
      }
    }
  }
}
