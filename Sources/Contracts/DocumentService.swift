public import Core
public import Store

/// An uploaded document.
public enum DocumentTag {}
/// The identity of an uploaded document.
public typealias DocumentID = ID<DocumentTag>

/// What kind of file it is, by its content.
public enum DocumentType: String, Sendable, CaseIterable {
  /// A photograph (ITU-T T.81).
  case jpeg
  /// A picture without loss (ISO/IEC 15948).
  case png
  /// A document of pages (ISO 32000).
  case pdf

  /// As HTTP names it (RFC 6838).
  public var mediaType: StaticString {
    switch self {
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    case .pdf: "application/pdf"
    }
  }

  /// What a saved copy's name ends in.
  public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

  /// Whether a browser shows it as a picture.
  public var isPicture: Bool { self != .pdf }
}

/// What has become of a document.
public enum DocumentState: String, Sendable, CaseIterable {
  /// Whole and sealed; this office has no virus scanner.
  case received
  /// Whole and sealed; waits for the virus scanner, and may not be opened before.
  case quarantined
  /// The virus scanner found nothing.
  case clean
  /// The virus scanner found something; the content has been destroyed.
  case infected

  /// Whether it may be opened.
  public var isReadable: Bool { self == .received || self == .clean }
}

/// A document without its content.
public struct DocumentSummary: Sendable, Equatable {
  /// The identity of the document.
  public let id: DocumentID
  /// The person to whom it belongs.
  public let subject: SubjectID
  /// What kind of file it is, by its content.
  public let type: DocumentType
  /// How long its content is, before it was sealed.
  public let byteCount: Int
  /// What has become of it.
  public let state: DocumentState
  /// When it was whole.
  public let receivedAt: Instant

  /// A document as it is filed.
  public init(
    id: DocumentID, subject: SubjectID, type: DocumentType, byteCount: Int, state: DocumentState, receivedAt: Instant
  ) {
    self.id = id
    self.subject = subject
    self.type = type
    self.byteCount = byteCount
    self.state = state
    self.receivedAt = receivedAt
  }
}

/// A document that has been opened: the content comes in pieces, each of them authenticated before it is given out.
public struct DocumentContent: Sendable {
  /// What is known of the document besides its content.
  public let summary: DocumentSummary
  /// Ends after `summary.byteCount` bytes; throws `Problem` `document.unreadable` where the rest is not what was sealed.
  public let chunks: AsyncThrowingStream<[UInt8], any Error>

  /// A content that is read while it is opened.
  public init(summary: DocumentSummary, chunks: AsyncThrowingStream<[UInt8], any Error>) {
    self.summary = summary
    self.chunks = chunks
  }
}

/// How much is taken.
public struct DocumentLimits: Sendable, Equatable {
  /// The largest document, in bytes.
  public let byteCountMax: Int
  /// How many documents are kept for one person.
  public let countPerPersonMax: Int
  /// How much may be sent in one day.
  public let quotas: DocumentQuotas

  /// Limits as the configuration sets them.
  public init(byteCountMax: Int, countPerPersonMax: Int, quotas: DocumentQuotas = DocumentQuotas()) {
    self.byteCountMax = byteCountMax
    self.countPerPersonMax = countPerPersonMax
    self.quotas = quotas
  }

  /// The largest document as people read it: `5`, `0,5`.
  public var megabytes: String { DocumentSize.megabytes(byteCountMax) }
}

/// How much may be sent in one day, in bytes, what is replaced or taken back later included: more than any
/// person has to send, and less than fills a disk.
public struct DocumentQuotas: Sendable, Equatable {
  /// To one application.
  public var perApplication: Int
  /// From one network; many people may share one.
  public var perNetwork: Int
  /// By all people together.
  public var forEverybody: Int

  /// Quotas in bytes; those of an office that takes a few hundred applications a day unless given.
  public init(
    perApplication: Int = 200 * DocumentSize.megabyte, perNetwork: Int = 4000 * DocumentSize.megabyte,
    forEverybody: Int = 20_000 * DocumentSize.megabyte
  ) {
    self.perApplication = perApplication
    self.perNetwork = perNetwork
    self.forEverybody = forEverybody
  }
}

/// Sizes of documents as people read them.
public enum DocumentSize {
  /// In bytes, as phones count.
  public static let megabyte = 1_048_576

  /// `5`, `0,5`: no more than it is.
  public static func megabytes(_ byteCount: Int) -> String {
    let tenths = byteCount * 10 / megabyte
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10),\(tenths % 10)"
  }
}

/// Keeps documents that people upload: sealed in chunks under the person's data key, in files beside the database.
public protocol DocumentService: Sendable {
  /// How much is taken, as the configuration in force has it.
  var limits: DocumentLimits { get }

  /// Seals a document while it arrives, in constant memory, and files it once it is whole.
  ///
  /// When it returns the document is durable. Where a virus scanner is configured it has been asked, and the summary
  /// says whether it answered.
  ///
  /// - Parameters:
  ///   - chunks: the content, in pieces of any size; what it throws is thrown on, and nothing is kept.
  ///   - body: runs in the transaction that files the document; what it writes is durable with it or not at all.
  /// - Throws: `Problem` `document.empty`, `.too-large`, `.type-refused`, `.broken`, `.too-many`, `.not-kept`,
  ///   `vault.unknown-subject`.
  func store<Chunks: AsyncSequence & Sendable>(
    _ chunks: Chunks, of subject: SubjectID,
    filing body: @escaping @Sendable (DocumentSummary, borrowing Transaction) throws -> Void
  ) async throws -> DocumentSummary where Chunks.Element == [UInt8]

  /// The document; nil when there is none of that identity.
  func document<Database: Queryable & ~Copyable>(
    _ id: DocumentID, in database: borrowing Database
  ) throws -> DocumentSummary?

  /// The person's documents, the first one first.
  func documents<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [DocumentSummary]

  /// Opens a document; that it was opened, by whom and why is durable in the ledger before the first byte is given out.
  ///
  /// - Throws: `Problem` `document.unknown`, `.quarantined`, `.infected`, `.unreadable` when it is not what was sealed.
  func open(_ id: DocumentID, for purpose: Purpose, as principal: Principal) async throws -> DocumentContent

  /// Removes a document; its file follows within a minute of the transaction. Nothing happens when there is none.
  func remove(_ id: DocumentID, in transaction: borrowing Transaction) throws

  /// Removes all documents of a person, as when the person is erased.
  func removeAll(of subject: SubjectID, in transaction: borrowing Transaction) throws
}
