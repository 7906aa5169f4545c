import Client
import Contracts
import Core
import Crypto
import CryptoHarness
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// A process that takes uploads is killed at random points: what it had acknowledged is whole, and nothing else is left.
final class DocumentKillTests: XCTestCase {
  private static let killCount = 110

  private struct Acknowledged {
    let byteCount: Int
    let seed: UInt64
  }

  func testSIGKILLDuringUploadsLosesNothingThatWasAcknowledgedAndLeavesNothingElse() async throws {
    let random = SeededRandom(seed: testSeed())
    let office = try await VaultOffice()
    await office.store.close()
    var uploadCount = 0
    var leftoverCount = 0
    for kill in 0..<Self.killCount {
      var acknowledged: [DocumentID: Acknowledged] = [:]
      for line in try killedRun(on: office.directory, seed: random.uint64(), random) {
        // What was about to be removed may be there or not; what was kept must be there.
        if line.count == 2, let id = Int64(line[1]) { acknowledged[DocumentID(id)] = nil }
        guard line.count == 4, let id = Int64(line[1]), let byteCount = Int(line[2]), let seed = UInt64(line[3])
        else { continue }
        acknowledged[DocumentID(id)] = Acknowledged(byteCount: byteCount, seed: seed)
        uploadCount += 1
      }
      leftoverCount += DocumentFolder(path: "\(office.directory)/documents").arrivingNames().count
      try await check(office, acknowledged, kill: kill)
    }
    print("\(uploadCount) uploads acknowledged, \(leftoverCount) leftovers of \(Self.killCount) kills swept")
    XCTAssertGreaterThan(uploadCount, Self.killCount)
    XCTAssertGreaterThan(leftoverCount, Self.killCount / 2, "the kills came when nothing was under way")
  }

  /// Runs the uploads until some are acknowledged and a little longer, and kills them.
  private func killedRun(on directory: String, seed: UInt64, _ random: SeededRandom) throws -> [[Substring]] {
    let uploads = try ChildProcess(ChildProcess.built("DocumentCrasher"), [directory, String(seed)])
    try uploads.waitForLines(random.below(12))
    // Somewhere between two acknowledgements, or before the first one.
    usleep(UInt32(random.below(20_000)))
    XCTAssertTrue(uploads.isRunning, "it ended by itself")
    uploads.end(with: SIGKILL)
    return uploads.speech.text.split(separator: "\n").map { $0.split(separator: " ") }
  }

  /// Starts the module as the next process would, and holds the folder against the rows and the rows against what was
  /// acknowledged.
  private func check(
    _ office: VaultOffice, _ acknowledged: [DocumentID: Acknowledged], kill: Int
  ) async throws {
    let store = try Store.open(at: office.databasePath, readers: 1, clock: office.clock, log: office.log)
    try await store.migrate(VaultModule.schemas + [DocumentsModule.schema])
    let vault = Vault(
      source: office.source, store: store, clock: office.clock, random: SystemRandom(), log: office.log,
      library: try CryptoLibrary())
    try await vault.open()
    let archive = try DocumentArchive(
      sealing: vault, erasures: vault, holdings: vault, store: store,
      folder: DocumentFolder(path: "\(office.directory)/documents"), clock: office.clock, random: SystemRandom(),
      log: office.log)
    try archive.folder.prepare()
    try await archive.sweep()

    let rows = try await store.read { snapshot in
      try snapshot.rows("SELECT document, name FROM documents_document") { row in
        (DocumentID(try row.get(0) as Int64), try row.get(1) as String)
      }
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: archive.folder.path).filter { $0 != "arriving" }
    XCTAssertEqual(names.sorted(), rows.map(\.1).sorted(), "kill \(kill): files and rows differ")
    XCTAssertEqual(archive.folder.arrivingNames(), [], "kill \(kill) left something")
    // Every document that has a row is whole, acknowledged or not.
    for (id, _) in rows {
      let content = try await archive.open(id, for: .receipt, as: .applicant)
      var bytes: [UInt8] = []
      for try await chunk in content.chunks { bytes += chunk }
      if let sent = acknowledged[id] {
        let expected = SampleFile.pdf(SeededRandom(seed: sent.seed).bytes(sent.byteCount))
        XCTAssertTrue(bytes == expected, "kill \(kill): document \(id) is not what was sent")
      }
    }
    let missing = acknowledged.keys.filter { id in !rows.contains { $0.0 == id } }
    XCTAssertEqual(missing, [], "kill \(kill) lost documents")
    try await forget(rows.map(\.0), archive)
    await store.close()
  }

  /// Keeps the folder small, so that the next hundred kills stay quick.
  private func forget(_ ids: [DocumentID], _ archive: DocumentArchive) async throws {
    try await archive.store.write { transaction in
      for id in ids { try archive.remove(id, in: transaction) }
    }
    try await archive.sweep()
  }
}
