import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Vault

/// Documents through the service.
final class DocumentArchiveTests: XCTestCase {
  func testADocumentComesBackAsItWasSentAndEachOpeningIsInTheLedger() async throws {
    let house = try await DocumentHouse()
    let content = SampleFile.pdf(SeededRandom(seed: 1).bytes(200_000))
    let summary = try await house.store(content)
    XCTAssertEqual(summary.type, .pdf)
    XCTAssertEqual(summary.byteCount, content.count)
    XCTAssertEqual(summary.state, .received)
    let opened = try await house.read(summary.id)
    XCTAssertEqual(opened, content)
    let listed = try await house.house.store.read { [archive = house.archive, subject = house.subject] in
      try archive.documents(of: subject, in: $0)
    }
    XCTAssertEqual(listed, [summary])
    let before = try await house.vault.condition().ledgerSize
    _ = try await house.archive.open(summary.id, for: .receipt, as: .applicant)
    let after = try await house.vault.condition().ledgerSize
    XCTAssertEqual(after, before + 1)
  }

  func testABrokenDocumentLeavesNoEntryThatSomebodyHasSeenIt() async throws {
    let house = try await DocumentHouse()
    let id = try await house.store(SampleFile.pdf()).id
    try write([1, 2, 3], to: await house.file(of: id))
    let before = try await house.vault.condition().ledgerSize
    let problem = await failure { try await house.read(id) } as? Problem
    XCTAssertEqual(problem?.code, "document.unreadable")
    let after = try await house.vault.condition().ledgerSize
    XCTAssertEqual(after, before)
    try FileManager.default.removeItem(atPath: await house.file(of: id))
    let second = await failure { try await house.read(id) } as? Problem
    XCTAssertEqual(second?.code, "document.unreadable")
  }

  func testTheRoundAndTheCheckReadEveryFileToItsEndAndNameWhatDoesNotOpen() async throws {
    let house = try await DocumentHouse()
    var ids: [DocumentID] = []
    for _ in 0..<4 { ids.append(try await house.store(SampleFile.pdf(SeededRandom(seed: 2).bytes(100_000))).id) }
    let round = DocumentRound(house.archive)
    for _ in 0..<12 { try await round.checkNext() }
    XCTAssertNil(round.trouble)
    let whole = try await house.archive.inspect { _ in }
    XCTAssertEqual(whole.count, 4)
    XCTAssertEqual(whole.faults, [])
    // In the middle: its beginning and its end are as they were.
    let path = try await house.file(of: ids[2])
    var content = try bytes(at: path)
    content[content.count / 2] ^= 1
    try write(content, to: path)
    let damaged = try await house.archive.inspect { _ in }
    XCTAssertEqual(damaged.faults, ["the document \(ids[2]) of person \(house.subject) does not open: \(path)"])
    let restored = try await house.archive.proveFiles()
    XCTAssertEqual([restored.named, restored.broken], [4, 1], "nor does a restore take it for whole")
    for _ in 0..<12 { try await round.checkNext() }
    XCTAssertEqual(round.trouble?.hasPrefix("1 sealed documents do not open"), true)
    try await house.house.store.write { [archive = house.archive, id = ids[2]] in try archive.remove(id, in: $0) }
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
    let house = try await DocumentHouse()
    var services = ServiceRegistry()
    services.provide(Vault.self, house.vault)
    services.provide(Store.self, house.house.store)
    services.provide((any WallClock).self, house.house.clock)
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, house.house.log)
    services.provide(StateDirectory.self, StateDirectory(path: house.house.directory))
    let module = try DocumentsModule(services: services)
    let reading = try XCTUnwrap(module.everyRound.first { $0.name.description == "the reading of documents" })
    let (priorities, seen) = AsyncStream.makeStream(of: TaskPriority.self)
    let task = module.begin(
      DocumentsModule.Round(name: "a probe", priority: reading.priority, interval: { .zero }) {
        seen.yield(Task.currentPriority)
      })
    var reader = priorities.makeAsyncIterator()
    let priority = await reader.next()
    task.cancel()
    await task.value
    XCTAssertEqual(priority, .background)
  }

  func testWhatUseMeetsIsKnownAtOnceAndForgottenWhenTheFileIsPutBack() async throws {
    let house = try await DocumentHouse()
    let content = SampleFile.pdf(SeededRandom(seed: 2).bytes(200_000))
    let id = try await house.store(content).id
    let path = try await house.file(of: id)
    let whole = try bytes(at: path)
    for change in ["in the middle", "gone"] {
      // In the middle, so that it opens and breaks off while it is read.
      var damaged = whole
      damaged[whole.count / 2] ^= 1
      if change == "gone" { try FileManager.default.removeItem(atPath: path) } else { try write(damaged, to: path) }
      let problem = await failure { try await house.read(id) } as? Problem
      XCTAssertEqual(problem?.code, "document.unreadable", change)
      XCTAssertEqual(house.archive.broken.trouble?.hasPrefix("1 sealed documents do not open"), true, change)
      try write(whole, to: path)
      try await DocumentRound(house.archive).checkNext()
      XCTAssertNil(house.archive.broken.trouble, change)
      let again = try await house.read(id)
      XCTAssertEqual(again, content)
    }
  }

  func testFilesAreClosedToOthersAndNothingOfThemIsInClear() async throws {
    let house = try await DocumentHouse()
    try await house.store(SampleFile.pdf(Array("Siti Planted Rahmawati".utf8)))
    var searched = 0
    for case let path as String in try XCTUnwrap(FileManager.default.enumerator(atPath: house.house.directory)) {
      let full = "\(house.house.directory)/\(path)"
      let attributes = try FileManager.default.attributesOfItem(atPath: full)
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      let content = try bytes(at: full)
      searched += content.count
      XCTAssertNil(content.firstRange(of: Array("Planted".utf8)), path)
      XCTAssertNil(content.firstRange(of: Array("%PDF".utf8)), path)
      if full.hasPrefix(house.folder) { XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o600, path) }
    }
    XCTAssertGreaterThan(searched, 1000)
    let mode = try FileManager.default.attributesOfItem(atPath: house.folder)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o700)
  }

  func testARefusedUploadLeavesNothing() async throws {
    let house = try await DocumentHouse(
      DocumentSettings(limits: DocumentLimits(byteCountMax: 1000, countPerPersonMax: 2)))
    let cases: [([UInt8], String)] = [
      ([], "document.empty"), (Array("just text, whatever its name".utf8), "document.type-refused"),
      (Array(SampleFile.jpeg().dropLast(2)), "document.broken"),
      (SampleFile.pdf([UInt8](repeating: 65, count: 2000)), "document.too-large"),
    ]
    for (content, code) in cases {
      let problem = await failure { try await house.store(content) } as? Problem
      XCTAssertEqual(problem?.code, code)
    }
    try await house.store(SampleFile.png())
    try await house.store(SampleFile.png())
    let problem = await failure { try await house.store(SampleFile.png()) } as? Problem
    XCTAssertEqual(problem?.code, "document.too-many")
    XCTAssertEqual(try house.fileNames().count, 2)
    XCTAssertEqual(try house.arrivingNames(), [])
  }

  func testWhatTheCallerWritesStandsOrFallsWithTheDocument() async throws {
    struct Refused: Error {}
    let house = try await DocumentHouse()
    let error = await failure {
      try await house.archive.store(pieces(SampleFile.png()), of: house.subject) { _, _ in throw Refused() }
    }
    XCTAssertTrue(error is Refused)
    XCTAssertEqual(try house.fileNames(), [])
    XCTAssertEqual(try house.arrivingNames(), [])
  }

  func testASenderWhoGoesAwayLeavesNothing() async throws {
    struct Gone: Error {}
    let house = try await DocumentHouse()
    let interrupted = AsyncThrowingStream<[UInt8], any Error> { continuation in
      continuation.yield(Array(SampleFile.jpeg().dropLast(2)))
      continuation.finish(throwing: Gone())
    }
    let error = await failure { try await house.archive.store(interrupted, of: house.subject) { _, _ in } }
    XCTAssertTrue(error is Gone)
    XCTAssertEqual(try house.fileNames(), [])
    XCTAssertEqual(try house.arrivingNames(), [])
  }

  func testAnUnknownPersonHasNoDocuments() async throws {
    let house = try await DocumentHouse()
    let problem = await failure { try await house.store(SampleFile.png(), of: SubjectID(4711)) } as? Problem
    XCTAssertEqual(problem?.code, "vault.unknown-subject")
  }

  func testARemovedDocumentIsGoneFromTheDiskAfterTheNextSweep() async throws {
    let house = try await DocumentHouse()
    let id = try await house.store(SampleFile.png()).id
    try await house.house.store.write { [archive = house.archive] in try archive.remove(id, in: $0) }
    let problem = await failure { try await house.read(id) } as? Problem
    XCTAssertEqual(problem?.code, "document.unknown")
    try await house.archive.sweep()
    XCTAssertEqual(try house.fileNames(), [])
  }

  func testARemovedDocumentStaysOnTheDiskWhileABackupCopiesIt() async throws {
    let house = try await DocumentHouse()
    let id = try await house.store(SampleFile.png()).id
    try await house.house.store.write { [archive = house.archive] in try archive.remove(id, in: $0) }
    do {
      let holds = try (0..<2).map { _ in try DocumentHold.begin(on: house.archive.folder.path) }
      try await house.archive.sweep()
      XCTAssertEqual(try house.fileNames().count, 1, "the backup's copy of the database names it")
      withExtendedLifetime(holds) {}
    }
    try await house.archive.sweep()
    XCTAssertEqual(try house.fileNames(), [])
  }

  func testFilesThatTheDataDoesNotNameAreLeftOutOfARestore() async throws {
    let house = try await DocumentHouse()
    let kept = try await house.store(SampleFile.png()).id
    let removed = try await house.store(SampleFile.png()).id
    try await house.house.store.write { [archive = house.archive] in try archive.remove(removed, in: $0) }
    try write([1, 2, 3], to: house.archive.folder.file("CAME-LATER"))
    try await house.archive.discardUnnamedFiles()
    XCTAssertEqual(try house.fileNames().count, 2, "one is named, and one waits for the sweep")
    try await house.archive.sweep()
    XCTAssertEqual(try house.fileNames().count, 1)
    let opened = try await house.read(kept)
    XCTAssertEqual(opened, SampleFile.png())
  }

  func testTheDocumentsOfAnErasedPersonAreUnreadableAtOnceAndGoneAfterTheNextSweep() async throws {
    let house = try await DocumentHouse()
    let kept = try await house.store(SampleFile.png(), of: house.newSubject())
    let id = try await house.store(SampleFile.png()).id
    try await house.vault.erase(house.subject, for: .erasure, as: .officer(OfficerID(1), .supervisor))
    let problem = await failure { try await house.read(id) } as? Problem
    XCTAssertEqual(problem?.code, "vault.unknown-subject")
    let refused = await failure { try await house.store(SampleFile.png()) } as? Problem
    XCTAssertEqual(refused?.code, "vault.unknown-subject")
    try await house.archive.sweep()
    XCTAssertEqual(try house.fileNames().count, 1)
    let opened = try await house.read(kept.id)
    XCTAssertEqual(opened, SampleFile.png())
  }

  func testTheSweepTakesLeftoversAndLeavesWhatIsStillArriving() async throws {
    let house = try await DocumentHouse()
    let kept = try await house.store(SampleFile.png())
    let keptName = try house.fileNames()
    // Killed while writing; killed between the lasting name and the row; killed between the row and its tidying.
    try write([1, 2, 3], to: house.archive.folder.arrivingFile("WRITING"))
    try write([1, 2, 3], to: house.archive.folder.arrivingFile("PUBLISHED"))
    try write([1, 2, 3], to: house.archive.folder.file("PUBLISHED"))
    try write([1, 2, 3], to: house.archive.folder.arrivingFile(keptName[0]))
    let (feed, stream) = Self.feed()
    let (archive, subject) = (house.archive, house.subject)
    let upload = Task { try await archive.store(stream, of: subject) { _, _ in } }
    feed.yield(Array(SampleFile.pdf().prefix(20)))
    while try house.arrivingNames().count < 4 { await Task.yield() }

    try await house.archive.sweep()
    XCTAssertEqual(try house.arrivingNames().count, 1)
    XCTAssertEqual(try house.fileNames(), keptName)
    feed.yield(Array(SampleFile.pdf().dropFirst(20)))
    feed.finish()
    let arrived = try await upload.value
    for (id, content) in [(kept.id, SampleFile.png()), (arrived.id, SampleFile.pdf())] {
      let opened = try await house.read(id)
      XCTAssertEqual(opened, content)
    }
  }

  private static func feed() -> (AsyncStream<[UInt8]>.Continuation, AsyncStream<[UInt8]>) {
    let (stream, continuation) = AsyncStream<[UInt8]>.makeStream()
    return (continuation, stream)
  }
}
