/// A value of CBOR (RFC 8949) of the kinds that authenticators write.
enum CBORValue: Equatable, Sendable {
  /// One entry of a map.
  struct Entry: Equatable, Sendable {
    let key: CBORValue
    let value: CBORValue
  }

  case unsigned(UInt64)
  /// So much below -1.
  case negative(UInt64)
  case bytes([UInt8])
  case text(String)
  case array([CBORValue])
  case map([Entry])
  case flag(Bool)
  case null

  /// The whole number; nil for other kinds, and for one that no `Int` holds.
  var number: Int? {
    switch self {
    case .unsigned(let number): Int(exactly: number)
    case .negative(let below): Int(exactly: below).map { -1 - $0 }
    case .bytes, .text, .array, .map, .flag, .null: nil
    }
  }

  /// The bytes; nil for other kinds, and for bytes of another count.
  func bytes(count: Int) -> [UInt8]? {
    if case .bytes(let bytes) = self, bytes.count == count { bytes } else { nil }
  }

  /// What stands in a map under that key, a number or a text; nil where there is no such entry, and for other kinds.
  subscript(_ key: CBORValue) -> CBORValue? {
    if case .map(let entries) = self { entries.first { $0.key == key }?.value } else { nil }
  }

  /// The keys of a map in their order; none for other kinds.
  var keys: [CBORValue] { if case .map(let entries) = self { entries.map(\.key) } else { [] } }
}

extension CBORValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  init(integerLiteral number: Int) { self = number < 0 ? .negative(UInt64(-1 - number)) : .unsigned(UInt64(number)) }

  init(stringLiteral text: String) { self = .text(text) }
}
