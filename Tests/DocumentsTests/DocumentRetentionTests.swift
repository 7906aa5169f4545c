import Contracts
import Core
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// Documents under the Vault's retention.
final class DocumentRetentionTests: XCTestCase {
  func testDocumentsHaveATimeOfTheirOwn() async throws {
    let documents = try await DocumentOffice()
    let (office, subject) = (documents.base, documents.subject)
    let retention = Retention(vault: documents.vault)
    documents.vault.alsoRetains(AgingDocuments())
    try await office.store.write { [vault = documents.vault] in
      try vault.seal(Personal(Biodata.sample), of: subject, in: $0)
    }
    let old = try await documents.store(SampleFile.pdf())
    let oldFile = try await documents.file(of: old.id)
    office.clock.advance(by: .hours(24 * 500))
    let young = try await documents.store(SampleFile.png())
    office.clock.advance(by: .hours(24 * 293))
    try await retention.announce()
    office.clock.advance(by: .hours(24 * 7))
    let plan = try await retention.plan()
    XCTAssertEqual(plan.findings.filter { $0.recordCount > 0 }.map(\.rule.record), [.document])
    let report = try await retention.run()
    XCTAssertEqual([plan.recordCount, report.recordCount, report.personCount], [1, 1, 0])
    let left = try await office.store.read { [archive = documents.archive] in
      try archive.documents(of: subject, in: $0)
    }
    XCTAssertEqual(left.map(\.id), [young.id])
    try await documents.archive.sweep()
    XCTAssertFalse(FileManager.default.fileExists(atPath: oldFile))
    let biodata = try await office.store.write { [vault = documents.vault] in
      try vault.open(Biodata.self, of: subject, for: .service, as: .officer(OfficerID(1), .clerk), in: $0)
    }
    XCTAssertNotNil(biodata, "the person's records have a time of their own")
    let entries = try await office.store.read { [vault = documents.vault] in
      try vault.entries(about: subject, limit: 50, in: $0)
    }
    XCTAssertEqual(entries.filter { $0.kind == .retention }.map { $0.facts["record"] }, ["document"])
  }

  func testADocumentGoesWithAnEntryOfItsOwnBeforeItsPersonDoes() async throws {
    let documents = try await DocumentOffice()
    let (office, subject) = (documents.base, documents.subject)
    let retention = Retention(vault: documents.vault)
    documents.vault.alsoRetains(AgingDocuments())
    try await office.store.write { [vault = documents.vault] in
      try vault.seal(Personal(Biodata.sample), of: subject, in: $0)
    }
    _ = try await documents.store(SampleFile.pdf())
    office.clock.advance(by: .hours(24 * 3700))
    try await retention.announce()
    office.clock.advance(by: .hours(24 * 8))
    let report = try await retention.run()
    XCTAssertEqual([report.recordCount, report.personCount], [2, 1])
    let rules = documents.vault.policy.retention.map(\.record)
    XCTAssertEqual(report.findings.map(\.rule.record), rules, "said in the order of the file")
    let entries = try await office.store.read { [vault = documents.vault] in
      try vault.entries(about: subject, limit: 50, in: $0)
    }
    let order = entries.sorted { $0.entry < $1.entry }.compactMap { entry in
      entry.kind == .retention ? entry.facts["record"] : entry.kind == .erasure ? "erasure" : nil
    }
    XCTAssertEqual(order, ["document", "biodata", "erasure"])
  }
}
