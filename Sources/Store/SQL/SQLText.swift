/// The text of a statement by the parts from which it was put together. They are not copied: a statement that is kept
/// prepared is found by where its parts lie in the program, and its text is written out once.
struct SQLText: Sendable {
  enum Part: Sendable {
    /// As it stands in the source.
    case literal(StaticString)
    /// A `?`.
    case value
    /// What is known at run time only: an enum's case, or as many `?` as a set has members.
    case word(String)
  }

  private var parts: [Part] = []
  /// Of the parts, in their order.
  private var digest: UInt64 = 0

  init(_ literal: StaticString) { append(.literal(literal)) }

  /// - Parameter partCount: how many parts it will have, as far as is known.
  init(partCount: Int) { parts.reserveCapacity(partCount) }

  mutating func append(_ part: Part) {
    parts.append(part)
    digest = (digest ^ part.digest) &* 0x9e37_79b9_7f4a_7c15
    digest ^= digest >> 29
  }

  mutating func append(_ other: SQLText) { for part in other.parts { append(part) } }
}

extension SQLText: CustomStringConvertible {
  var description: String {
    parts.reduce(into: "") { text, part in
      switch part {
      case .literal(let literal): text += literal.description
      case .value: text += "?"
      case .word(let word): text += word
      }
    }
  }
}

/// Two are equal when they were put together from the same parts; the same text elsewhere in the source is another one.
extension SQLText: Hashable {
  static func == (left: SQLText, right: SQLText) -> Bool { left.digest == right.digest && left.parts == right.parts }

  func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension SQLText.Part: Equatable {
  static func == (left: SQLText.Part, right: SQLText.Part) -> Bool {
    switch (left, right) {
    case (.literal(let one), .literal(let other)): one.place == other.place && one.byteCount == other.byteCount
    case (.value, .value): true
    case (.word(let one), .word(let other)): one == other
    case (.literal, _), (.value, _), (.word, _): false
    }
  }

  fileprivate var digest: UInt64 {
    switch self {
    case .literal(let literal): UInt64(literal.place)
    case .value: 1
    case .word(let word): UInt64(bitPattern: Int64(word.hashValue))
    }
  }
}

extension StaticString {
  /// Where it lies in the program; a single character may be kept as itself.
  fileprivate var place: UInt {
    guard hasPointerRepresentation else { return UInt(unicodeScalar.value) }
    return unsafe UInt(bitPattern: utf8Start)
  }

  fileprivate var byteCount: Int { hasPointerRepresentation ? utf8CodeUnitCount : 0 }
}
