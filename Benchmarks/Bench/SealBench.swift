import Bare
import Contracts
import Core
import Foundation
import Measuring
import People
import Store

/// Seals the records of synthetic people.
struct SealBench: Sendable {
  /// What a record of a person is padded to before it is sealed.
  static let paddedByteCount = 256
  /// About what a ciphertext is bound to: person, kind, versions.
  private static let associatedByteCount = 48
  private static let peopleCount = 500
  private static let roundCount = 10

  let measured: MeasuredModules

  /// Records sealed a second by the Vault, inside one transaction: encoding, data key, padding, cipher,
  /// blind index and row.
  func vaultRate() async throws -> Double {
    let vault = measured.services.require((any VaultService).self)
    let records = records
    let duration = try await measured.store.write { transaction in
      let subjects = try records.map { _ in try vault.createSubject(in: transaction) }
      let clock = ContinuousClock()
      let start = clock.now
      for _ in 0..<Self.roundCount {
        for (subject, record) in zip(subjects, records) { try vault.seal(record, of: subject, in: transaction) }
      }
      return clock.now - start
    }
    return Double(Self.roundCount * records.count) / duration.seconds
  }

  /// Plaintexts of the same padded length sealed a second by libcrypto.
  func bareRate() -> Double {
    let count = 200_000
    let sealer = BareSealer(key: key)
    let (plaintext, associated) = (plaintext, associated)
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<count { _ = sealer.seal(plaintext, associated: associated) }
    return Double(count) / (clock.now - start).seconds
  }

  /// The same with a row for each, replaced in one transaction as the Vault replaces them.
  func bareRateWithRow(in directory: URL) throws -> Double {
    let bare = try BareDatabase(at: directory.appendingPathComponent("sealed.db").path)
    try bare.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
    try bare.run(
      """
      CREATE TABLE record (
        subject INTEGER NOT NULL, kind TEXT NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY (subject, kind)
      ) STRICT
      """)
    let insert = try BareStatement(
      """
      INSERT INTO record (subject, kind, sealed) VALUES (?1, 'biodata', ?2)
      ON CONFLICT (subject, kind) DO UPDATE SET sealed = excluded.sealed
      """, of: bare)
    let sealer = BareSealer(key: key)
    let (plaintext, associated) = (plaintext, associated)
    let filler = String(repeating: "x", count: Self.paddedByteCount + 28)
    let clock = ContinuousClock()
    let start = clock.now
    try bare.run("BEGIN IMMEDIATE")
    for _ in 0..<Self.roundCount {
      for subject in 0..<Self.peopleCount {
        _ = sealer.seal(plaintext, associated: associated)
        insert.bind(1, Int64(subject))
        insert.bind(2, filler)
        _ = try insert.step()
        insert.reset()
      }
    }
    let duration = clock.now - start
    try bare.run("COMMIT")
    return Double(Self.roundCount * Self.peopleCount) / duration.seconds
  }

  private var key: [UInt8] { SeededRandom(seed: BenchCommand.seed).bytes(32) }
  private var plaintext: [UInt8] { [UInt8](repeating: 0x61, count: Self.paddedByteCount) }
  private var associated: [UInt8] { [UInt8](repeating: 0x62, count: Self.associatedByteCount) }

  private var records: [Personal<Biodata>] {
    let today = OfficeZone.wib.date(of: SystemClock().now)
    return PeopleMaker(seed: BenchCommand.seed, today: today).people(Self.peopleCount).map { person in
      var nik: String?
      if case .citizen(let digits, _) = person.identity { nik = digits }
      return Personal(
        Biodata(
          fullName: person.fullName, nik: nik, birthPlace: person.birthPlace,
          dateOfBirth: person.dateOfBirth.description,
          sex: person.sex, nationality: nik == nil ? "UTO" : "IDN"))
    }
  }
}
