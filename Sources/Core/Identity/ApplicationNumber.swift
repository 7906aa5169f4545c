/// The number by which an applicant follows an application: eight random Crockford symbols and a
/// check symbol, printed as `7K3M-9QXD-2`.
///
/// It is drawn at random, so it tells nothing of how many came before it, and a mistyped one is
/// caught by its check symbol before any database is asked.
public struct ApplicationNumber: Hashable, Sendable, CustomStringConvertible {
  private static let symbolCount = 8

  /// The number without its check symbol, below 2^40.
  public let value: UInt64

  /// Draws a fresh number. Two draws may collide; the table that keeps it has the last word.
  public init(from random: any RandomSource) {
    value = random.uint64() >> 24
  }

  /// Reads what a person typed; nil when it is no application number or its check symbol is wrong.
  public init?(_ text: String) {
    guard let value = Crockford.decodeWithCheck(text, length: Self.symbolCount) else { return nil }
    self.value = value
  }

  /// The number in groups, as it is printed on receipts: `7K3M-9QXD-2`.
  public var description: String {
    let symbols = Crockford.encodeWithCheck(value, length: Self.symbolCount)
    return "\(symbols.prefix(4))-\(symbols.dropFirst(4).prefix(4))-\(symbols.suffix(1))"
  }
}
