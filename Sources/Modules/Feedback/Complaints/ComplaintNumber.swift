internal import Core
internal import Store

/// The number by which a complaint is followed: twelve random Crockford symbols and a check symbol, printed
/// as `7K3M-9QXD-2ABC-5`. Sixty random bits cannot be guessed, and a mistyped one is caught before any
/// database is asked.
struct ComplaintNumber: Hashable, Sendable, CustomStringConvertible {
  private static let symbolCount = 12

  /// The number without its check symbol, below 2^60.
  let value: UInt64

  /// Draws a fresh number, again while its check symbol would be no digit or letter: numbers are read out.
  init(from random: any RandomSource) {
    var drawn = random.uint64() >> 4
    while drawn % 37 >= 32 { drawn = random.uint64() >> 4 }
    value = drawn
  }

  /// Reads what a person typed; nil when it is no complaint's number.
  init?(_ text: String) {
    guard let value = Crockford.decodeWithCheck(text, length: Self.symbolCount) else { return nil }
    self.value = value
  }

  var description: String {
    let symbols = Crockford.encodeWithCheck(value, length: Self.symbolCount)
    let groups = stride(from: 0, to: symbols.count, by: 4).map { symbols.dropFirst($0).prefix(4) }
    return groups.joined(separator: "-")
  }
}

/// Kept as text, as it is printed.
extension ComplaintNumber: SQLValue {
  var sqlCell: SQLCell { .text(description) }

  init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    self.init(text)
  }
}
