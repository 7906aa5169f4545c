import Contracts
import Core
import Expectations
import Foundation
import Store
import Synchronization
import VaultHarness
import XCTest

@testable import Vault

/// A record's shape before and after: the one name became two.
private struct OldCard: PersonalRecord {
  enum Field: String { case name }
  static var kind: RecordKind { .statement }
  static var schemaVersion: Int { 1 }
  var name: String

  func value(of field: Field) -> String? { name }
}

private struct Card: PersonalRecord {
  enum Field: String { case given, family }
  static var kind: RecordKind { .statement }
  static var schemaVersion: Int { 2 }
  var given: String
  var family: String?

  func value(of field: Field) -> String? { field == .given ? given : family }

  static func upgrading(_ earlier: EarlierRecord) throws -> Card {
    guard earlier.version == 1 else { throw EarlierRecord.Unknown() }
    let parts = try earlier.read(OldCard.self).name.split(separator: " ", maxSplits: 1).map(String.init)
    return Card(given: parts[0], family: parts.count > 1 ? parts[1] : nil)
  }
}

final class RecordTests: XCTestCase {
  private let clerk = Principal.officer(OfficerID(12), .clerk)
  private let supervisor = Principal.officer(OfficerID(3), .supervisor)

  private func register(_ vault: Vault, _ office: VaultOffice) async throws -> SubjectID {
    try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(Biodata.sample), of: subject, in: transaction)
      try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
      try vault.seal(Personal(TravelDocument(number: "X7654321", expiry: nil)), of: subject, in: transaction)
      return subject
    }
  }

  // MARK: Shapes

  func testARecordOfAnEarlierShapeIsReadAsTodaysAndKeptSo() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let clerk = clerk
    let subject = try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(OldCard(name: "Siti Rahmawati Kusuma")), of: subject, in: transaction)
      return subject
    }
    let begun = office.clock.now.milliseconds
    office.clock.advance(by: .hours(24 * 100))
    let first = try await office.store.write { transaction in
      try vault.open(Card.self, of: subject, for: .service, as: clerk, in: transaction)?.exposed
    }
    XCTAssertEqual(first, Card(given: "Siti", family: "Rahmawati Kusuma"))
    XCTAssertEqual(try office.number("SELECT schema_version FROM vault_records"), 2)
    XCTAssertEqual(
      try office.number("SELECT sealed_at FROM vault_records"), Int(begun), "reading it does not prolong its time")
    let second = try await office.store.write { transaction in
      try vault.open(Card.self, of: subject, for: .service, as: clerk, in: transaction)?.exposed
    }
    XCTAssertEqual(second, first)
    // An older program does not guess at what a newer one wrote.
    let refusal = await failure {
      try await office.store.write { transaction in
        _ = try vault.open(OldCard.self, of: subject, for: .service, as: clerk, in: transaction)
      }
    }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.unreadable")
  }

  // MARK: Several at once

  func testRecordsThatAreSealedOrOpenedTogetherTakeThePersonsKeyOnce() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let clerk = clerk
    let keyRing = try vault.opened.keyRing
    func unwrappedCount() -> Int { keyRing.unwrappedCount.withLock { $0 } }
    let records: [any PersonalRecord] = [
      Biodata.sample, Contact.sample, TravelDocument(number: "X7654321", expiry: nil),
      Statement(answers: ["purpose": "Umrah"]),
    ]
    let subject = try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(all: Personal(records), of: subject, in: transaction)
      return subject
    }
    XCTAssertEqual(unwrappedCount(), 1)
    let opened = try await office.store.write { transaction in
      try vault.open(
        all: [Biodata.self, Contact.self, TravelDocument.self, Statement.self], isFirstNeeded: true, of: subject,
        for: .service, as: clerk, in: transaction)
    }
    XCTAssertEqual(unwrappedCount(), 2)
    XCTAssertEqual(opened.record(Biodata.self)?.exposed, Biodata.sample)
    XCTAssertEqual(opened.record(Contact.self)?.exposed, Contact.sample)
    XCTAssertEqual(opened.record(TravelDocument.self)?.exposed.number, "X7654321")
    XCTAssertEqual(opened.record(Statement.self)?.exposed.answers, ["purpose": "Umrah"])
    let entries = try await office.store.read { try vault.entries(about: subject, limit: 10, in: $0) }
    XCTAssertEqual(
      entries.reversed().map { $0.facts["record"] }, ["biodata", "contact", "travel-document", "statement"])
    XCTAssertTrue(entries.allSatisfy { $0.facts["outcome"] == "opened" && $0.facts["purpose"] == "service" })
    XCTAssertEqual(try office.number("SELECT count(DISTINCT subject) FROM vault_blind_index"), 1)
  }

  func testACorrectionAndAnOpeningWithoutPermissionTakeThePersonsKeyOnce() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let supervisor = Principal.officer(OfficerID(3), .supervisor)
    let keyRing = try vault.opened.keyRing
    func unwrappedCount() -> Int { keyRing.unwrappedCount.withLock { $0 } }
    let subject = try await register(vault, office)
    var corrected = Contact.sample
    corrected.address = "Jalan Baru 2"
    let before = unwrappedCount()
    _ = try await office.store.write { [corrected] transaction in
      try vault.rectify(Personal(corrected), of: subject, as: supervisor, in: transaction)
    }
    XCTAssertEqual(unwrappedCount(), before + 1)
    let excerpt = try await office.store.write { transaction in
      try vault.breakGlass(
        Contact.self, fields: [.address], of: subject, because: Personal("a reason that is long enough"),
        as: supervisor, in: transaction)
    }
    XCTAssertEqual(excerpt?[.address]?.exposed, "Jalan Baru 2")
    XCTAssertEqual(unwrappedCount(), before + 2)
  }

  func testWhatIsNotNeededAnyMoreStaysClosedAndTheKeyIsTakenOnce() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let clerk = clerk
    let keyRing = try vault.opened.keyRing
    var foreign = Biodata.sample
    foreign.nik = nil
    let cases: [(Biodata, [String?])] = [(.sample, ["biodata"]), (foreign, ["biodata", "travel-document"])]
    for (biodata, kinds) in cases {
      let given: [any PersonalRecord] = [biodata, TravelDocument(number: "X7654321", expiry: nil)]
      let subject = try await office.store.write { transaction in
        let subject = try vault.createSubject(in: transaction)
        try vault.seal(all: Personal(given), of: subject, in: transaction)
        return subject
      }
      let before = keyRing.unwrappedCount.withLock { $0 }
      let records = try await office.store.write { transaction in
        try vault.open(
          all: [Biodata.self, TravelDocument.self], of: subject, for: .service, as: clerk, in: transaction,
          while: { $0.record(Biodata.self)?.exposed.nik == nil })
      }
      XCTAssertEqual(keyRing.unwrappedCount.withLock { $0 }, before + 1)
      XCTAssertEqual(records.record(TravelDocument.self) != nil, kinds.count == 2)
      let entries = try await office.store.read { try vault.entries(about: subject, limit: 10, in: $0) }
      XCTAssertEqual(entries.reversed().map { $0.facts["record"] }, kinds)
    }
  }

  func testTheOthersStayClosedWithoutTheFirstWhereItIsNeeded() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let clerk = clerk
    let subject = try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
      return subject
    }
    let cases: [(Bool, [String?])] = [(true, ["absent"]), (false, ["absent", "opened"])]
    for (isFirstNeeded, outcomes) in cases {
      let opened = try await office.store.write { transaction in
        try vault.open(
          all: [Biodata.self, Contact.self], isFirstNeeded: isFirstNeeded, of: subject, for: .service, as: clerk,
          in: transaction)
      }
      XCTAssertNil(opened.record(Biodata.self))
      XCTAssertEqual(opened.record(Contact.self) != nil, !isFirstNeeded)
      let entries = try await office.store.read {
        try vault.entries(about: subject, limit: outcomes.count, in: $0)
      }
      XCTAssertEqual(entries.reversed().map { $0.facts["outcome"] }, outcomes)
    }
    XCTAssertEqual(try office.number("SELECT count(*) FROM ledger_entries"), 3)
  }

  // MARK: Finding

  func testEveryWritingOfATelephoneNumberAndAnAddressFindsThePerson() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let writings: [(IdentityField, String)] = [
      (.telephone, "+6281234567890"), (.telephone, "0812-3456-7890"), (.telephone, "62 812 3456 7890"),
      (.telephone, "+62 (0) 812 3456 7890"), (.telephone, "0062 812.3456.7890"), (.telephone, "81234567890"),
      (.email, "planted@contoh.id"), (.email, " Planted@Contoh.ID "), (.passportNumber, "x 765.4321"),
      (.nik, "3173 0541 0790 0001"),
    ]
    for (field, text) in writings {
      let found = try await office.store.read { try vault.subjects(with: field, Personal(text), in: $0) }
      XCTAssertEqual(found, [subject], "\(field) \(text)")
    }
    for (field, text) in [(IdentityField.telephone, "+4981234567890"), (.email, "planted@contoh.co.id")] {
      let found = try await office.store.read { try vault.subjects(with: field, Personal(text), in: $0) }
      XCTAssertEqual(found, [], "\(field) \(text)")
    }
  }

  // MARK: Masked forms

  func testMaskedFormsTellLittleAndLeaveNoEntry() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let (masked, entries) = try await office.store.read { snapshot in
      (
        try vault.masked([subject, SubjectID(5)], in: snapshot),
        try vault.openings(before: nil, limit: 10, in: snapshot).count
      )
    }
    XCTAssertEqual(entries, 0)
    XCTAssertEqual(masked.count, 1)
    XCTAssertEqual(masked[subject]?[.nik], "3173********0001")
    XCTAssertEqual(masked[subject]?[.passportNumber], "X****321")
    XCTAssertEqual(masked[subject]?[.telephone], "+62******890")
    XCTAssertEqual(masked[subject]?[.email], "p****@****.id")
    for value in ["3173********0001", "3173****", "X****321", "****.id"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: office.directory) {
        let content = FileManager.default.contents(atPath: "\(office.directory)/\(name)")
        XCTAssertNil(content?.range(of: Data(value.utf8)), "\(value) in \(name)")
      }
    }
    try await vault.erase(subject, for: .erasure, as: .system("test"))
    let after = try await office.store.read { try vault.masked([subject], in: $0) }
    XCTAssertEqual(after, [:])
  }

  func testShortValuesAreMaskedAsAWhole() {
    for (field, value) in [
      (IdentityField.nik, "12345678"), (.passportNumber, "X1234"), (.telephone, "+6212"), (.email, "planted"),
      (.email, "@contoh.id"),
    ] {
      XCTAssertEqual(field.mask(Personal(value)), "********", "\(field)")
    }
  }

  func testMaskedFormsOfSomebodyElseAreRefused() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let (first, second) = (try await register(vault, office), try await register(vault, office))
    try office.tamper(
      """
      UPDATE vault_records SET masked = (SELECT r.masked FROM vault_records r
        WHERE r.subject = \(second) AND r.kind = 'biodata') WHERE subject = \(first) AND kind = 'biodata'
      """)
    let refusal = await failure { try await office.store.read { try vault.masked([first], in: $0) } }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.unreadable")
  }

  // MARK: Flipped bits

  func testEverySingleBitFlipOfAStoredRecordIsRefused() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let clerk = clerk
    let refused = try await office.store.write { transaction in
      let sealed: [UInt8] =
        try transaction.value("SELECT sealed FROM vault_records WHERE subject = \(subject) AND kind = 'biodata'") ?? []
      XCTAssertGreaterThan(sealed.count, 100)
      var refused = 0
      for bit in 0..<(sealed.count * 8) {
        var changed = sealed
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        try transaction.run(
          "UPDATE vault_records SET sealed = \(changed) WHERE subject = \(subject) AND kind = 'biodata'")
        do {
          _ = try vault.open(Biodata.self, of: subject, for: .service, as: clerk, in: transaction)
        } catch let problem as Problem {
          XCTAssertEqual(problem.code, "vault.unreadable")
          refused += 1
        }
      }
      return (refused, sealed.count * 8)
    }
    XCTAssertEqual(refused.0, refused.1)
    XCTAssertEqual(office.log.lines.count { $0.contains("notAuthentic") }, refused.1 - 8, "all but the version's")
  }

  // MARK: Purposes, fields, oversight

  func testOnlyTheFieldsAskedForAreTold() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let clerk = clerk
    let excerpt = try await office.store.write { transaction in
      try vault.open(
        Biodata.self, fields: [.fullName, .nik], of: subject, for: .service, as: clerk, in: transaction)
    }
    XCTAssertEqual(excerpt?[.fullName]?.exposed, Biodata.sample.fullName)
    XCTAssertNil(excerpt?[.dateOfBirth])
    XCTAssertFalse("\(String(reflecting: excerpt))".contains("Planted"))
    let openings = try await office.store.read { try vault.openings(of: subject, limit: 10, in: $0) }
    XCTAssertEqual(openings.map(\.fields), [["fullName", "nik"]])
    XCTAssertEqual(openings.map(\.role), [.officer])
    XCTAssertEqual(openings.map(\.purpose), [.service])
    XCTAssertEqual(openings.map(\.record), [.biodata])
  }

  func testAPurposeThatTheRoleDoesNotHaveIsRefusedAndLeavesNothing() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let cases: [(Purpose, Principal)] = [
      (.service, .applicant), (.service, .kiosk("lobby")), (.tracking, clerk), (.receipt, supervisor),
      (.retention, supervisor), (.rights, clerk),
    ]
    for (purpose, principal) in cases {
      let refusal = await failure {
        try await office.store.write { transaction in
          _ = try vault.open(Biodata.self, of: subject, for: purpose, as: principal, in: transaction)
        }
      }
      XCTAssertEqual((refusal as? Problem)?.code, "vault.purpose-forbidden", "\(purpose) \(principal)")
    }
    let erasing = await failure { try await vault.erase(subject, for: .erasure, as: self.clerk) }
    XCTAssertEqual((erasing as? Problem)?.code, "vault.purpose-forbidden")
    let count = try await office.store.read { try vault.openings(before: nil, limit: 10, in: $0).count }
    XCTAssertEqual(count, 0)
  }

  func testSpecificDataHasFewerPurposes() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let record = Biometric(takenOn: "2026-11-22", hasFace: true, fingerprintCount: 9, exemption: "bandaged")
    try await office.store.write { try vault.seal(Personal(record), of: subject, in: $0) }
    let clerk = clerk
    let opened = try await office.store.write { transaction in
      try vault.open(Biometric.self, of: subject, for: .service, as: clerk, in: transaction)?.exposed
    }
    XCTAssertEqual(opened, record)
    let refusal = await failure {
      try await office.store.write { transaction in
        _ = try vault.open(Biometric.self, of: subject, for: .tracking, as: .applicant, in: transaction)
      }
    }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.purpose-forbidden")
  }

  func testBreakingTheGlassTakesASupervisorAndAReasonThatTheOthersSee() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await register(vault, office)
    let (clerk, supervisor) = (clerk, supervisor)
    let cases: [(Principal, String, String)] = [
      (clerk, "the police ask for a missing person", "vault.purpose-forbidden"),
      (supervisor, "because", "vault.reason-missing"), (supervisor, "             ", "vault.reason-missing"),
      (supervisor, String(repeating: "x", count: 1001), "vault.reason-missing"),
    ]
    for (principal, reason, code) in cases {
      let refusal = await failure {
        try await office.store.write { transaction in
          _ = try vault.breakGlass(
            Contact.self, fields: [.telephone], of: subject, because: Personal(reason), as: principal, in: transaction)
        }
      }
      XCTAssertEqual((refusal as? Problem)?.code, code)
    }
    let plain = await failure {
      try await office.store.write { transaction in
        _ = try vault.open(Contact.self, of: subject, for: .breakGlass, as: supervisor, in: transaction)
      }
    }
    XCTAssertEqual((plain as? Problem)?.code, "vault.reason-missing")
    let excerpt = try await office.store.write { transaction in
      _ = try vault.open(Biodata.self, of: subject, for: .service, as: clerk, in: transaction)
      return try vault.breakGlass(
        Contact.self, fields: [.telephone], of: subject, because: Personal("Planted: found unconscious in the hall"),
        as: supervisor, in: transaction)
    }
    XCTAssertEqual(excerpt?[.telephone]?.exposed, Contact.sample.telephone)
    let (list, all) = try await office.store.read { snapshot in
      (
        try vault.breakGlassOpenings(before: nil, limit: 10, in: snapshot),
        try vault.openings(before: nil, limit: 10, in: snapshot)
      )
    }
    XCTAssertEqual(list.map(\.reason?.exposed), ["Planted: found unconscious in the hall"])
    XCTAssertEqual(list.map(\.role), [.officer])
    XCTAssertEqual(all.map(\.purpose), [.breakGlass, .service])
    XCTAssertNil(all.last?.reason)
    let earlier = try await office.store.read { try vault.openings(before: all[0].entry, limit: 10, in: $0) }
    XCTAssertEqual(earlier, Array(all.dropFirst()))
    // The reason is about the person: it goes with them, that it happened stays.
    try await vault.erase(subject, for: .erasure, as: supervisor)
    let after = try await office.store.read { try vault.breakGlassOpenings(before: nil, limit: 10, in: $0) }
    XCTAssertEqual(after.count, 1)
    XCTAssertNil(after.first?.reason)
    await office.store.close()
    for name in try FileManager.default.contentsOfDirectory(atPath: office.directory) {
      let content = FileManager.default.contents(atPath: "\(office.directory)/\(name)")
      XCTAssertNil(content?.range(of: Data("unconscious".utf8)), name)
    }
  }
}
