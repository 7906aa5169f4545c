/// What a ciphertext belongs to: authenticated with it, not stored in it.
///
/// Every part goes in with its length before it, so two different lists of parts never give the same bytes.
struct AssociatedData: Equatable, Sendable {
  private(set) var bytes: [UInt8] = []

  /// Starts with what kind of thing is sealed: `gapura/v1/record`.
  init(_ label: StaticString) { append(Array(label.description.utf8)) }

  /// With a number added, such as an identity or a version.
  func adding(_ number: Int64) -> Self {
    var longer = self
    longer.append(Self.bigEndian(number))
    return longer
  }

  /// With bytes added, such as a hash.
  func adding(_ part: [UInt8]) -> Self {
    var longer = self
    longer.append(part)
    return longer
  }

  /// With a name added.
  func adding(_ name: String) -> Self {
    var longer = self
    longer.append(Array(name.utf8))
    return longer
  }

  private mutating func append(_ part: [UInt8]) {
    bytes += Self.bigEndian(Int64(part.count))
    bytes += part
  }

  private static func bigEndian(_ number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(56 - 8 * $0)) }
  }
}
