import Client
import Contracts
import Core
import Crypto
import Foundation
import HTML
import Ledger
import ModuleHarness
import Store
import Web
import XCTest

@testable import Privacy
@testable import Vault

final class VerificationPageTests: XCTestCase {
  private struct Office {
    let base: ModuleOffice
    let vault: Vault
    let served: ServedModule
    let directory: String

    func receipt() async throws -> Receipt {
      let vault = vault
      let receipt = try await base.store.read { try vault.receipt(on: .application, about: "123456789092", in: $0) }
      return try XCTUnwrap(receipt)
    }

    func end() async {
      await served.stop()
      try? FileManager.default.removeItem(atPath: directory)
    }
  }

  private func office() async throws -> Office {
    let base = try ModuleOffice()
    let directory = FileManager.default.temporaryDirectory.path + "/gapura-privacy-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var services = base.services()
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
    services.provide(RootKeySource.self, source)
    try await base.store.migrate(VaultModule.schemas)
    let module = try VaultModule(services: services)
    module.provide(to: &services)
    let vault = module.vault
    try await vault.open()
    try await base.store.write { transaction in
      guard let statement = ReceiptStatement(.application, about: "123456789092") else { return }
      try vault.issueReceipt(statement, by: .applicant, in: transaction)
    }
    let privacy = try PrivacyModule(services: services)
    let served = try ServedModule(privacy.routes(), navigation: privacy.navigation(), in: base)
    return Office(base: base, vault: vault, served: served, directory: directory)
  }

  func testEachFindingIsToldApartInBothLanguagesOnASoundPage() async throws {
    let office = try await office()
    let promise = try await office.receipt().text
    _ = try await office.vault.signHead()
    let proof = try await office.receipt().text
    var altered = Array(proof)
    altered[altered.count - 3] = altered[altered.count - 3] == "0" ? "1" : "0"
    let findings = [
      (proof, ["Tanda terima ini asli.", "This receipt is genuine."]),
      (promise, ["Tanda terima ini asli.", "This receipt is genuine."]),
      (String(altered), ["palsu atau sudah diubah", "forged or was altered"]),
      ("halo", ["tidak terbaca", "cannot be read"]),
    ]
    for (index, language) in ["id", "en"].enumerated() {
      let visitor = office.served.visitor(language)
      let blank = try await visitor.visit("/verifikasi")
      XCTAssertEqual(blank.faults, [])
      for (text, said) in findings {
        let page = try await visitor.post("/verifikasi", [("r", text)])
        XCTAssertEqual(page.status, 200)
        XCTAssertTrue(page.text.contains(said[index]), "\(said[index]) for \(text.prefix(10))")
        XCTAssertEqual(page.faults, [])
      }
      let empty = try await visitor.post("/verifikasi", [("r", " ")])
      XCTAssertEqual(empty.status, 422)
      XCTAssertEqual(empty.faults, [])
    }
    await office.end()
  }

  func testAPromiseIsSaidToBeOneUntilTheNextHead() async throws {
    let office = try await office()
    let promise = try await office.receipt().text
    let visitor = office.served.visitor("en")
    _ = try await visitor.visit("/verifikasi")
    let before = try await visitor.post("/verifikasi", [("r", promise)])
    XCTAssertTrue(before.text.contains("its proof is not complete yet"))
    XCTAssertTrue(before.text.contains("123456789092"))
    XCTAssertEqual(before.faults, [])
    await office.end()
  }

  func testTheEnglishAddressLeadsThere() async throws {
    let office = try await office()
    let visitor = office.served.visitor("en")
    let bare = try await visitor.visit("/verify")
    XCTAssertEqual(bare.status, 200)
    XCTAssertTrue(bare.text.contains("/verifikasi/kunci"))
    await office.end()
  }

  func testThePublicKeyIsThereForWhoChecksAlone() async throws {
    let office = try await office()
    let page = try await office.served.visitor().visit("/verifikasi/kunci")
    XCTAssertEqual(page.faults, [])
    let answer = try await office.served.visitor().visit("/verifikasi/kunci.txt")
    XCTAssertEqual(answer.status, 200)
    XCTAssertTrue(page.links.contains("/verifikasi/kunci.txt"))
    XCTAssertTrue(page.text.contains(answer.text.split(separator: "\n")[0]), "the page shows the key too")
    _ = try await office.vault.signHead()
    let verifier = try ReceiptVerifier(publicKey: answer.text)
    guard case .genuine = try await verifier.verdict(on: office.receipt().text) else { return XCTFail("not genuine") }
    await office.end()
  }

  func testWithoutALedgerThereIsNoPageAndNoEntryInTheMenu() async throws {
    let privacy = try PrivacyModule(services: ModuleOffice().services())
    XCTAssertTrue(privacy.routes().isEmpty)
    XCTAssertTrue(privacy.navigation().isEmpty)
  }
}
