import Contracts
import Core
import Crypto
import CryptoHarness
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// Sealed files as they lie on the disk, and what becomes of them in other hands.
final class SealedFileTests: XCTestCase {
  /// A key, its document and a file sealed under it; without a database, so that thousands can be opened.
  private struct Bench {
    let library: CryptoLibrary
    let path: String
    let sealer: DocumentSealer
    let byteCount: Int

    init(_ plaintext: [UInt8], in directory: String, document: Int64 = 1, subject: Int64 = 2, seed: UInt8 = 3) throws {
      library = try CryptoLibrary()
      path = "\(directory)/\(document)-\(subject)-\(seed)"
      byteCount = plaintext.count
      sealer = try DocumentSealer(
        for: DocumentID(document), of: SubjectID(subject),
        under: DataKey(version: 1, checking: secret([UInt8](repeating: seed, count: 32))),
        salt: [UInt8](repeating: 9, count: 16), library: library)
      let file = try opened(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
      var writer = try DocumentWriter.begin(into: file.number, by: sealer, library: library)
      for start in stride(from: 0, to: plaintext.count, by: 1000) {
        try plaintext[start..<min(start + 1000, plaintext.count)].withUnsafeBytes { try writer.take($0) }
      }
      try writer.finish()
    }

    func sealed() throws -> [UInt8] { try bytes(at: path) }

    /// Opens `bytes` in the file's place.
    func opening(_ bytes: [UInt8]) throws -> [UInt8] {
      try write(bytes, to: path)
      return try open(by: sealer)
    }

    func open(by sealer: DocumentSealer) throws -> [UInt8] {
      let file = try opened(path, O_RDONLY)
      var reader = try DocumentReader.open(file, byteCount: byteCount, by: sealer, library: library)
      var plaintext: [UInt8] = []
      while let chunk = try reader.next() { plaintext += chunk }
      return plaintext
    }
  }

  private func plaintext(_ count: Int) -> [UInt8] { SeededRandom(seed: 5).bytes(count) }

  private func refusal(_ body: () throws -> [UInt8]) -> DocumentFailure? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? DocumentFailure
    }
  }

  func testDocumentsOfEveryLengthAroundTheChunksComeBack() throws {
    let directory = try temporaryDirectory()
    for count in [0, 1, 15, 16, 17, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073, 300_000] {
      let bench = try Bench(plaintext(count), in: directory)
      XCTAssertEqual(try bench.sealed().count, DocumentFormat.fileByteCount(count))
      XCTAssertEqual(try bench.open(by: bench.sealer), plaintext(count), "\(count) bytes")
    }
  }

  func testEverySingleBitFlipOfASmallDocumentIsRefused() throws {
    let bench = try Bench(plaintext(120), in: temporaryDirectory())
    let sealed = try bench.sealed()
    // The version and the salt before the chunk are told apart in a test of their own.
    for bit in (DocumentFormat.headerByteCount * 8)..<(sealed.count * 8) {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      XCTAssertEqual(refusal { try bench.opening(changed) }, .notAuthentic(chunk: 0), "bit \(bit)")
    }
    XCTAssertEqual(try bench.opening(sealed), plaintext(120))
  }

  func testBitFlipsOfEveryChunkOfALongDocumentAreRefusedInTheirChunk() throws {
    let random = SeededRandom(seed: testSeed())
    let bench = try Bench(plaintext(140_000), in: temporaryDirectory())
    let sealed = try bench.sealed()
    for round in 0..<300 {
      let place = DocumentFormat.headerByteCount + random.below(sealed.count - DocumentFormat.headerByteCount)
      var changed = sealed
      changed[place] ^= 1 << random.below(8)
      let chunk = (place - DocumentFormat.headerByteCount) / DocumentFormat.sealedChunkByteCount
      XCTAssertEqual(refusal { try bench.opening(changed) }, .notAuthentic(chunk: chunk), "round \(round)")
    }
  }

  func testAChangedHeaderIsRefused() async throws {
    let office = try await DocumentOffice()
    let id = try await office.store(SampleFile.pdf()).id
    let path = try await office.file(of: id)
    let sealed = try bytes(at: path)
    for bit in 0..<(DocumentFormat.headerByteCount * 8) {
      var changed = sealed
      changed[bit / 8] ^= 1 << (bit % 8)
      try write(changed, to: path)
      let problem = await failure { try await office.read(id) } as? Problem
      XCTAssertEqual(problem?.code, "document.unreadable", "bit \(bit)")
    }
    try write(sealed, to: path)
    let opened = try await office.read(id)
    XCTAssertEqual(opened, SampleFile.pdf())
  }

  func testAFileCutOffAnywhereIsRefusedBeforeItsFirstByteIsGivenOut() throws {
    let bench = try Bench(plaintext(140_000), in: temporaryDirectory())
    let sealed = try bench.sealed()
    let ends =
      Array(0..<40) + [65_552, 65_569, 131_104, 131_121, sealed.count - 17, sealed.count - 16, sealed.count - 1]
    for end in ends {
      try write(Array(sealed[..<end]), to: bench.path)
      XCTAssertThrowsError(
        try DocumentReader.open(
          opened(bench.path, O_RDONLY), byteCount: bench.byteCount, by: bench.sealer, library: bench.library
        ).end(),
        "cut at \(end)"
      ) { XCTAssertEqual($0 as? DocumentFailure, .truncated) }
    }
  }

  func testAFileCutOffAtAChunkIsRefusedEvenWhenTheDatabaseSaysTheSame() throws {
    let directory = try temporaryDirectory()
    let bench = try Bench(plaintext(140_000), in: directory)
    let sealed = try bench.sealed()
    for chunkCount in 1...2 {
      try write(Array(sealed[..<DocumentFormat.offset(ofChunk: chunkCount)]), to: bench.path)
      XCTAssertThrowsError(
        try DocumentReader.open(
          opened(bench.path, O_RDONLY), byteCount: chunkCount * DocumentFormat.chunkByteCount, by: bench.sealer,
          library: bench.library
        ).end()
      ) { XCTAssertEqual($0 as? DocumentFailure, .notAuthentic(chunk: chunkCount - 1)) }
    }
  }

  func testAnythingAppendedIsRefused() throws {
    let bench = try Bench(plaintext(70_000), in: temporaryDirectory())
    let sealed = try bench.sealed()
    let lastChunk = Array(sealed[DocumentFormat.offset(ofChunk: 1)...])
    for tail in [[0], lastChunk, sealed] {
      XCTAssertEqual(refusal { try bench.opening(sealed + tail) }, .appended)
    }
  }

  func testChunksInAnotherOrderAreRefused() throws {
    let bench = try Bench(plaintext(3 * 65_536), in: temporaryDirectory())
    let sealed = try bench.sealed()
    let header = Array(sealed[..<DocumentFormat.headerByteCount])
    let chunks = (0..<3).map {
      Array(sealed[DocumentFormat.offset(ofChunk: $0)..<DocumentFormat.offset(ofChunk: $0 + 1)])
    }
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0], [0, 0, 2], [1, 1, 2], [2, 2, 2]] {
      let failure = refusal { try bench.opening(header + order.flatMap { chunks[$0] }) }
      guard case .notAuthentic = failure else { return XCTFail("\(order): \(String(describing: failure))") }
    }
  }

  func testAChunkOfAnotherDocumentOrPersonIsRefused() throws {
    let directory = try temporaryDirectory()
    let bench = try Bench(plaintext(100), in: directory)
    for (document, subject, seed) in [(2, 2, 3), (1, 3, 3), (1, 2, 4)] as [(Int64, Int64, UInt8)] {
      let other = try Bench(plaintext(100), in: directory, document: document, subject: subject, seed: seed)
      XCTAssertEqual(refusal { try bench.opening(try other.sealed()) }, .notAuthentic(chunk: 0))
    }
  }

  func testTwoFilesOfOnePersonWithTheSameContentHaveNothingInCommon() async throws {
    let office = try await DocumentOffice()
    let first = try bytes(at: await office.file(of: office.store(SampleFile.pdf()).id))
    let second = try bytes(at: await office.file(of: office.store(SampleFile.pdf()).id))
    XCTAssertEqual(first.count, second.count)
    let same = zip(first.dropFirst(), second.dropFirst()).count { $0 == $1 }
    XCTAssertLessThan(same, first.count / 8)
  }
}

extension DocumentReader {
  /// Lets a reader go, so that one can be made where a value is asked for.
  consuming func end() {}
}

private struct NoFile: Error {}

private func opened(_ path: String, _ flags: Int32, _ mode: mode_t = 0) throws -> FileDescriptor {
  guard let file = FileDescriptor(Glibc.open(path, flags, mode)) else { throw NoFile() }
  return file
}
