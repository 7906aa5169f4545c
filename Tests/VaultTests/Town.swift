import Client
import Contracts
import Core
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

extension VaultOffice {
  /// Registers so many people, each with a name of their own, in one transaction.
  func settle(_ count: Int, _ vault: Vault) async throws -> [SubjectID] {
    try await store.write { transaction in
      try (0..<count).map { _ in
        let subject = try vault.createSubject(in: transaction)
        try vault.seal(Personal(Biodata.named(subject)), of: subject, in: transaction)
        return subject
      }
    }
  }

  /// The name under which the person was registered, if it can be read.
  func name(of subject: SubjectID, _ vault: Vault) async throws -> String? {
    try await store.write { transaction in
      try vault.open(
        Biodata.self, of: subject, for: .service, as: .officer(OfficerID(1), .clerk), in: transaction)?.exposed.fullName
    }
  }

  /// The names under which people were registered, as far as they can be read.
  func names(of people: [SubjectID], _ vault: Vault) async throws -> [String?] {
    try await store.write { transaction in
      try people.map { subject in
        try vault.open(
          Biodata.self, of: subject, for: .service, as: .officer(OfficerID(1), .clerk), in: transaction)?.exposed
          .fullName
      }
    }
  }

  /// The person's wrapped data key, as it stands in the ring.
  func wrappedKey(of subject: SubjectID, _ vault: Vault) async throws -> [UInt8] {
    let keyRing = try vault.opened.keyRing
    return try XCTUnwrap(
      try keyRing.file.read { try $0.value("SELECT wrapped FROM keyring_keys WHERE subject = \(subject)") as [UInt8]? })
  }

  /// A number out of the database, or of the ring as `ring.…`.
  func number(_ sql: String) throws -> Int {
    let said = try ChildProcess.run(
      "/usr/bin/sqlite3",
      ["-cmd", ".timeout 10000", databasePath, "ATTACH '\(directory)/keyring.db' AS ring; \(sql)"]
    ).text
    return try XCTUnwrap(Int(said.trimmingCharacters(in: .whitespacesAndNewlines)))
  }
}

extension Biodata {
  /// What is written of the person of that number, so that a test can tell one from another.
  static func named(_ subject: SubjectID) -> Biodata {
    Biodata(
      fullName: "Person \(subject)", nik: nil, birthPlace: "Agam", dateOfBirth: "1990-07-01", sex: "P",
      nationality: "IDN")
  }
}

/// A VaultCrasher that was started; killed when the test says so.
final class Crasher {
  private let process: ChildProcess

  init(_ arguments: [String]) throws {
    process = try ChildProcess(ChildProcess.built("VaultCrasher"), arguments)
  }

  /// Waits for that many lines, then for some more microseconds, and kills it.
  ///
  /// - Returns: all lines after the first, `ready`.
  func killed(afterLines count: Int, andMicroseconds pause: Int) throws -> [String] {
    try process.waitForLines(count)
    // Not to wait for something: where the kill falls is what is random here.
    usleep(UInt32(pause))
    XCTAssertTrue(process.isRunning, "it ended by itself")
    process.end(with: SIGKILL)
    return process.speech.text.split(separator: "\n").dropFirst().map(String.init)
  }
}
