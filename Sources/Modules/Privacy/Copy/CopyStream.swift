import Contracts
import Core

/// The archive while it is sent: a document is opened when its turn comes and passes through in pieces, so that nothing
/// of it is whole in memory or in clear on the disk.
actor CopyStream {
  /// One file of the archive.
  struct Part: Sendable {
    enum Content: Sendable {
      case bytes([UInt8])
      case document(DocumentID)
    }

    let entry: ZipWriter.Entry
    let content: Content

    init(_ entry: ZipWriter.Entry, _ content: Content) {
      self.entry = entry
      self.content = content
    }
  }

  private let parts: [Part]
  private let documents: (any DocumentService)?
  private var writer: ZipWriter
  private var place = 0
  private var isFinished = false
  private var source: AsyncThrowingStream<[UInt8], any Error>.Iterator?
  private var isInside = false

  init(_ parts: [Part], documents: (any DocumentService)?, writer: ZipWriter) {
    self.parts = parts
    self.documents = documents
    self.writer = writer
  }

  /// The next piece; nil after the last one.
  ///
  /// - Throws: what opening and reading a document throws; the archive is then broken off.
  func next() async throws -> [UInt8]? {
    guard place < parts.count else {
      if isFinished { return nil }
      isFinished = true
      return writer.finish()
    }
    let part = parts[place]
    guard isInside else {
      isInside = true
      return try await begin(part)
    }
    if var source {
      let chunk = try await source.next(isolation: self)
      self.source = source
      if let chunk { return try writer.add(chunk) }
      self.source = nil
    }
    isInside = false
    place += 1
    return try writer.end()
  }

  private func begin(_ part: Part) async throws -> [UInt8] {
    let head = writer.begin(part.entry)
    switch part.content {
    case .bytes(let bytes): return try head + writer.add(bytes)
    case .document(let id):
      guard let documents else { throw Problem(.notFound, "document.unknown") }
      source = try await documents.open(id, for: .rights, as: .applicant).chunks.makeAsyncIterator()
      return head
    }
  }
}
