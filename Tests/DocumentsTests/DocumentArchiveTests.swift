import Contracts
import Core
import CryptoHarness
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// Documents through the service.
final class DocumentArchiveTests: XCTestCase {
  func testADocumentComesBackAsItWasSentAndEachOpeningIsInTheLedger() async throws {
    let office = try await DocumentOffice()
    let content = SampleFile.pdf(SeededRandom(seed: 1).bytes(200_000))
    let summary = try await office.store(content)
    XCTAssertEqual(summary.type, .pdf)
    XCTAssertEqual(summary.byteCount, content.count)
    XCTAssertEqual(summary.state, .received)
    let opened = try await office.read(summary.id)
    XCTAssertEqual(opened, content)
    let listed = try await office.base.store.read { [archive = office.archive, subject = office.subject] in
      try archive.documents(of: subject, in: $0)
    }
    XCTAssertEqual(listed, [summary])
    let before = try await office.vault.condition().ledgerSize
    _ = try await office.archive.open(summary.id, for: .receipt, as: .applicant)
    let after = try await office.vault.condition().ledgerSize
    XCTAssertEqual(after, before + 1)
  }

  func testABrokenDocumentLeavesNoEntryThatSomebodyHasSeenIt() async throws {
    let office = try await DocumentOffice()
    let id = try await office.store(SampleFile.pdf()).id
    try write([1, 2, 3], to: await office.file(of: id))
    let before = try await office.vault.condition().ledgerSize
    let problem = await failure { try await office.read(id) } as? Problem
    XCTAssertEqual(problem?.code, "document.unreadable")
    let after = try await office.vault.condition().ledgerSize
    XCTAssertEqual(after, before)
    try FileManager.default.removeItem(atPath: await office.file(of: id))
    let second = await failure { try await office.read(id) } as? Problem
    XCTAssertEqual(second?.code, "document.unreadable")
  }

  func testTheRoundAndTheCheckReadEveryFileToItsEndAndNameWhatDoesNotOpen() async throws {
    let office = try await DocumentOffice()
    var ids: [DocumentID] = []
    for _ in 0..<4 { ids.append(try await office.store(SampleFile.pdf(SeededRandom(seed: 2).bytes(100_000))).id) }
    let round = DocumentRound(office.archive)
    for _ in 0..<12 { try await round.checkNext() }
    XCTAssertNil(round.trouble)
    let whole = try await office.archive.inspect { _ in }
    XCTAssertEqual(whole.count, 4)
    XCTAssertEqual(whole.faults, [])
    // In the middle: its beginning and its end are as they were.
    let path = try await office.file(of: ids[2])
    var content = try bytes(at: path)
    content[content.count / 2] ^= 1
    try write(content, to: path)
    let damaged = try await office.archive.inspect { _ in }
    XCTAssertEqual(damaged.faults, ["the document \(ids[2]) of person \(office.subject) does not open: \(path)"])
    let restored = try await office.archive.proveFiles()
    XCTAssertEqual([restored.named, restored.broken], [4, 1], "nor does a restore take it for whole")
    for _ in 0..<12 { try await round.checkNext() }
    XCTAssertEqual(round.trouble?.hasPrefix("1 sealed documents do not open"), true)
    try await office.base.store.write { [archive = office.archive, id = ids[2]] in try archive.remove(id, in: $0) }
    for _ in 0..<12 { try await round.checkNext() }
    XCTAssertNil(round.trouble)
  }

  func testARoundOverHoweverManyFilesTakesLessThanAWeek() {
    for total in [0, 1, 7_999, 8_000, 1_000_000] {
      let sliceCount = total / DocumentRound.sliceSize(of: total) + 1
      XCTAssertLessThan(DocumentsModule.sweepInterval * sliceCount, .hours(24 * 7), "\(total) files")
    }
  }

  func testFilesAreReadBehindWhateverElseIsDone() async throws {
    let office = try await DocumentOffice()
    var services = ServiceRegistry()
    services.provide((any DocumentSealing).self, office.vault)
    services.provide((any ErasureService).self, office.vault)
    services.provide((any HoldingService).self, office.vault)
    services.provide(Store.self, office.base.store)
    services.provide((any WallClock).self, office.base.clock)
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, office.base.log)
    services.provide(StateDirectory.self, StateDirectory(path: office.base.directory))
    let module = try DocumentsModule(services: services)
    let reading = try XCTUnwrap(module.everyRound.first { $0.name.description == "the reading of documents" })
    let (priorities, seen) = AsyncStream.makeStream(of: TaskPriority.self)
    let round = module.begin(
      DocumentsModule.Round(name: "a probe", priority: reading.priority, interval: { .zero }) {
        seen.yield(Task.currentPriority)
      })
    var reader = priorities.makeAsyncIterator()
    let priority = await reader.next()
    await round.stop()
    XCTAssertEqual(priority, .background)
  }

  func testWhatUseMeetsIsKnownAtOnceAndForgottenWhenTheFileIsPutBack() async throws {
    let office = try await DocumentOffice()
    let content = SampleFile.pdf(SeededRandom(seed: 2).bytes(200_000))
    let id = try await office.store(content).id
    let path = try await office.file(of: id)
    let whole = try bytes(at: path)
    for change in ["in the middle", "gone"] {
      // In the middle, so that it opens and breaks off while it is read.
      var damaged = whole
      damaged[whole.count / 2] ^= 1
      if change == "gone" { try FileManager.default.removeItem(atPath: path) } else { try write(damaged, to: path) }
      let problem = await failure { try await office.read(id) } as? Problem
      XCTAssertEqual(problem?.code, "document.unreadable", change)
      XCTAssertEqual(office.archive.broken.trouble?.hasPrefix("1 sealed documents do not open"), true, change)
      try write(whole, to: path)
      try await DocumentRound(office.archive).checkNext()
      XCTAssertNil(office.archive.broken.trouble, change)
      let again = try await office.read(id)
      XCTAssertEqual(again, content)
    }
  }

  func testFilesAreClosedToOthersAndNothingOfThemIsInClear() async throws {
    let office = try await DocumentOffice()
    try await office.store(SampleFile.pdf(Array("Siti Planted Rahmawati".utf8)))
    var searched = 0
    for case let path as String in try XCTUnwrap(FileManager.default.enumerator(atPath: office.base.directory)) {
      let full = "\(office.base.directory)/\(path)"
      let attributes = try FileManager.default.attributesOfItem(atPath: full)
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      let content = try bytes(at: full)
      searched += content.count
      XCTAssertNil(content.firstRange(of: Array("Planted".utf8)), path)
      XCTAssertNil(content.firstRange(of: Array("%PDF".utf8)), path)
      if full.hasPrefix(office.folder) { XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o600, path) }
    }
    XCTAssertGreaterThan(searched, 1000)
    let mode = try FileManager.default.attributesOfItem(atPath: office.folder)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o700)
  }

  func testARefusedUploadLeavesNothing() async throws {
    let office = try await DocumentOffice(
      DocumentSettings(limits: DocumentLimits(byteCountMax: 1000, countPerPersonMax: 2)))
    let cases: [([UInt8], String)] = [
      ([], "document.empty"), (Array("just text, whatever its name".utf8), "document.type-refused"),
      (Array(SampleFile.jpeg().dropLast(2)), "document.broken"),
      (SampleFile.pdf([UInt8](repeating: 65, count: 2000)), "document.too-large"),
    ]
    for (content, code) in cases {
      let problem = await failure { try await office.store(content) } as? Problem
      XCTAssertEqual(problem?.code, code)
    }
    try await office.store(SampleFile.png())
    try await office.store(SampleFile.png())
    let problem = await failure { try await office.store(SampleFile.png()) } as? Problem
    XCTAssertEqual(problem?.code, "document.too-many")
    XCTAssertEqual(try office.fileNames().count, 2)
    XCTAssertEqual(try office.arrivingNames(), [])
  }

  func testWhatTheCallerWritesStandsOrFallsWithTheDocument() async throws {
    struct Refused: Error {}
    let office = try await DocumentOffice()
    let error = await failure {
      try await office.archive.store(pieces(SampleFile.png()), of: office.subject) { _, _ in throw Refused() }
    }
    XCTAssertTrue(error is Refused)
    XCTAssertEqual(try office.fileNames(), [])
    XCTAssertEqual(try office.arrivingNames(), [])
  }

  func testASenderWhoGoesAwayLeavesNothing() async throws {
    struct Gone: Error {}
    let office = try await DocumentOffice()
    let interrupted = AsyncThrowingStream<[UInt8], any Error> { continuation in
      continuation.yield(Array(SampleFile.jpeg().dropLast(2)))
      continuation.finish(throwing: Gone())
    }
    let error = await failure { try await office.archive.store(interrupted, of: office.subject) { _, _ in } }
    XCTAssertTrue(error is Gone)
    XCTAssertEqual(try office.fileNames(), [])
    XCTAssertEqual(try office.arrivingNames(), [])
  }

  func testAnUnknownPersonHasNoDocuments() async throws {
    let office = try await DocumentOffice()
    let problem = await failure { try await office.store(SampleFile.png(), of: SubjectID(4711)) } as? Problem
    XCTAssertEqual(problem?.code, "vault.unknown-subject")
  }

  func testARemovedDocumentIsGoneFromTheDiskAfterTheNextSweep() async throws {
    let office = try await DocumentOffice()
    let id = try await office.store(SampleFile.png()).id
    try await office.base.store.write { [archive = office.archive] in try archive.remove(id, in: $0) }
    let problem = await failure { try await office.read(id) } as? Problem
    XCTAssertEqual(problem?.code, "document.unknown")
    try await office.archive.sweep()
    XCTAssertEqual(try office.fileNames(), [])
  }

  func testARemovedDocumentStaysOnTheDiskWhileABackupCopiesIt() async throws {
    let office = try await DocumentOffice()
    let id = try await office.store(SampleFile.png()).id
    try await office.base.store.write { [archive = office.archive] in try archive.remove(id, in: $0) }
    do {
      let holds = try (0..<2).map { _ in try DocumentHold.begin(on: office.archive.folder.path) }
      try await office.archive.sweep()
      XCTAssertEqual(try office.fileNames().count, 1, "the backup's copy of the database names it")
      withExtendedLifetime(holds) {}
    }
    try await office.archive.sweep()
    XCTAssertEqual(try office.fileNames(), [])
  }

  func testFilesThatTheDataDoesNotNameAreLeftOutOfARestore() async throws {
    let office = try await DocumentOffice()
    let kept = try await office.store(SampleFile.png()).id
    let removed = try await office.store(SampleFile.png()).id
    try await office.base.store.write { [archive = office.archive] in try archive.remove(removed, in: $0) }
    try write([1, 2, 3], to: office.archive.folder.file("CAME-LATER"))
    try await office.archive.discardUnnamedFiles()
    XCTAssertEqual(try office.fileNames().count, 2, "one is named, and one waits for the sweep")
    try await office.archive.sweep()
    XCTAssertEqual(try office.fileNames().count, 1)
    let opened = try await office.read(kept)
    XCTAssertEqual(opened, SampleFile.png())
  }

  func testTheDocumentsOfAnErasedPersonAreUnreadableAtOnceAndGoneAfterTheNextSweep() async throws {
    let office = try await DocumentOffice()
    let kept = try await office.store(SampleFile.png(), of: office.newSubject())
    let id = try await office.store(SampleFile.png()).id
    try await office.vault.erase(office.subject, for: .erasure, as: .officer(OfficerID(1), .supervisor))
    let problem = await failure { try await office.read(id) } as? Problem
    XCTAssertEqual(problem?.code, "vault.unknown-subject")
    let refused = await failure { try await office.store(SampleFile.png()) } as? Problem
    XCTAssertEqual(refused?.code, "vault.unknown-subject")
    try await office.archive.sweep()
    XCTAssertEqual(try office.fileNames().count, 1)
    let opened = try await office.read(kept.id)
    XCTAssertEqual(opened, SampleFile.png())
  }

  func testTheSweepTakesLeftoversAndLeavesWhatIsStillArriving() async throws {
    let office = try await DocumentOffice()
    let kept = try await office.store(SampleFile.png())
    let keptName = try office.fileNames()
    // Killed while writing; killed between the lasting name and the row; killed between the row and its tidying.
    try write([1, 2, 3], to: "\(office.archive.folder.path)/arriving/WRITING")
    try write([1, 2, 3], to: "\(office.archive.folder.path)/arriving/PUBLISHED")
    try write([1, 2, 3], to: office.archive.folder.file("PUBLISHED"))
    try write([1, 2, 3], to: "\(office.archive.folder.path)/arriving/\(keptName[0])")
    let (feed, stream) = Self.feed()
    let (archive, subject) = (office.archive, office.subject)
    let upload = Task { try await archive.store(stream, of: subject) { _, _ in } }
    feed.yield(Array(SampleFile.pdf().prefix(20)))
    while try office.arrivingNames().count < 4 { await Task.yield() }

    try await office.archive.sweep()
    XCTAssertEqual(try office.arrivingNames().count, 1)
    XCTAssertEqual(try office.fileNames(), keptName)
    feed.yield(Array(SampleFile.pdf().dropFirst(20)))
    feed.finish()
    let arrived = try await upload.value
    for (id, content) in [(kept.id, SampleFile.png()), (arrived.id, SampleFile.pdf())] {
      let opened = try await office.read(id)
      XCTAssertEqual(opened, content)
    }
  }

  private static func feed() -> (AsyncStream<[UInt8]>.Continuation, AsyncStream<[UInt8]>) {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
    return (continuation, stream)
  }
}
