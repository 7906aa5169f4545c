import Contracts
import Core
import Crypto
import Store

/// The documents: rows in the database, sealed files in the folder, and the way between them.
final class DocumentArchive: Sendable {
  let sealing: any DocumentSealing
  let erasures: any ErasureService
  let holdings: any HoldingService
  let store: Store
  let folder: DocumentFolder
  let clock: any WallClock
  let random: any RandomSource
  let log: any Log
  let library: CryptoLibrary
  let scanner: ScannerService
  let broken = BrokenDocuments()
  let settingsInForce: Reloadable<DocumentSettings>

  init(
    sealing: any DocumentSealing, erasures: any ErasureService, holdings: any HoldingService, store: Store,
    folder: DocumentFolder, clock: any WallClock, random: any RandomSource, log: any Log,
    settings: Reloadable<DocumentSettings> = Reloadable(DocumentSettings()) { nil }
  ) throws {
    self.sealing = sealing
    self.erasures = erasures
    self.holdings = holdings
    self.store = store
    self.folder = folder
    self.clock = clock
    self.random = random
    self.log = log
    settingsInForce = settings
    library = try CryptoLibrary()
    scanner = ScannerService(clock: clock)
  }

  /// What is in force.
  var settings: DocumentSettings {
    get { settingsInForce.now }
    set { settingsInForce.put(newValue) }
  }

  /// A document's file, opened and proven whole. Leaves no entry: that is for the caller, which gives it out.
  ///
  /// - Throws: `Problem` `document.unreadable`, `document.unknown` when it was removed meanwhile, `vault.unknown-subject`,
  ///   `vault.unreadable`.
  func openFile(of row: DocumentRow) async throws -> OpenDocument {
    let document = OpenDocument(row, in: folder, library: library)
    do {
      let salt = try await document.salt()
      let sealer = try await sealer(for: row, salt: salt)
      try await document.begin(by: sealer)
      return document
    } catch let failure as DocumentFailure {
      throw await unreadable(row, failure)
    } catch let problem as Problem where problem.code == "vault.unreadable" {
      broken.insert(row.summary.id)
      throw problem
    }
  }

  /// After all erasures that are under way, where there can be any.
  private func sealer(for row: DocumentRow, salt: [UInt8]) async throws -> DocumentSealer {
    let (id, subject) = (row.summary.id, row.summary.subject)
    if store.isReadOnly {
      return try await store.read { [sealing] in try sealing.sealer(for: id, of: subject, salt: salt, in: $0) }
    }
    return try await store.write { [sealing] in try sealing.sealer(for: id, of: subject, salt: salt, in: $0) }
  }

  /// Says in the log what the reader is not told, and remembers it for health.
  func unreadable(_ row: DocumentRow, _ failure: DocumentFailure) async -> Problem {
    // The file goes when the document does.
    if (try? await isGone(row)) == true { return Problem(.notFound, "document.unknown") }
    // Once: a round looks again at what is broken.
    guard broken.insert(row.summary.id) else { return Problem(.fault, "document.unreadable") }
    log.note(
      .damageFound,
      [
        "vault.found": "a sealed document does not open", "document.id": row.summary.id.description,
        "vault.subject": row.summary.subject.description,
        "document.failure": "\(failure)", "store.file": folder.file(row.name),
      ])
    return Problem(.fault, "document.unreadable")
  }

  /// Whether a document was removed, or its person erased, since its row was read.
  func isGone(_ row: DocumentRow) async throws -> Bool {
    try await store.read { snapshot in
      try !DocumentTable.holds(name: row.name, in: snapshot)
        || self.isErased(row.summary.subject, in: snapshot)
    }
  }

  /// Whether a document's person is erased.
  func isErased(_ subject: SubjectID, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try erasures.receipt(ofErased: subject, in: database) != nil
  }
}
