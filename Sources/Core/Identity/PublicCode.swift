/// A secret that opens one thing to its holder, such as a ticket's own page. Programs pass it on and show it to no
/// person: addresses have it covered, papers hold bits of their own, and what people say and type is a `CaseNumber` and its PIN.
///
/// Thirteen Crockford symbols of 64 random bits, so it cannot be guessed. Not personal data.
public struct PublicCode: Hashable, Sendable, CustomStringConvertible {
  /// The code as it stands in tables: 13 upper-case symbols.
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
