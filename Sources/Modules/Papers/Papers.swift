import Contracts
import Core
import Store

/// Draws, finds and ends the codes of papers.
struct Papers: PaperLinks {
  /// A code that has ended opens nothing and is kept for so long all the same. A date that is days ahead after a night
  /// without power is believed: once it is right, what people hold in their hands opens again.
  private static let keptAfterEnd = Duration.hours(24 * 7)

  let store: Store
  let hash: any KeyedHash
  let clock: any WallClock
  let random: any RandomSource

  func code(of subject: PaperSubject, until end: Instant) async throws -> PaperCode? {
    let now = clock.now
    guard now < end else { return nil }
    if let kept = try await store.read({ try PaperTable.kept(subject, in: $0) }), kept.expiry >= end {
      return code(kept.salt)
    }
    // Drawn out here: the closure may run again.
    let salt = random.bytes(PaperCode.byteCount)
    return try await store.write { transaction in
      // A paper that a person holds would never be found again.
      let isBelieved = clock.doubt == nil
      if isBelieved { try PaperTable.forget(before: now - Self.keptAfterEnd, in: transaction) }
      if let kept = try PaperTable.kept(subject, in: transaction), kept.expiry > now || !isBelieved {
        try PaperTable.prolong(subject, until: max(end, kept.expiry), in: transaction)
        return code(kept.salt)
      }
      guard let code = code(salt) else { return nil }
      try PaperTable.remove(subject, in: transaction)
      try PaperTable.insert(subject, mark: mark(code), salt: salt, until: end, in: transaction)
      return code
    }
  }

  func subject(of code: PaperCode) async throws -> PaperSubject? {
    let (mark, now) = (mark(code), clock.now)
    return try await store.read { try PaperTable.subject(marked: mark, at: now, in: $0) }
  }

  func end(_ subject: PaperSubject, in transaction: borrowing Transaction) throws {
    try PaperTable.remove(subject, in: transaction)
  }

  /// The code for which the row's random bits stand. Without the key they say nothing of it.
  private func code(_ salt: [UInt8]) -> PaperCode? {
    PaperCode(Array(hash.authenticate(salt, for: "papers.code").prefix(PaperCode.byteCount)))
  }

  /// The mark by which a code is found, and which cannot be reckoned back.
  private func mark(_ code: PaperCode) -> [UInt8] { hash.authenticate(code.bytes, for: "papers.mark") }
}

/// The codes that hold.
enum PaperTable {
  struct Kept {
    let salt: [UInt8]
    let expiry: Instant
  }

  static func kept<Database: Queryable & ~Copyable>(
    _ subject: PaperSubject, in database: borrowing Database
  ) throws -> Kept? {
    try database.row(
      """
      SELECT salt, expires_at FROM papers_code WHERE kind = \(subject.kind) AND reference = \(subject.reference)
      """
    ) { row in Kept(salt: try row.get(0), expiry: try row.get(1)) }
  }

  static func insert(
    _ subject: PaperSubject, mark: [UInt8], salt: [UInt8], until end: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO papers_code (mark, kind, reference, salt, expires_at)
      VALUES (\(mark), \(subject.kind), \(subject.reference), \(salt), \(end))
      """)
  }

  static func prolong(_ subject: PaperSubject, until end: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      UPDATE papers_code SET expires_at = \(end) WHERE kind = \(subject.kind) AND reference = \(subject.reference)
      """)
  }

  static func subject<Database: Queryable & ~Copyable>(
    marked mark: [UInt8], at now: Instant, in database: borrowing Database
  ) throws -> PaperSubject? {
    try database.row(
      "SELECT kind, reference FROM papers_code WHERE mark = \(mark) AND expires_at > \(now)"
    ) { row in PaperSubject(kind: try row.get(0), reference: try row.get(1)) } ?? nil
  }

  static func remove(_ subject: PaperSubject, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "DELETE FROM papers_code WHERE kind = \(subject.kind) AND reference = \(subject.reference)")
  }

  static func forget(before now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM papers_code WHERE expires_at <= \(now)")
  }
}

extension PaperSubject {
  fileprivate var kind: String {
    switch self {
    case .application: "application"
    case .ticket: "ticket"
    case .appointment: "appointment"
    }
  }

  fileprivate var reference: String {
    switch self {
    case .application(let number): number.description
    case .ticket(let code), .appointment(let code): code.description
    }
  }

  fileprivate init?(kind: String, reference: String) {
    switch kind {
    case "application":
      guard let number = ApplicationNumber(reference) else { return nil }
      self = .application(number)
    case "ticket", "appointment":
      guard let code = PublicCode(reference) else { return nil }
      self = kind == "ticket" ? .ticket(code) : .appointment(code)
    default: return nil
    }
  }
}
