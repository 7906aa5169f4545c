/// A row's identity that cannot be mixed up with another table's: `ID<Ticket>` is not an `ID<Visit>`.
///
/// `Tag` is only a name; it is never instantiated. The raw value is the row's 64-bit key.
public struct ID<Tag>: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
  public let rawValue: Int64

  public init(rawValue: Int64) { self.rawValue = rawValue }
  public init(_ rawValue: Int64) { self.rawValue = rawValue }

  public var description: String { String(rawValue) }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
