import Contracts
import Core
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// What is known of sealed files that were copied or put back.
final class RestoredDocumentsTests: XCTestCase {
  func testDocumentsThatAreGoneCutOffOrDamagedAreCountedAndThoseOfTheErasedAreNot() async throws {
    let office = try await DocumentOffice()
    let small = try await office.store(SampleFile.png()).id
    let large = try await office.store(SampleFile.pdf(SeededRandom(seed: 1).bytes(200_000))).id
    func counts() async throws -> [Int] {
      let counts = try await office.archive.proveFiles()
      return [counts.named, counts.broken]
    }
    var found = try await counts()
    XCTAssertEqual(found, [2, 0])
    let file = try FileHandle(forUpdating: URL(filePath: try await office.file(of: large)))
    try file.truncate(atOffset: 150_000)
    try file.close()
    found = try await counts()
    XCTAssertEqual(found, [2, 1])
    try FileManager.default.removeItem(atPath: try await office.file(of: small))
    found = try await counts()
    XCTAssertEqual(found, [2, 2])
    try await office.vault.erase(office.subject, for: .erasure, as: .system("test"))
    found = try await counts()
    XCTAssertEqual(found, [0, 0])
  }

  func testACopyIsComparedWithWhatTheDataKnowsOfItsDocumentsWithoutAnyKey() async throws {
    let office = try await DocumentOffice()
    var ids: [DocumentID] = []
    for seed in 1...5 as ClosedRange<UInt64> {
      ids.append(try await office.store(SampleFile.pdf(SeededRandom(seed: seed).bytes(100_000))).id)
    }
    let copied = {
      try CopiedDocuments(in: office.folder, namedBy: office.base.databasePath) {
        try ErasedPeople.contains($0, in: $1)
      }
    }
    XCTAssertEqual(try copied().count, 5)
    XCTAssertEqual(try copied().faults, [])

    let files = [
      try await office.file(of: ids[0]), try await office.file(of: ids[1]), try await office.file(of: ids[2]),
    ]
    try FileManager.default.removeItem(atPath: files[0])
    try write(Array(try bytes(at: files[1]).dropLast()), to: files[1])
    var content = try bytes(at: files[2])
    content[content.count / 2] ^= 1
    try write(content, to: files[2])
    let faults = try copied().faults
    XCTAssertEqual(Set(faults.map(\.document)), Set(ids.prefix(3)))
    for (id, words) in zip(ids, ["is missing", "bytes instead of", "is not as it was written"]) {
      let fault = try XCTUnwrap(faults.first { $0.document == id })
      XCTAssertTrue(fault.reason.contains(words), fault.reason)
    }
    try await office.vault.erase(office.subject, for: .erasure, as: .system("test"))
    XCTAssertEqual(try copied().count, 0, "nobody misses the documents of the erased")
  }

  func testAFileOfBeforeThereWereDigestsGetsItsOwnWhenItHasOpenedToItsEnd() async throws {
    let office = try await DocumentOffice()
    let id = try await office.store(SampleFile.pdf(SeededRandom(seed: 1).bytes(100_000))).id
    let digest = { try await office.base.store.read { try DocumentTable.digest(of: id, in: $0) } }
    let written = try await digest()
    XCTAssertEqual(written?.count, 32)
    try office.base.tamper("DELETE FROM documents_digest")
    let copied = try CopiedDocuments(in: office.folder, namedBy: office.base.databasePath) {
      try ErasedPeople.contains($0, in: $1)
    }
    XCTAssertEqual(copied.faults, [])
    _ = try await office.archive.inspect { _ in }
    let found = try await digest()
    XCTAssertEqual(found, written)
    try await office.base.store.write { [archive = office.archive] in try archive.remove(id, in: $0) }
    let gone = try await digest()
    XCTAssertNil(gone)
  }

  func testFilesThatAreGoneOrCutOffAreKnownInTheFirstRoundAfterAStart() async throws {
    let office = try await DocumentOffice()
    var ids: [DocumentID] = []
    for seed in 1...30 as ClosedRange<UInt64> {
      ids.append(try await office.store(SampleFile.pdf(SeededRandom(seed: seed).bytes(2_000))).id)
    }
    for id in ids.prefix(3) { try FileManager.default.removeItem(atPath: try await office.file(of: id)) }
    let cut = try await office.file(of: ids[3])
    try write(Array(try bytes(at: cut).dropLast()), to: cut)
    let round = DocumentRound(office.archive)
    try await round.checkNext()
    XCTAssertTrue(round.trouble?.contains("4 sealed documents do not open") == true, "\(round.trouble as Any)")
  }
}
