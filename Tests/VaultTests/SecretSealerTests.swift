import Contracts
import Core
import Crypto
import CryptoHarness
import Expectations
import VaultHarness
import XCTest

@testable import Vault

/// Short secrets that modules keep.
final class SecretSealerTests: XCTestCase {
  private let owner = AssociatedData("test/secret").adding(7)

  func testASealedSecretOpensAfterARestartForItsPurposeAndItsOwnerOnly() async throws {
    let office = try await VaultOffice()
    let sealed = try SecretSealer(vault: await office.vault()).seal(
      secret([1, 2, 3]), for: "test.codes", binding: owner)
    let restarted = SecretSealer(vault: try await office.vault())
    XCTAssertEqual(bytes(try restarted.open(sealed, for: "test.codes", binding: owner)), [1, 2, 3])
    var changed = sealed
    changed[20] ^= 1
    for (text, purpose, whose) in [
      (sealed, "test.other", owner), (sealed, "test.codes", AssociatedData("test/secret").adding(8)),
      (changed, "test.codes", owner), ([], "test.codes", owner),
    ] as [([UInt8], StaticString, AssociatedData)] {
      await XCTAssertProblem("vault.unreadable") { _ = try restarted.open(text, for: purpose, binding: whose) }
    }
    let again = try restarted.seal(secret([1, 2, 3]), for: "test.codes", binding: owner)
    XCTAssertNotEqual(again, sealed, "equal secrets look alike")
  }

  func testADerivedSecretIsTheSameForTheSameAndAnotherForAllElse() async throws {
    let office = try await VaultOffice()
    let first = SecretSealer(vault: try await office.vault())
    let again = SecretSealer(vault: try await office.vault())
    func derived(_ sealer: SecretSealer, _ purpose: StaticString, _ number: Int64) throws -> [UInt8] {
      bytes(try sealer.derive(byteCount: 20, for: purpose, from: AssociatedData("test/secret").adding(number)))
    }
    let value = try derived(first, "test.codes", 7)
    XCTAssertEqual(value.count, 20)
    XCTAssertEqual(try derived(again, "test.codes", 7), value)
    XCTAssertNotEqual(try derived(first, "test.codes", 8), value)
    XCTAssertNotEqual(try derived(first, "test.other", 7), value)
  }

  func testALockedVaultSealsNothing() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    vault.close()
    await XCTAssertProblem("vault.locked") {
      _ = try SecretSealer(vault: vault).seal(secret([1]), for: "test.codes", binding: owner)
    }
  }
}
