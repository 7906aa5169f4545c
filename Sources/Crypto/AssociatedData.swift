/// What a ciphertext belongs to: authenticated with it, not stored in it.
///
/// Every part goes in with its length before it, so two different lists of parts never give the same bytes.
public struct AssociatedData: Equatable, Sendable {
  /// The label and the parts so far, each after its length in eight bytes; what a cipher authenticates.
  public private(set) var bytes: [UInt8] = []

  /// Starts with what kind of thing is sealed: `gapura/v1/record`.
  public init(_ label: StaticString) {
    // Enough for the longest list of parts, an audit row's, so that it grows in place.
    bytes.reserveCapacity(256)
    append(label.description.utf8)
  }

  /// The same data with a number added, such as an identity or a version.
  public consuming func adding(_ number: Int64) -> Self {
    append(count: 8)
    append(number)
    return self
  }

  /// The same data with bytes added, such as a hash.
  public consuming func adding(_ part: [UInt8]) -> Self {
    append(part)
    return self
  }

  /// The same data with a name added.
  public consuming func adding(_ name: String) -> Self {
    append(name.utf8)
    return self
  }

  private mutating func append(_ part: some Collection<UInt8>) {
    append(count: part.count)
    bytes.append(contentsOf: part)
  }

  private mutating func append(count: Int) { append(Int64(count)) }

  /// Big-endian.
  private mutating func append(_ number: Int64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> Int64(shift)))
    }
  }
}
