import Contracts
import Core
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Crypto
@testable import Vault

final class VaultTests: XCTestCase {
  private let officer = Principal.officer(OfficerID(12), .clerk)

  private func register(_ vault: Vault, _ office: VaultOffice, _ biodata: Biodata = .sample) async throws -> SubjectID {
    try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(biodata), of: subject, in: transaction)
      try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
      return subject
    }
  }

  private func open<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, _ vault: Vault, _ office: VaultOffice
  ) async throws -> Record? {
    let officer = officer
    return try await office.store.write { transaction in
      try vault.open(type, of: subject, for: .service, as: officer, in: transaction)?.exposed
    }
  }

  func testWhatWasSealedOpensAgainAlsoAfterARestart() async throws {
    let office = try await VaultOffice()
    let subject = try await register(try await office.vault(), office)
    let restarted = try await office.vault()
    let biodata = try await open(Biodata.self, of: subject, restarted, office)
    XCTAssertEqual(biodata, .sample)
    let contact = try await open(Contact.self, of: subject, restarted, office)
    XCTAssertEqual(contact, .sample)
    let document = try await open(TravelDocument.self, of: subject, restarted, office)
    XCTAssertNil(document)
  }

  func testSealingAgainReplacesTheRecordAndItsIndex() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    var changed = Biodata.sample
    changed.nik = "3173054107900002"
    let record = changed
    let (before, after, found) = try await office.store.write { transaction in
      let before = try vault.subjects(with: .nik, Personal("3173054107900001"), in: transaction)
      try vault.seal(Personal(record), of: subject, in: transaction)
      return (
        before, try vault.subjects(with: .nik, Personal("3173054107900001"), in: transaction),
        try vault.subjects(with: .nik, Personal("3173054107900002"), in: transaction)
      )
    }
    XCTAssertEqual(before, [subject])
    XCTAssertEqual(after, [])
    XCTAssertEqual(found, [subject])
    let opened = try await open(Biodata.self, of: subject, vault, office)
    XCTAssertEqual(opened, changed)
  }

  func testPeopleAreFoundByNikAndPassportNumberHoweverWritten() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let first = try await register(vault, office)
    let second = try await register(vault, office)
    try await office.store.write { transaction in
      try vault.seal(Personal(TravelDocument(number: "X1234567", expiry: nil)), of: first, in: transaction)
    }
    let (nik, passport, other, empty) = try await office.store.read { snapshot in
      (
        try vault.subjects(with: .nik, Personal("3173 0541 0790 0001"), in: snapshot),
        try vault.subjects(with: .passportNumber, Personal(" x 123-4567"), in: snapshot),
        try vault.subjects(with: .passportNumber, Personal("3173054107900001"), in: snapshot),
        try vault.subjects(with: .nik, Personal(" "), in: snapshot)
      )
    }
    XCTAssertEqual(nik, [first, second].sorted())
    XCTAssertEqual(passport, [first])
    XCTAssertEqual(other, [])
    XCTAssertEqual(empty, [])
  }

  func testTheDateOfBirthIsConfirmedOrDeniedAndBothAreAudited() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let right = try XCTUnwrap(CivilDate(iso: "1990-07-01"))
    let (yes, no, outcomes) = try await office.store.write { transaction in
      let yes = try vault.confirm(
        dateOfBirth: Personal(right), of: subject, for: .tracking, as: .applicant, in: transaction)
      let no = try vault.confirm(
        dateOfBirth: Personal(right.adding(days: 1)), of: subject, for: .tracking, as: .applicant, in: transaction)
      let outcomes = try transaction.rows("SELECT facts FROM ledger_entries ORDER BY entry") { row in
        try row.get(0) as String
      }
      return (yes, no, outcomes)
    }
    XCTAssertTrue(yes)
    XCTAssertFalse(no)
    XCTAssertEqual(
      outcomes,
      ["confirmed", "denied"].map { "purpose=tracking record=biodata outcome=\($0) fields=dateOfBirth" })
  }

  func testAnUnknownPersonIsAProblemAndLeavesNothingBehind() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let sealing = await failure {
      try await office.store.write { transaction in
        try vault.seal(Personal(Biodata.sample), of: SubjectID(4), in: transaction)
      }
    }
    XCTAssertEqual((sealing as? Problem)?.code, "vault.unknown-subject")
    let count: Int? = try await office.store.read { try $0.value("SELECT count(*) FROM vault_records") }
    XCTAssertEqual(count, 0)
  }

  func testARecordBeyondTheLargestBucketIsRefused() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let answers = ["note": String(repeating: "a", count: Padding.plaintextByteCountMax)]
    let refusal = await failure {
      try await office.store.write { transaction in
        try vault.seal(Personal(Statement(answers: answers)), of: subject, in: transaction)
      }
    }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.record-too-large")
  }

  func testRecordsSwappedBetweenPeopleKindsOrVersionsAreRefused() async throws {
    // FIRST and SECOND stand for the two people.
    let swaps = [
      "between people": """
      UPDATE vault_records SET sealed = (SELECT r.sealed FROM vault_records r
        WHERE r.subject = SECOND AND r.kind = 'biodata') WHERE subject = FIRST AND kind = 'biodata'
      """,
      "between kinds": """
      UPDATE vault_records SET sealed = (SELECT r.sealed FROM vault_records r
        WHERE r.subject = FIRST AND r.kind = 'contact') WHERE subject = FIRST AND kind = 'biodata'
      """,
      "to another schema version": "UPDATE vault_records SET schema_version = 0",
      "to another key version": "UPDATE vault_records SET key_version = 2",
      "with another person's data key": """
      UPDATE ring.keyring_keys SET wrapped = (SELECT k.wrapped FROM ring.keyring_keys k WHERE k.subject = SECOND)
        WHERE subject = FIRST
      """,
      "with another data key version": "UPDATE ring.keyring_keys SET key_version = 2",
      "with a key-encryption key that is not there":
        "UPDATE ring.keyring_keys SET kek_version = 2",
      "with the data key in the record's place":
        "UPDATE vault_records SET sealed = (SELECT k.wrapped FROM ring.keyring_keys k WHERE k.subject = FIRST)",
      "with both key and records of another person": """
      DELETE FROM ring.keyring_keys WHERE subject <> SECOND;
      DELETE FROM vault_records WHERE subject = FIRST;
      UPDATE ring.keyring_keys SET subject = FIRST;
      UPDATE vault_records SET subject = FIRST
      """,
    ]
    for (name, sql) in swaps {
      let office = try await VaultOffice()
      let vault = try await office.vault()
      let first = try await register(vault, office)
      let second = try await register(vault, office)
      let filled = sql.replacingOccurrences(of: "FIRST", with: "\(first)")
        .replacingOccurrences(of: "SECOND", with: "\(second)")
      try office.tamper(filled)
      let refusal = await failure { try await open(Biodata.self, of: first, vault, office) }
      XCTAssertEqual((refusal as? Problem)?.code, "vault.unreadable", name)
      XCTAssertTrue(office.log.lines.contains { $0.contains("vault.failure") }, "the log tells of it: \(name)")
    }
  }

  func testAWrongRootKeyIsRecognisedAtOpening() async throws {
    let office = try await VaultOffice()
    _ = try await register(try await office.vault(), office)
    try FileManager.default.removeItem(atPath: office.source.developmentFile)
    try RootKeyFile.create(office.source.developmentFile, library: CryptoLibrary())
    let vault = try office.newVault()
    let refusal = await failure { try await vault.open() }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.wrong-root-key")
    let locked = await failure { try await self.register(vault, office) }
    XCTAssertEqual((locked as? Problem)?.code, "vault.locked")
  }

  func testADamagedKeyEncryptionKeyIsToldApartFromAWrongRootKey() async throws {
    let office = try await VaultOffice()
    _ = try await office.vault()
    try office.tamper("UPDATE ring.keyring_keks SET wrapped = zeroblob(61)")
    let refusal = await failure { try await office.vault() }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.kek-unreadable")
  }

  func testNothingPersonalStandsInTheDatabaseFilesInClear() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    try await office.store.write { transaction in
      try vault.seal(Personal(TravelDocument(number: "X7654321", expiry: "2031-02-03")), of: subject, in: transaction)
      try vault.seal(Personal(Statement(answers: ["tujuan": "Planted purpose"])), of: subject, in: transaction)
    }
    _ = try await open(Biodata.self, of: subject, vault, office)
    var searched = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: office.directory) {
      guard let content = FileManager.default.contents(atPath: "\(office.directory)/\(name)") else { continue }
      searched += content.count
      for planted in ["lanted", "3173054107900001", "1990-07-01", "81234567890", "X7654321", "2031-02-03", "fullName"] {
        XCTAssertNil(content.range(of: Data(planted.utf8)), "\(planted) in \(name)")
      }
    }
    XCTAssertGreaterThan(searched, 10_000)
    // The search can find what is there.
    let file = try XCTUnwrap(FileManager.default.contents(atPath: office.databasePath + "-wal"))
    XCTAssertNotNil(file.range(of: Data("travel-document".utf8)))
  }

  func testLengthsOfDifferentNamesLookAlike() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    var lengths: Set<Int> = []
    for name in ["Budi", "Siti Rahmawati Kusumaningrum binti Haji Abdurrahman"] {
      var biodata = Biodata.sample
      biodata.fullName = name
      let subject = try await register(vault, office, biodata)
      let length: Int? = try await office.store.read {
        try $0.value("SELECT length(sealed) FROM vault_records WHERE subject = \(subject) AND kind = 'biodata'")
      }
      lengths.insert(try XCTUnwrap(length))
    }
    XCTAssertEqual(lengths, [256 + Envelope.overheadByteCount])
  }

  func testErrorsAndDescriptionsTellNoSecretAndNothingPersonal() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    var said: [String] = []
    for value in [vault, try await opened(vault), try office.module()] as [Any] {
      var text = "\(value) \(String(reflecting: value)) "
      dump(value, to: &text)
      said.append(text)
    }
    try office.tamper("UPDATE vault_records SET sealed = zeroblob(285)")
    let unreadable = await failure { try await open(Biodata.self, of: subject, vault, office) }
    said += [String(describing: unreadable), String(reflecting: unreadable)] + office.log.lines
    let key = try XCTUnwrap(FileManager.default.contents(atPath: office.source.developmentFile))
    let secrets = [
      key.base64EncodedString(), key.map { String($0, radix: 16) }.joined(), "\(Array(key.prefix(4)))",
      Array(key.prefix(4)).map(String.init).joined(separator: ", "), "lanted", "3173054107900001", "1990-07-01",
    ]
    for text in said {
      for secret in secrets { XCTAssertFalse(text.contains(secret), text) }
    }
  }

  private func opened(_ vault: Vault) async throws -> OpenedVault { try vault.opened }

  func testKeyedHashesSurviveARestartAndDifferByPurpose() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let session = vault.authenticate([1, 2, 3], for: "session")
    XCTAssertEqual(session.count, 32)
    XCTAssertNotEqual(session, vault.authenticate([1, 2, 3], for: "form-token"))
    XCTAssertNotEqual(session, vault.authenticate([1, 2], for: "session"))
    let restarted = try await office.vault()
    XCTAssertEqual(session, restarted.authenticate([1, 2, 3], for: "session"))
  }

  func testAnApplicationThatFailsLeavesNoPersonBehind() async throws {
    struct Stop: Error {}
    let office = try await VaultOffice()
    let vault = try await office.vault()
    _ = await failure {
      try await office.store.write { transaction in
        let subject = try vault.createSubject(in: transaction)
        try vault.seal(Personal(Biodata.sample), of: subject, in: transaction)
        throw Stop()
      }
    }
    for table in ["vault_subjects", "vault_records", "vault_blind_index"] as [String] {
      let count: Int? = try await office.store.read { snapshot in
        switch table {
        case "vault_subjects": try snapshot.value("SELECT count(*) FROM vault_subjects")
        case "vault_records": try snapshot.value("SELECT count(*) FROM vault_records")
        default: try snapshot.value("SELECT count(*) FROM vault_blind_index")
        }
      }
      XCTAssertEqual(count, 0, table)
    }
  }
}
