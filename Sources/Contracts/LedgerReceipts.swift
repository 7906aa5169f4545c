public import Core

/// What a receipt says: nothing that its holder would not show.
public struct ReceiptStatement: Sendable, Equatable {
  /// What the office confirms.
  public enum Matter: String, Sendable, CaseIterable {
    /// An application was registered.
    case application
    /// A document was handed over.
    case handOver = "hand-over"
    /// A person's data was erased.
    case erasure
  }

  /// The longest reference, in characters: an application number has twelve.
  public static let referenceCharacterCountMax = 24

  /// What is confirmed.
  public let matter: Matter
  /// What it is about, such as an application number: letters, digits and hyphens.
  public let reference: String
  /// For an erasure: the day from which not even a backup of the keys is left.
  public let day: CivilDate?

  /// Nil when the reference is empty, too long, or has other characters.
  public init?(_ matter: Matter, about reference: String, day: CivilDate? = nil) {
    let isReference = reference.utf8.allSatisfy { symbol in
      symbol == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(symbol)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(symbol)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(symbol)
    }
    guard isReference, (1...Self.referenceCharacterCountMax).contains(reference.utf8.count) else { return nil }
    self.matter = matter
    self.reference = reference
    self.day = day
  }
}

/// A receipt as it is printed.
public struct Receipt: Sendable, Equatable {
  /// Some hundred symbols of Crockford's base 32: for a QR code, an address, or copying by hand.
  public let text: String
  /// Whether it carries its proof; before the next signed head it is the office's signed promise only.
  public let isProven: Bool

  /// A receipt that has been issued.
  public init(text: String, isProven: Bool) {
    self.text = text
    self.isProven = isProven
  }
}

/// What a genuine receipt says.
public struct ReceiptContent: Sendable, Equatable {
  /// What the office has confirmed.
  public let statement: ReceiptStatement
  /// The entry's index in the ledger.
  public let entry: Int64
  /// When the entry was appended.
  public let recordedAt: Instant
  /// When the head that proves it was signed; nil for a promise.
  public let provenAt: Instant?

  /// What was read from a receipt whose signature fits.
  public init(statement: ReceiptStatement, entry: Int64, recordedAt: Instant, provenAt: Instant?) {
    self.statement = statement
    self.entry = entry
    self.recordedAt = recordedAt
    self.provenAt = provenAt
  }
}

/// What checking a receipt has found.
public enum ReceiptVerdict: Sendable, Equatable {
  /// Signed by this office, and proven to stand in its ledger.
  case genuine(ReceiptContent)
  /// Signed by this office, but its entry is not yet in a signed head.
  case notYetProven(ReceiptContent)
  /// Signed by this office, but its ledger does not hold the entry: the ledger was changed, or put back to an earlier
  /// state.
  case notInLedger(ReceiptContent)
  /// Made out in this office's name, but not signed by it as it stands: forged or altered.
  case forged
  /// Signed with another key, such as another office's.
  case otherKey
  /// No receipt, or only a part of one.
  case unreadable
}
