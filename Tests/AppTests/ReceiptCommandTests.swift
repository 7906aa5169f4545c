import Contracts
import Core
import Crypto
import Foundation
import Store
import XCTest

@testable import Vault
@testable import gapura

final class ReceiptCommandTests: XCTestCase {
  private func run(_ arguments: [String]) throws -> ExitCode {
    try ReceiptCommand(input: CommandLineInput(["verify-receipt"] + arguments)).run()
  }

  /// A promise, the proof that took its place, and the public key, as they lie in files away from the office.
  private func office(in directory: String) async throws -> (promise: String, proof: String, key: String) {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let store = try Store.open(at: "\(directory)/gapura.db", clock: SystemClock(), log: SilentLog())
    try await store.migrate(VaultModule.schemas)
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
    let vault = Vault(
      source: source, store: store, clock: SystemClock(), random: SystemRandom(), log: SilentLog(),
      library: try CryptoLibrary())
    try await vault.open()
    let statement = try XCTUnwrap(ReceiptStatement(.application, about: "123456789092"))
    try await store.write { transaction in
      try vault.issueReceipt(statement, by: .applicant, in: transaction)
    }
    func receipt() async throws -> String {
      try await store.read { try vault.receipt(on: .application, about: "123456789092", in: $0) }?.text ?? ""
    }
    let promise = try await receipt()
    _ = try await vault.signHead()
    let result = (promise, try await receipt(), try vault.publicKey())
    await store.close()
    return result
  }

  func testEachFindingHasItsOwnExitCodeAndNeedsThePublicKeyAlone() async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/gapura-receipt-\(UUID().uuidString)"
    let office = try await office(in: directory)
    try FileManager.default.removeItem(atPath: directory)
    let other = try await self.office(in: directory)
    try FileManager.default.removeItem(atPath: directory)
    let files = FileManager.default.temporaryDirectory.path + "/gapura-receipt-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: files) }
    try Data((office.key + "\n").utf8).write(to: URL(fileURLWithPath: files + "/key"))
    try Data((office.proof + "\n").utf8).write(to: URL(fileURLWithPath: files + "/receipt"))
    var altered = Array(office.proof)
    altered[altered.count - 5] = altered[altered.count - 5] == "0" ? "1" : "0"

    XCTAssertEqual(try run([files + "/receipt", "--public-key", files + "/key"]), .ok)
    XCTAssertEqual(try run([office.proof, "--public-key", office.key]), .ok)
    XCTAssertEqual(try run([office.promise, "--public-key", files + "/key"]), .tryAgain)
    XCTAssertEqual(try run([String(altered), "--public-key", files + "/key"]), .dataError)
    XCTAssertEqual(try run([other.proof, "--public-key", files + "/key"]), .noPermission)
    XCTAssertEqual(try run(["halo", "--public-key", files + "/key"]), .noInput)
    XCTAssertThrowsError(try run([office.proof, "--public-key", "halo"])) { error in
      XCTAssertEqual((error as? Problem)?.code, "vault.public-key-unreadable")
    }
    for arguments in [
      [], [office.proof], ["--public-key", office.key], [office.proof, "x", "--public-key", office.key],
    ] {
      XCTAssertThrowsError(try run(arguments)) { XCTAssertTrue($0 is UsageError) }
    }
  }

  func testWhatIsSaidNamesTheStatementAndTheTimes() throws {
    let statement = try XCTUnwrap(ReceiptStatement(.erasure, about: "123456789092", day: CivilDate(iso: "2026-12-23")))
    let content = ReceiptContent(
      statement: statement, entry: 12, recordedAt: Instant(milliseconds: 1_795_000_000_000),
      provenAt: Instant(milliseconds: 1_795_000_600_000))
    XCTAssertEqual(
      ReceiptCommand.lines(.genuine(content)),
      [
        "genuine: signed, and proven to stand in the ledger", "erasure 123456789092", "entry 12",
        "recorded 2026-11-18T11:06:40Z", "left in no backup from 2026-12-23", "head signed 2026-11-18T11:16:40Z",
      ])
  }
}
