import Contracts
import Core
import Expectations
import Store
import VaultHarness
import XCTest

@testable import Vault

/// What the Vault lets each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testTheVaultAsksForTheRightThatTheTableNames() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let store = office.store
    // A person of its own for each call: one who was erased or restricted refuses for another reason.
    func person() async throws -> SubjectID {
      try await store.write { transaction in
        let subject = try vault.createSubject(in: transaction)
        try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
        return subject
      }
    }
    func open(_ purpose: Purpose, as officer: Principal) async throws {
      let subject = try await person()
      try await store.write { _ = try vault.open(Contact.self, of: subject, for: purpose, as: officer, in: $0) }
    }
    try await XCTAssertDuties(
      of: "Vault",
      [
        "Vault.open service": { try await open(.service, as: $0) },
        "Vault.open duplicate-check": { try await open(.duplicateCheck, as: $0) },
        "Vault.open rights": { try await open(.rights, as: $0) },
        "Vault.restrict": { officer in
          let subject = try await person()
          try await store.write { try vault.restrict(subject, as: officer, in: $0) }
        },
        "Vault.breakGlass": { officer in
          let subject = try await person()
          _ = try await store.write { transaction in
            try vault.breakGlass(
              Contact.self, fields: [.telephone], of: subject, because: Personal("a reason that is long enough"),
              as: officer, in: transaction)
          }
        },
        "Vault.erase": { officer in
          let subject = try await person()
          _ = try await vault.erase(subject, for: .erasure, as: officer)
        },
      ])
  }
}
