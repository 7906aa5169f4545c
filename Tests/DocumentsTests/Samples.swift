import Contracts
import Core
import CryptoHarness
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// Files as small as they can be and still be whole.
enum SampleFile {
  static func pdf(_ content: [UInt8] = Array("planted in a document".utf8)) -> [UInt8] {
    Array("%PDF-1.7\n".utf8) + content + Array("\nstartxref\n0\n%%EOF\n".utf8)
  }

  static func png(width: UInt8 = 1) -> [UInt8] {
    PNGWalker.signature + chunk("IHDR", [0, 0, 0, width, 0, 0, 0, 1, 8, 0, 0, 0, 0]) + chunk("IDAT", [1, 2, 3])
      + chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    [0, 0, 0, UInt8(content.count)] + Array(name.utf8) + content + [0, 0, 0, 0]
  }

  /// With a thumbnail's end marker inside a segment, where it must not be taken for the picture's.
  static func jpeg(width: UInt8 = 1) -> [UInt8] {
    let application: [UInt8] = [0xFF, 0xE1, 0, 6, 0xFF, 0xD8, 0xFF, 0xD9]
    let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 0, 1, 0, width, 1, 1, 0x11, 0]
    let scan: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xFF, 0, 0x34, 0xFF, 0xD0, 0x56]
    return [0xFF, 0xD8] + application + frame + scan + [0xFF, 0xD9]
  }
}

/// Bytes in pieces of `size`.
func pieces(_ bytes: [UInt8], of size: Int = 1000) -> AsyncStream<[UInt8]> {
  AsyncStream { continuation in
    for start in stride(from: 0, to: bytes.count, by: size) {
      continuation.yield(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    continuation.finish()
  }
}

/// An office with documents in it.
final class DocumentOffice {
  let base: VaultOffice
  let vault: Vault
  let archive: DocumentArchive
  let subject: SubjectID
  var folder: String { archive.folder.path }

  init(_ settings: DocumentSettings = DocumentSettings()) async throws {
    base = try await VaultOffice()
    try await base.store.migrate(VaultModule.schemas + [DocumentsModule.schema])
    let vault = try await base.vault()
    archive = try DocumentArchive(
      sealing: vault, erasures: vault, holdings: vault, store: base.store,
      folder: DocumentFolder(path: "\(base.directory)/documents"), clock: base.clock, random: SystemRandom(),
      log: base.log)
    archive.settings = settings
    try archive.folder.prepare()
    subject = try await base.store.write { try vault.createSubject(in: $0) }
    self.vault = vault
  }

  @discardableResult
  func store(_ bytes: [UInt8], of other: SubjectID? = nil) async throws -> DocumentSummary {
    try await archive.store(pieces(bytes), of: other ?? subject) { _, _ in }
  }

  func read(_ id: DocumentID, as principal: Principal = .officer(OfficerID(7), .clerk)) async throws -> [UInt8] {
    let content = try await archive.open(id, for: .service, as: principal)
    var bytes: [UInt8] = []
    for try await chunk in content.chunks { bytes += chunk }
    return bytes
  }

  func newSubject() async throws -> SubjectID {
    try await base.store.write { [vault] in try vault.createSubject(in: $0) }
  }

  func file(of id: DocumentID) async throws -> String {
    let row = try await base.store.read { try DocumentTable.find(id, in: $0) }
    return archive.folder.file(try XCTUnwrap(row).name)
  }

  /// Everything in the folder but the arrivals' own directory.
  func fileNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "arriving" }.sorted()
  }

  func arrivingNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/arriving")
  }
}

func bytes(at path: String) throws -> [UInt8] {
  [UInt8](try XCTUnwrap(FileManager.default.contents(atPath: path)))
}

func write(_ bytes: [UInt8], to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}
