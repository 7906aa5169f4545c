import Client
import Contracts
import Core
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// Documents before a scanner that speaks clamd's protocol over real sockets.
final class ScanningTests: XCTestCase {
  /// The simulator as a process of its own.
  private final class Simulator {
    let process: ChildProcess
    let port: UInt16

    init(at path: String, limit: Int = 1 << 20) throws {
      process = try ChildProcess(ChildProcess.built("ClamdSimulator"), [path, String(limit)])
      let line = try process.waitForLine { $0.hasPrefix("ready") }
      port = UInt16(line.split(separator: " ").last ?? "") ?? 0
    }

    deinit { process.end(with: SIGKILL) }
  }

  private func settings(_ address: SocketAddress, timeout: Duration = .seconds(5)) -> DocumentSettings {
    DocumentSettings(scanner: ClamdSettings(address: address, timeout: timeout))
  }

  private func state(_ id: DocumentID, _ office: DocumentOffice) async throws -> DocumentState? {
    try await office.base.store.read { [archive = office.archive] in try archive.document(id, in: $0)?.state }
  }

  func testACleanDocumentCanBeOpenedAtOnce() async throws {
    let path = "\(try temporaryDirectory())/clamd"
    let simulator = try Simulator(at: path)
    let office = try await DocumentOffice(settings(.unix(path)))
    let content = SampleFile.pdf(SeededRandom(seed: 4).bytes(300_000))
    let summary = try await office.store(content)
    XCTAssertEqual(summary.state, .clean)
    let opened = try await office.read(summary.id)
    XCTAssertEqual(opened, content)
    withExtendedLifetime(simulator) {}
  }

  func testTheScannerIsReachedOverTCPToo() async throws {
    let simulator = try Simulator(at: "0")
    let office = try await DocumentOffice(settings(.tcp("127.0.0.1", simulator.port)))
    let summary = try await office.store(SampleFile.png())
    XCTAssertEqual(summary.state, .clean)
  }

  func testAnInfectedDocumentIsDestroyedAndSaysSo() async throws {
    let path = "\(try temporaryDirectory())/clamd"
    let simulator = try Simulator(at: path)
    let office = try await DocumentOffice(settings(.unix(path)))
    let summary = try await office.store(SampleFile.pdf(Array("SIMULATE-VIRUS".utf8)))
    XCTAssertEqual(summary.state, .infected)
    let problem = await failure { try await office.read(summary.id) } as? Problem
    XCTAssertEqual(problem?.code, "document.infected")
    try await office.archive.sweep()
    XCTAssertEqual(try office.fileNames(), [])
    XCTAssertTrue(office.base.log.lines.contains { $0.contains("Simulated.Virus-1") })
    withExtendedLifetime(simulator) {}
  }

  func testADocumentWaitsWhileTheScannerIsAwayAndIsNeitherLostNorPassed() async throws {
    let path = "\(try temporaryDirectory())/clamd"
    let office = try await DocumentOffice(settings(.unix(path)))
    let summary = try await office.store(SampleFile.png())
    XCTAssertEqual(summary.state, .quarantined)
    XCTAssertNotNil(office.archive.scanner.trouble)
    let problem = await failure { try await office.read(summary.id) } as? Problem
    XCTAssertEqual(problem?.code, "document.quarantined")
    try await office.archive.scanWaiting()
    let waiting = try await state(summary.id, office)
    XCTAssertEqual(waiting, .quarantined)

    let simulator = try Simulator(at: path)
    try await office.archive.scanWaiting()
    let settled = try await state(summary.id, office)
    XCTAssertEqual(settled, .clean)
    XCTAssertNil(office.archive.scanner.trouble)
    let opened = try await office.read(summary.id)
    XCTAssertEqual(opened, SampleFile.png())
    withExtendedLifetime(simulator) {}
  }

  func testAScannerThatErrsHangsUpIsSilentOrHasALimitLetsTheDocumentWait() async throws {
    let path = "\(try temporaryDirectory())/clamd"
    let simulator = try Simulator(at: path, limit: 100_000)
    let office = try await DocumentOffice(settings(.unix(path), timeout: .milliseconds(300)))
    for word in ["SIMULATE-ERROR", "SIMULATE-HANG-UP", "SIMULATE-SILENCE", String(repeating: "A", count: 250_000)] {
      // Each one anew: after it was away the scanner is not asked again for a while.
      office.base.clock.advance(by: .hours(1))
      let summary = try await office.store(SampleFile.pdf(Array(word.utf8)))
      XCTAssertEqual(summary.state, .quarantined, String(word.prefix(20)))
      XCTAssertNotNil(office.archive.scanner.trouble)
    }
    office.base.clock.advance(by: .hours(1))
    let summary = try await office.store(SampleFile.pdf())
    XCTAssertEqual(summary.state, .clean)
    withExtendedLifetime(simulator) {}
  }

  func testAfterTheScannerWasAwayUploadsDoNotWaitForItOneAfterAnother() async throws {
    let path = "\(try temporaryDirectory())/clamd"
    let office = try await DocumentOffice(settings(.unix(path)))
    try await office.store(SampleFile.png())
    let simulator = try Simulator(at: path)
    let second = try await office.store(SampleFile.png())
    XCTAssertEqual(second.state, .quarantined)
    office.base.clock.advance(by: .seconds(61))
    let third = try await office.store(SampleFile.png())
    XCTAssertEqual(third.state, .clean)
    withExtendedLifetime(simulator) {}
  }

  func testWaitingDocumentsAreReleasedWhenTheOfficeGivesUpItsScanner() async throws {
    let office = try await DocumentOffice(settings(.unix("\(try temporaryDirectory())/clamd")))
    let id = try await office.store(SampleFile.png()).id
    office.archive.settings = DocumentSettings()
    try await office.archive.scanWaiting()
    let released = try await state(id, office)
    XCTAssertEqual(released, .received)
  }
}
