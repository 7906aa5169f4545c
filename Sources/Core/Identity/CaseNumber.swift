/// A number by which people name something of the office: twelve digits, printed as `1234 5678 9092`.
///
/// The first digit is the kind, nine are random, so that a number tells nothing of how many came before it, and the last
/// two are check digits (ISO/IEC 7064, MOD 97-10), so that a mistyped one is caught before any database is asked. Digits
/// can be said in every language, typed on a number pad and scanned without escapes.
///
/// A number names and opens nothing: it may stand in an address, and what it names is shown only together with a date of
/// birth, a PIN or a pass.
public struct CaseNumber<Kind: NumberedKind>: Hashable, Sendable, CustomStringConvertible {
  /// The twelve digits as one number.
  public let value: UInt64

  /// Draws a fresh number. Two draws may collide; the table that keeps it has the last word.
  public init(from random: any RandomSource) {
    value = TypedNumber.value(Kind.kind, drawn: random.below(TypedNumber.drawnCount))
  }

  /// Draws a number that is not taken yet, again where two draws meet.
  ///
  /// - Throws: what `isTaken` throws; `Problem` `fault` when the random source gives only taken ones.
  public static func draw(from random: any RandomSource, unless isTaken: (Self) throws -> Bool) throws -> Self {
    // Of a billion numbers an office uses a few in a thousand; ten taken ones in a row never come.
    for _ in 0..<10 {
      let number = Self(from: random)
      if try !isTaken(number) { return number }
    }
    throw Problem(.fault, "fault")
  }

  /// Reads what a person typed; nil when it is no number of this kind.
  public init?(_ text: String) { self.init(TypedNumber(text)) }

  /// What was typed as a number of this kind; nil when it is none.
  public init?(_ typed: TypedNumber) {
    guard case .number(let value, Kind.kind) = typed else { return nil }
    self.value = value
  }

  /// The twelve digits without groups, as they stand in tables, addresses and QR codes.
  public var description: String { String(value) }

  /// The digits in groups of four, as people read, say and type them: `1234 5678 9092`.
  public var printed: String { TypedNumber.grouped(description) }
}
