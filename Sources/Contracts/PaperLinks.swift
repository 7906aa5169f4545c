public import Core
public import Store

/// The 128 random bits that the QR code on one paper holds, and nothing besides: no number, no name, no kind.
public struct PaperCode: Hashable, Sendable, CustomStringConvertible {
  /// 128 bits.
  public static let byteCount = 16

  /// The bits, as 16 bytes.
  public let bytes: [UInt8]

  /// - Returns: nil for another length.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Reads what an address holds; scanners may turn its letters.
  public init?(_ text: String) {
    guard text.utf8.count == 26, let bytes = Crockford.bytes(of: text) else { return nil }
    self.init(bytes)
  }

  /// Reads the whole address as a scanner sends it, wherever it leads: an office may have moved since it was printed.
  public init?(scanned text: String) {
    let parts = text.filter { !$0.isWhitespace }.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 5, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty,
      parts[3].lowercased() == "k"
    else { return nil }
    self.init(String(parts[4]))
  }

  /// As it stands in an address: 26 upper-case symbols.
  public var description: String { Crockford.encode(bytes) }

  /// The path of its address, below the office's own.
  public var path: String { "/k/\(description)" }
}

/// What a paper is about.
public enum PaperSubject: Hashable, Sendable {
  /// An application, by its number.
  case application(ApplicationNumber)
  /// The secrets of their own pages, which stand on no paper.
  case ticket(PublicCode)
  /// The same of an appointment.
  case appointment(PublicCode)
}

/// Gives each paper its own random bits, and tells from them what the paper is about.
///
/// A reader of the database has none of them: it keeps what they are made of under a key, and their mark.
public protocol PaperLinks: Sendable {
  /// The code of the paper about `subject`: the same each time it is printed, until it ends.
  ///
  /// - Returns: nil where `end` has passed.
  func code(of subject: PaperSubject, until end: Instant) async throws -> PaperCode?

  /// What the paper with that code is about; nil for an unknown code, and for one that has ended.
  func subject(of code: PaperCode) async throws -> PaperSubject?

  /// Ends the code of a paper, in the caller's transaction.
  func end(_ subject: PaperSubject, in transaction: borrowing Transaction) throws
}

extension PaperLinks {
  /// What the paper of a ticket holds, until the day after its own; nil where it cannot be had, and then the paper has no
  /// QR code: the number on it is what matters.
  public func code(of ticket: Ticket, _ zone: OfficeZone) async -> PaperCode? {
    await code(of: .ticket(ticket.code), visiting: ticket.day, zone)
  }

  /// The same for what is about a visit on that day.
  public func code(of subject: PaperSubject, visiting day: CivilDate, _ zone: OfficeZone) async -> PaperCode? {
    guard let midnight = CivilTime("00:00") else { return nil }
    return try? await code(of: subject, until: zone.instant(day.adding(days: 2), midnight))
  }
}

extension CasePass {
  /// The cookie of a browser that has read the code on a receipt.
  public static let paperCookie: StaticString = "kertas"

  /// What the code on a receipt gives a browser: it shows what the receipt shows, and opens no more.
  public static func ofPaper(hash: any KeyedHash, clock: any WallClock) -> CasePass {
    CasePass(hash: hash, clock: clock, for: "application.paper", lifetime: .hours(2))
  }
}
