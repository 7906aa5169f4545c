/// An amount in whole rupiah, the only unit in which fees are set (PNBP has no decimals).
public struct Rupiah: Hashable, Sendable, Comparable, CustomStringConvertible, Codable {
  /// Whole rupiah; negative for what is given back.
  public let amount: Int64

  /// An amount of whole rupiah.
  public init(_ amount: Int64) { self.amount = amount }

  /// Reads a whole number.
  public init(from decoder: any Decoder) throws {
    amount = try decoder.singleValueContainer().decode(Int64.self)
  }

  /// Writes a whole number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(amount)
  }

  /// As Indonesians write it: `Rp650.000`.
  public var description: String {
    let digits = Array(String(amount.magnitude))
    let grouped = digits.enumerated().map { place, digit in
      place > 0 && (digits.count - place).isMultiple(of: 3) ? ".\(digit)" : String(digit)
    }
    return (amount < 0 ? "-Rp" : "Rp") + grouped.joined()
  }

  /// The smaller amount first.
  public static func < (left: Self, right: Self) -> Bool { left.amount < right.amount }
  /// The sum of both; a trap beyond 64 bits.
  public static func + (left: Self, right: Self) -> Self { Self(left.amount + right.amount) }
}
