import Contracts
import Core
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

final class RightsTests: XCTestCase {
  private let supervisor = Principal.officer(OfficerID(3), .supervisor)
  private let clerk = Principal.officer(OfficerID(12), .clerk)

  private func register(_ vault: Vault, _ office: VaultOffice) async throws -> SubjectID {
    try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(Biodata.sample), of: subject, in: transaction)
      try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
      return subject
    }
  }

  private func corrected() -> Biodata {
    var biodata = Biodata.sample
    biodata.fullName = "Siti Rahmawati Corrected"
    biodata.nik = "3173054107900002"
    return biodata
  }

  private func rectify(_ vault: Vault, _ office: VaultOffice, _ subject: SubjectID) async throws -> Correction {
    let (supervisor, biodata) = (supervisor, corrected())
    return try await office.store.write { transaction in
      try vault.rectify(Personal(biodata), of: subject, as: supervisor, in: transaction)
    }
  }

  func testACorrectionReplacesTheRecordAndKeepsWhatStoodThere() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let (supervisor, biodata) = (supervisor, corrected())
    let correction = try await rectify(vault, office, subject)
    XCTAssertEqual(correction.revision, 1)
    XCTAssertEqual(correction.fields, ["fullName", "nik"])
    let (present, earlier, found, gone) = try await office.store.write { transaction in
      (
        try vault.open(Biodata.self, of: subject, for: .rights, as: supervisor, in: transaction)?.exposed,
        try vault.earlier(Biodata.self, of: subject, as: supervisor, in: transaction).map { $0.record.exposed },
        try vault.subjects(with: .nik, Personal("3173054107900002"), in: transaction),
        try vault.subjects(with: .nik, Personal("3173054107900001"), in: transaction)
      )
    }
    XCTAssertEqual(present, biodata)
    XCTAssertEqual(earlier, [.sample])
    XCTAssertEqual(found, [subject])
    XCTAssertEqual(gone, [], "the number that was wrong still leads to the person")
    let again = await failure { try await rectify(vault, office, subject) }
    XCTAssertEqual((again as? Problem)?.code, "vault.nothing-to-correct")
    let clerk = clerk
    let refused = await failure {
      try await office.store.write { transaction in
        _ = try vault.rectify(Personal(Biodata.sample), of: subject, as: clerk, in: transaction)
      }
    }
    XCTAssertEqual((refused as? Problem)?.code, "vault.purpose-forbidden")
  }

  func testWhatStoodThereBeforeCannotBePutBackAsThePresentRecordNorMoved() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let (subject, supervisor) = (try await register(vault, office), supervisor)
    _ = try await rectify(vault, office, subject)
    try office.tamper(
      "UPDATE vault_records SET sealed = (SELECT sealed FROM vault_history LIMIT 1) WHERE kind = 'biodata'")
    let back = await failure {
      try await office.store.write { transaction in
        _ = try vault.open(Biodata.self, of: subject, for: .rights, as: supervisor, in: transaction)
      }
    }
    XCTAssertEqual((back as? Problem)?.code, "vault.unreadable")
    try office.tamper("UPDATE vault_history SET revision = 2")
    let moved = await failure {
      try await office.store.write { transaction in
        _ = try vault.earlier(Biodata.self, of: subject, as: supervisor, in: transaction)
      }
    }
    XCTAssertEqual((moved as? Problem)?.code, "vault.unreadable")
  }

  func testHistoryGoesWithThePersonAndWithItsRecordsTime() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let (first, second) = (try await register(vault, office), try await register(vault, office))
    for subject in [first, second] { _ = try await rectify(vault, office, subject) }
    try await vault.erase(first, for: .erasure, as: supervisor)
    func left() async throws -> Int {
      try await office.store.read { try $0.value("SELECT count(*) FROM vault_history") ?? 0 }
    }
    let afterErasure = try await left()
    XCTAssertEqual(afterErasure, 1)
    office.clock.advance(by: .hours(24 * 3654))
    try await Retention(vault: vault).announce()
    office.clock.advance(by: .hours(24 * 7))
    _ = try await Retention(vault: vault).run()
    let afterRetention = try await left()
    XCTAssertEqual(afterRetention, 0)
  }

  func testARestrictedPersonIsOpenedForTheNamedPurposesAlone() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let (subject, supervisor) = (try await register(vault, office), supervisor)
    try await office.store.write { try vault.restrict(subject, as: supervisor, in: $0) }
    try await office.store.write { try vault.restrict(subject, as: supervisor, in: $0) }
    let tries: [(Purpose, Principal, Bool)] = [
      (.service, clerk, false), (.duplicateCheck, clerk, false), (.receipt, .applicant, false),
      (.tracking, .applicant, true), (.rights, supervisor, true),
    ]
    for (purpose, principal, isOpened) in tries {
      var code: String?
      do {
        try await office.store.write { transaction in
          _ = try vault.open(Biodata.self, of: subject, for: purpose, as: principal, in: transaction)
          _ = try vault.open(
            Contact.self, fields: [.telephone], of: subject, for: purpose, as: principal, in: transaction)
        }
      } catch let problem as Problem {
        code = problem.code
      }
      XCTAssertEqual(code, isOpened ? nil : "vault.restricted", "\(purpose)")
    }
    vault.policy = try VaultPolicyReader.policy("{ purposesWhileRestricted: [\"rights\"] }")
    let glass = await failure {
      try await office.store.write { transaction in
        _ = try vault.breakGlass(
          Contact.self, fields: [.telephone], of: subject, because: Personal("a reason that is long enough"),
          as: supervisor, in: transaction)
      }
    }
    XCTAssertEqual((glass as? Problem)?.code, "vault.restricted")
    try await office.store.write { try vault.liftRestriction(of: subject, as: supervisor, in: $0) }
    let clerk = clerk
    let opened = try await office.store.write { transaction in
      try vault.open(Biodata.self, of: subject, for: .service, as: clerk, in: transaction)?.exposed
    }
    XCTAssertEqual(opened, .sample)
    let entries = try await office.store.read { try vault.entries(about: subject, limit: 50, in: $0) }
    XCTAssertEqual(
      entries.filter { $0.kind == .restriction }.map { $0.facts["change"] }, ["lifted", "begun"],
      "restricting somebody twice is one restriction")
  }

  func testConsentCommitsToItsWordsAndOtherWordsAreAnotherConsent() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let first = ConsentText(.reminders, version: 1, language: .indonesian, text: "Saya setuju.")
    let second = ConsentText(.reminders, version: 2, language: .indonesian, text: "Saya setuju juga.")
    for text in [first, first, second] {
      try await office.store.write { transaction in
        try vault.give(text, of: subject, by: .ownPage, as: .applicant, in: transaction)
      }
      office.clock.advance(by: .minutes(1))
    }
    let consents = try await office.store.read { try vault.consents(of: subject, in: $0) }
    XCTAssertEqual(consents.map(\.text), [first, second], "the same words twice are one consent")
    XCTAssertEqual(consents.map { $0.withdrawnAt == nil }, [false, true])
    let salts = try await office.store.read { snapshot in
      try snapshot.rows("SELECT salt FROM vault_consents ORDER BY id") { try $0.get(0) as [UInt8] }
    }
    XCTAssertNotEqual(salts[0], salts[1])
    for _ in 0..<2 {
      try await office.store.write { try vault.withdraw(.reminders, of: subject, as: .applicant, in: $0) }
    }
    let (holds, entries) = try await office.store.read { snapshot in
      (
        try vault.holds(.reminders, of: subject, in: snapshot),
        try vault.entries(about: subject, limit: 50, in: snapshot).filter { $0.kind == .consent }
      )
    }
    XCTAssertFalse(holds)
    XCTAssertEqual(entries.map { $0.facts["change"] }, ["withdrawn", "given", "given"])
    XCTAssertEqual(entries.map { $0.facts["version"] }, [nil, "2", "1"])
    try await vault.erase(subject, for: .erasure, as: supervisor)
    let late = await failure {
      try await office.store.write { transaction in
        try vault.give(first, of: subject, by: .ownPage, as: .applicant, in: transaction)
      }
    }
    XCTAssertEqual((late as? Problem)?.code, "vault.unknown-subject")
  }
}

enum VaultPolicyReader {
  static func policy(_ text: String) throws -> VaultPolicy {
    try ConfigurationFile(path: "vault.json5", bytes: Array(text.utf8)).decode(VaultPolicy.self)
  }
}
