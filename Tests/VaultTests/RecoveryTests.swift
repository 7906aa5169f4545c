import Contracts
import Core
import Crypto
import CryptoHarness
import Expectations
import Foundation
import Store
import Synchronization
import VaultHarness
import XCTest

@testable import Vault

final class RecoveryTests: XCTestCase {
  private func bytes(of root: borrowing RootKey) -> [UInt8] { root.withBytes { Array($0) } }

  /// Typed lines, given one after another.
  private func input(_ lines: [String], _ options: [String: String] = [:]) -> CommandInput {
    let rest = Mutex(lines[...])
    return CommandInput(arguments: [], options: options) { _ in
      guard let line = rest.withLock({ $0.popFirst() }) else { throw CancellationError() }
      return Personal(line)
    }
  }

  private func shares(_ module: VaultModule, threshold: Int, count: Int) async throws -> [String] {
    let command = try XCTUnwrap(module.commands().first { $0.path == ["vault", "shares"] })
    let options = ["threshold": String(threshold), "count": String(count)]
    let lines = try await command.run(input([], options)).lines
    return lines.compactMap { $0.hasPrefix("share ") ? $0.split(separator: ": ").last.map(String.init) : nil }
  }

  private func recover(_ module: VaultModule, _ lines: [String], to path: String) async throws {
    let command = try XCTUnwrap(module.commands().first { $0.path == ["vault", "recover"] })
    _ = try await command.run(input(lines, ["file": path]))
  }

  func testTheFieldMultipliesAndDividesAsFIPS197Says() {
    // FIPS 197, sections 4.2 and 4.2.1.
    XCTAssertEqual(GF256.multiply(0x57, 0x83), 0xc1)
    XCTAssertEqual(GF256.multiply(0x57, 0x13), 0xfe)
    XCTAssertEqual(GF256.inverse(0x53), 0xca)
    XCTAssertEqual(GF256.inverse(0), 0)
    for element in UInt8.min...UInt8.max where element != 0 {
      XCTAssertEqual(GF256.multiply(element, GF256.inverse(element)), 1, "\(element)")
    }
  }

  func testAnyThresholdOfTheSharesRestoresTheKeyAndFewerNever() throws {
    let random = SeededRandom(seed: testSeed())
    let library = try CryptoLibrary()
    let recovery = Recovery(library: library)
    for _ in 0..<40 {
      let count = 2 + random.below(SecretSharing.countMax - 1)
      let threshold = 2 + random.below(count - 1)
      let root = RootKey(try library.randomKey())
      let all = try recovery.shares(of: root, threshold: threshold, count: count)
      var order = Array(all.indices)
      for place in order.indices.reversed() { order.swapAt(place, random.below(place + 1)) }
      let some = order.prefix(threshold).map { all[$0] }
      let found = try recovery.rootKey(from: some)
      XCTAssertEqual(bytes(of: found), bytes(of: root))
      if threshold > 2 {
        XCTAssertThrowsError(try consume(recovery.rootKey(from: Array(some.dropLast()))))
      }
    }
  }

  private func consume(_ root: consuming RootKey) {}

  func testFewerSharesThanTheThresholdFitEverySecretEquallyWell() throws {
    // For a threshold of 2 and one known point, each value of the secret has exactly one polynomial.
    for secret in UInt8.min...UInt8.max {
      let slope = GF256.multiply(0x9d ^ secret, GF256.inverse(3))
      XCTAssertEqual(GF256.multiply(slope, 3) ^ secret, 0x9d)
    }
  }

  func testSharesAreTypedBackInHoweverTheyAreWritten() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    let all = try await shares(module, threshold: 3, count: 5)
    XCTAssertEqual(all.count, 5)
    XCTAssertTrue(all.allSatisfy { $0.split(separator: "-").map(\.count) == Array(repeating: 4, count: 18) })
    let typed = [
      all[4].lowercased(), all[0].replacingOccurrences(of: "-", with: " "),
      all[2].replacingOccurrences(of: "0", with: "O").replacingOccurrences(of: "1", with: "l"),
    ]
    let path = "\(office.directory)/restored"
    try await recover(module, typed, to: path)
    let files = FileManager.default
    XCTAssertEqual(files.contents(atPath: path), files.contents(atPath: office.source.developmentFile))
    XCTAssertEqual(try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int, 0o600)
  }

  func testEverySingleMistypedSymbolIsFoundAndTheShareNamed() async throws {
    let office = try await VaultOffice()
    let library = try CryptoLibrary()
    let all = try await shares(try office.module(), threshold: 2, count: 2)
    let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    var tried = 0
    for (place, symbol) in all[1].enumerated() where symbol != "-" {
      for other in symbols where other != symbol {
        var changed = Array(all[1])
        changed[place] = other
        var collection = ShareCollection(library: library)
        XCTAssertEqual(try collection.take(Personal(all[0])), .ask(share: 2))
        XCTAssertEqual(try collection.take(Personal(String(changed))), .askAgain(share: 2), "at \(place)")
        XCTAssertEqual(collection.shortfall.code, "vault.share-mistyped")
        XCTAssertEqual(collection.shortfall.arguments, ["place": "2"])
        XCTAssertEqual(try collection.take(Personal(all[1])), .enough)
        tried += 1
      }
    }
    XCTAssertEqual(tried, 72 * 31)
  }

  func testSharesOfAnotherSetRepeatedOnesAndTooFewAreRefused() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    let path = "\(office.directory)/restored"
    let (first, second) = (
      try await shares(module, threshold: 2, count: 3), try await shares(module, threshold: 2, count: 3)
    )
    let cases: [(lines: [String], code: String, arguments: [String: String])] = [
      ([first[0], second[1]], "vault.share-other-set", ["place": "2"]),
      ([first[0], first[0]], "vault.share-repeated", ["place": "2"]),
      ([first[0]], "vault.shares-too-few", ["count": "1", "needed": "2"]),
      ([first[0], ""], "vault.shares-too-few", ["count": "1", "needed": "2"]),
      ([], "vault.shares-too-few", ["count": "0", "needed": "2"]),
      ([first[0], String(first[1].dropLast())], "vault.share-mistyped", ["place": "2"]),
      (["what is this"], "vault.share-mistyped", ["place": "1"]),
    ]
    for (lines, code, arguments) in cases {
      let refusal = await failure { try await recover(module, lines, to: path) }
      XCTAssertEqual((refusal as? Problem)?.code, code)
      XCTAssertEqual((refusal as? Problem)?.arguments, arguments)
      XCTAssertFalse(FileManager.default.fileExists(atPath: path))
    }
  }

  func testAKeyThatDoesNotOpenTheRingThereIsNotWritten() async throws {
    let (office, other) = (try await VaultOffice(), try await VaultOffice())
    _ = try await office.vault()
    let foreign = try await shares(try other.module(), threshold: 2, count: 2)
    let path = "\(office.directory)/restored"
    let refusal = await failure { try await recover(try office.module(), foreign, to: path) }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.wrong-root-key")
    XCTAssertFalse(FileManager.default.fileExists(atPath: path))
    try await recover(try office.module(), try await shares(try office.module(), threshold: 2, count: 2), to: path)
  }

  /// On paper in three safes, the shares of the old key would be found out when they are needed.
  func testSharesOfARootKeyWhosePlaceAnotherHasTakenAreNotPrinted() async throws {
    let office = try await VaultOffice()
    _ = try await office.vault()
    let (path, files) = ("\(office.directory)/new-root-key", FileManager.default)
    let module = try office.module()
    let rotate = try XCTUnwrap(module.commands().first { $0.path == ["vault", "rotate"] })
    _ = try await rotate.run(input([], ["new-root-key": path]))
    let refusal = await failure { try await shares(try office.module(), threshold: 2, count: 3) }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.shares-of-another-key")
    XCTAssertFalse(office.log.lines.contains { $0.contains("shares-printed") })
    try files.removeItem(atPath: office.source.developmentFile)
    try files.moveItem(atPath: path, toPath: office.source.developmentFile)
    let papers = try await shares(try office.module(), threshold: 2, count: 3)
    try await recover(try office.module(), Array(papers.prefix(2)), to: "\(office.directory)/restored")

    let other = try await VaultOffice()
    _ = try await other.vault()
    try files.removeItem(atPath: other.source.developmentFile)
    try files.copyItem(atPath: office.source.developmentFile, toPath: other.source.developmentFile)
    let foreign = await failure { try await shares(try other.module(), threshold: 2, count: 3) }
    XCTAssertEqual((foreign as? Problem)?.code, "vault.shares-of-another-key")
  }

  func testImpossibleNumbersOfSharesAreRefused() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    for (threshold, count) in [(1, 3), (4, 3), (2, 17), (0, 0)] {
      let refusal = await failure { try await shares(module, threshold: threshold, count: count) }
      XCTAssertEqual((refusal as? Problem)?.code, "vault.share-numbers")
    }
  }

  func testInitPrintsSharesAtOnceWhenAskedTo() async throws {
    let office = try await VaultOffice()
    try FileManager.default.removeItem(atPath: office.source.developmentFile)
    let module = try office.module()
    let command = try XCTUnwrap(module.commands().first { $0.path == ["vault", "init"] })
    let lines = try await command.run(input([], ["threshold": "2", "count": "3"])).lines
    let all = lines.compactMap { $0.hasPrefix("share ") ? $0.split(separator: ": ").last.map(String.init) : nil }
    XCTAssertEqual(all.count, 3)
    let path = "\(office.directory)/restored"
    try await recover(module, Array(all.suffix(2)), to: path)
    let files = FileManager.default
    XCTAssertEqual(files.contents(atPath: path), files.contents(atPath: office.source.developmentFile))
  }

  func testACredentialIsDecryptedForItsShares() async throws {
    let directory = try temporaryDirectory()
    let tool = "\(directory)/creds"
    try "#!/bin/sh\n[ \"$1\" = decrypt ] && [ \"$2\" = --name=gapura.root-key ] && exec cat \"$3\"\nexit 3\n".write(
      toFile: tool, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: tool)
    let key = [UInt8](1...32)
    _ = FileManager.default.createFile(atPath: "\(directory)/key", contents: Data(key))
    let root = try await CredentialTool(program: tool).decryptRootKey(at: "\(directory)/key")
    XCTAssertEqual(bytes(of: root.key), key)
    _ = FileManager.default.createFile(atPath: "\(directory)/short", contents: Data(key.dropLast()))
    let short = await failure { try await CredentialTool(program: tool).decryptRootKey(at: "\(directory)/short") }
    XCTAssertEqual((short as? Problem)?.code, "vault.credential-failed")
  }
}
