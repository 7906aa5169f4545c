/// A secret that opens one thing to whoever holds it: a ticket's own page, a complaint's progress.
///
/// Thirteen Crockford symbols of 64 random bits, so it cannot be guessed and can still
/// be typed from paper. Not personal data, and allowed in a URL.
public struct PublicCode: Hashable, Sendable, CustomStringConvertible {
  /// The code as it stands in URLs and tables: 13 upper-case symbols.
  public let description: String

  /// The code as it is shown to people, in groups: `8WGC-27FJ-QDSM-Y`. Reading it back ignores the hyphens.
  public var printed: String {
    let symbols = Array(description)
    return stride(from: 0, to: symbols.count, by: 4).map { String(symbols[$0..<min($0 + 4, symbols.count)]) }
      .joined(separator: "-")
  }

  /// Draws a fresh code.
  public init(from random: any RandomSource) {
    description = Crockford.encode(random.uint64(), length: 13)
  }

  /// Reads what a person typed or a URL holds; nil when it has another shape.
  public init?(_ text: String) {
    guard let symbols = Crockford.normalised(text), symbols.utf8.count == 13 else { return nil }
    description = symbols
  }
}
