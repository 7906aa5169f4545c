/// A row's identity that cannot be mixed up with another table's: `ID<Ticket>` is not an `ID<Visit>`.
///
/// `Tag` is only a name; it is never instantiated. The raw value is the row's 64-bit key.
public struct ID<Tag>: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The row's key in the database.
  public let rawValue: Int64

  /// The identity of the row with this key.
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// The identity of the row with this key; the short spelling.
  public init(_ rawValue: Int64) { self.rawValue = rawValue }

  /// The key in decimal digits, for log lines and addresses.
  public var description: String { String(rawValue) }

  /// Rows that were made earlier come first.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
