import Client
import Contracts
import Core
import Crypto
import Foundation
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers
@testable import Vault

final class RealVaultTests: XCTestCase {
  /// What the quick hashes of the other tests stand for: scrypt, and HMAC under a key derived from the root key.
  func testSignInWorksWithTheVaultsOwnHashesAndLeavesNoPasswordBehind() async throws {
    let office = try ModuleOffice()
    let directory = FileManager.default.temporaryDirectory.path + "/gapura-officers-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var services = office.services()
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
    services.provide(RootKeySource.self, source)
    try await office.store.migrate(VaultModule.schemas + [OfficersModule.schema])
    let vault = try VaultModule(services: services)
    vault.provide(to: &services)
    try await vault.start()

    let module = try OfficersModule(services: services)
    module.provide(to: &services)
    let add = try XCTUnwrap(module.commands().first { $0.path == ["officer", "add"] })
    let password = "hujan turun di pasar"
    _ = try await add.run(
      CommandInput(arguments: ["siti"], options: ["role": "supervisor", "ask": ""]) { _ in Personal(password) })

    let served = try ServedModule(
      module.routes(), gatekeeper: services.require((any Gatekeeper).self), in: office)
    let visitor = served.visitor()
    _ = try await visitor.visit("/petugas/masuk")
    let wrong = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", password + "!")])
    let right = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", password)])
    let console = try await visitor.get("/petugas")
    await served.stop()
    XCTAssertEqual([wrong.status, right.status, console.status], [422, 303, 200])

    let kept: String? = try await office.store.read { try $0.value("SELECT password FROM officers_account") }
    XCTAssertEqual(kept?.hasPrefix("$scrypt$ln=15,r=8,p=3$"), true)
    let bytes = try office.databaseBytes()
    XCTAssertGreaterThan(bytes.count, 4096)
    XCTAssertNil(bytes.firstRange(of: Array(password.utf8)))
    let token = try XCTUnwrap(right.all("set-cookie").first?.split(separator: ";").first?.split(separator: "=").last)
    XCTAssertNil(bytes.firstRange(of: Array(token.utf8)), "the database holds a session's token")
  }
}
