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
  /// What the quick hashes of the other tests stand for: scrypt, and HMAC and seals under keys derived from the office's own.
  func testSignInWorksWithTheVaultsOwnHashesAndLeavesNoSecretBehind() async throws {
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
    let closed = try await visitor.get("/petugas")
    let page = try await visitor.visit("/petugas/faktor/baru")
    let app = try AuthenticatorApp(showing: page.text)
    let codes = try await visitor.post("/petugas/faktor/pertama", [("kode", app.code(at: office.clock.now))])
    let console = try await visitor.get("/petugas")
    await served.stop()
    XCTAssertEqual(
      [wrong, right, closed, codes, console].map(\.status), [422, 303, 303, 200, 200],
      "a supervisor must set a second factor up")

    let kept: String? = try await office.store.read { try $0.value("SELECT password FROM officers_account") }
    XCTAssertEqual(kept?.hasPrefix("$scrypt$ln=15,r=8,p=3$"), true)
    let bytes = try office.databaseBytes()
    XCTAssertGreaterThan(bytes.count, 4096)
    XCTAssertNil(bytes.firstRange(of: Array(password.utf8)))
    let secret = try XCTUnwrap(page.text.firstMatch(of: /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/)).output.filter { $0 != " " }
    XCTAssertNil(bytes.firstRange(of: Array(secret.utf8)), "the database has the secret of the codes in clear")
    let paper = codes.text.matches(of: /[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}/).map { String($0.output) }
    XCTAssertEqual(paper.count, 10)
    for code in paper { XCTAssertNil(bytes.firstRange(of: Array(code.utf8))) }
    for answer in [right, codes] {
      let token = try XCTUnwrap(
        answer.all("set-cookie").first?.split(separator: ";").first?.split(separator: "=").last)
      XCTAssertNil(bytes.firstRange(of: Array(token.utf8)), "the database has a session's token")
    }
    try await loseTheFactor(of: "siti", module, services, office)
  }

  /// By a command, as for the only supervisor: it stands in the ledger.
  private func loseTheFactor(
    of name: String, _ module: OfficersModule, _ services: ServiceRegistry, _ office: ModuleOffice
  ) async throws {
    let reset = try XCTUnwrap(module.commands().first { $0.path == ["officer", "reset"] })
    let reason = "Ponsel petugas jatuh ke sungai."
    _ = try await reset.run(
      CommandInput(arguments: [name], options: ["lost-factors": reason]) { _ in Personal("") })
    let ledger = services.require((any LedgerService).self)
    let entries = try await office.store.read { try ledger.entries(of: .factorReset, limit: 5, in: $0) }
    XCTAssertEqual(entries.map(\.principal), ["system:command"])
    XCTAssertEqual(entries.map { $0.facts["officer"] }, ["1"])
    let factors: Int? = try await office.store.read { try $0.value("SELECT count(*) FROM officers_factor") }
    XCTAssertEqual(factors, 0)
  }
}
