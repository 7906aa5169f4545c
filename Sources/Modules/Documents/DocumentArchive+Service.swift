import Contracts
import Core
import Crypto
import Store

extension DocumentArchive: DocumentService {
  var limits: DocumentLimits { settings.limits }

  func store<Chunks: AsyncSequence & Sendable>(
    _ chunks: Chunks, of subject: SubjectID,
    filing body: @escaping @Sendable (DocumentSummary, borrowing Transaction) throws -> Void
  ) async throws -> DocumentSummary where Chunks.Element == [UInt8] {
    let settings = settings
    let id = DocumentID(Int64(random.uint64() >> 11))
    let sealer = try await store.write { [sealing] transaction in
      try sealing.sealer(for: id, of: subject, salt: nil, in: transaction)
    }
    let draft = Draft(by: sealer, library: library, byteCountMax: settings.limits.byteCountMax)
    let name = Crockford.encode(random.uint64(), length: 13) + Crockford.encode(random.uint64(), length: 13)
    let content = try await receive(chunks, into: draft, named: name)
    let summary = DocumentSummary(
      id: id, subject: subject, type: content.type, byteCount: content.byteCount,
      state: settings.scanner == nil ? .received : .quarantined, receivedAt: clock.now)
    let row = DocumentRow(summary: summary, name: name, keyVersion: sealer.keyVersion)
    try await file(row, content.digest, draft, countMax: settings.limits.countPerPersonMax, body)
    return try await scanned(row)
  }

  private func receive<Chunks: AsyncSequence & Sendable>(
    _ chunks: Chunks, into draft: Draft, named name: String
  ) async throws -> Draft.Content where Chunks.Element == [UInt8] {
    do {
      try await draft.begin(name, in: folder)
      for try await chunk in chunks { try await draft.take(chunk) }
      return try await draft.publish()
    } catch let refusal as ContentRefusal {
      throw refusal.problem
    } catch let failure as DocumentFailure {
      log.error("a document could not be written", ["document.failure": "\(failure)"])
      throw Problem(.unavailable, "document.not-kept")
    }
  }

  private func file(
    _ row: DocumentRow, _ digest: [UInt8], _ draft: Draft, countMax: Int,
    _ body: @escaping @Sendable (DocumentSummary, borrowing Transaction) throws -> Void
  ) async throws {
    do {
      try await store.write { transaction in
        try DocumentTable.insert(row, in: transaction)
        try DocumentTable.keep(digest, of: row.summary.id, in: transaction)
        try body(row.summary, transaction)
        // After the caller's part, which may have removed the document that this one replaces.
        guard try DocumentTable.count(of: row.summary.subject, in: transaction) <= countMax else {
          throw Problem(.conflict, "document.too-many", ["count": String(countMax)])
        }
      }
    } catch let error as StoreError {
      // Perhaps the disk has it and could not say so.
      await draft.leave()
      throw error
    }
    await draft.settle()
  }

  func document<Database: Queryable & ~Copyable>(
    _ id: DocumentID, in database: borrowing Database
  ) throws -> DocumentSummary? {
    try DocumentTable.find(id, in: database)?.summary
  }

  func documents<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [DocumentSummary] {
    try DocumentTable.all(of: subject, in: database).map(\.summary)
  }

  func open(_ id: DocumentID, for purpose: Purpose, as principal: Principal) async throws -> DocumentContent {
    try sealing.requirePermission(for: purpose, as: principal)
    let row = try await store.read { [sealing] snapshot in
      let row = try Self.readable(id, in: snapshot)
      try sealing.requireNoRestriction(of: row.summary.subject, for: purpose, in: snapshot)
      return row
    }
    let document = try await openFile(of: row)
    // Only now, so that the ledger does not say of a broken document that an officer has seen it.
    try await store.write { [sealing] transaction in
      _ = try Self.readable(id, in: transaction)
      try sealing.requireNoRestriction(of: row.summary.subject, for: purpose, in: transaction)
      try sealing.noteOpening(of: row.summary.subject, for: purpose, as: principal, in: transaction)
    }
    let chunks = AsyncThrowingStream<[UInt8], any Error> { [self] in
      do {
        return try await document.next()
      } catch let failure as DocumentFailure {
        throw await unreadable(row, failure)
      }
    }
    return DocumentContent(summary: row.summary, chunks: chunks)
  }

  private static func readable(
    _ id: DocumentID, in database: borrowing some Queryable & ~Copyable
  ) throws -> DocumentRow {
    guard let row = try DocumentTable.find(id, in: database) else { throw Problem(.notFound, "document.unknown") }
    switch row.summary.state {
    case .received, .clean: return row
    case .quarantined: throw Problem(.conflict, "document.quarantined")
    case .infected: throw Problem(.forbidden, "document.infected")
    }
  }

  func remove(_ id: DocumentID, in transaction: borrowing Transaction) throws {
    if let row = try DocumentTable.find(id, in: transaction) { try DocumentTable.remove(row, in: transaction) }
  }

  func removeAll(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    for row in try DocumentTable.all(of: subject, in: transaction) {
      try DocumentTable.remove(row, in: transaction)
    }
  }
}
