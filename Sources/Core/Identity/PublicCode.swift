/// A secret that opens one thing to whoever holds it: a ticket's own page, a complaint's progress.
///
/// Thirteen Crockford symbols of 64 random bits, so it cannot be guessed and can still
/// be typed from paper. Not personal data, and allowed in a URL.
public struct PublicCode: Hashable, Sendable, CustomStringConvertible {
  /// The code as it stands in URLs and tables: 13 upper-case symbols.
  public let description: String

  /// Draws a fresh code.
  public init(from random: any RandomSource) {
    description = Crockford.encode(random.uint64(), length: 13)
  }

  /// Reads what a person typed or a URL holds; nil when it has another shape.
  public init?(_ text: String) {
    let symbols = text.uppercased().filter { $0 != "-" && $0 != " " }
    let isWellFormed = symbols.utf8.count == 13 && symbols.utf8.allSatisfy { byte in
      "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8.contains(byte)
    }
    guard isWellFormed else { return nil }
    description = symbols
  }
}
