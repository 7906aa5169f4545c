/// A secret that opens one thing to whoever holds it, such as a ticket's own page. It stands in addresses and QR codes;
/// what people say and type is a `CaseNumber` and its PIN.
///
/// Thirteen Crockford symbols of 64 random bits, so it cannot be guessed. Not personal data, and allowed in a URL.
public struct PublicCode: Hashable, Sendable, CustomStringConvertible {
  /// The code as it stands in URLs and tables: 13 upper-case symbols.
  public let description: String

  /// Draws a fresh code.
  public init(from random: any RandomSource) {
    description = Crockford.encode(random.uint64(), length: 13)
  }

  /// Reads what a URL or a scanner holds; nil when it has another shape.
  public init?(_ text: String) {
    guard let symbols = Crockford.normalised(text), symbols.utf8.count == 13 else { return nil }
    description = symbols
  }
}
