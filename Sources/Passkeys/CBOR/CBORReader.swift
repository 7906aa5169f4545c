/// Reads CBOR (RFC 8949) as authenticators must write it (CTAP 2.1, section 8): every length said beforehand, every number in
/// its shortest form, no tags and no fractions, containers four deep at most. Keys are numbers or texts, each of them once.
struct CBORReader {
  private static let depthMax = 4
  /// Of one container; authenticators write a dozen at most.
  private static let entryCountMax = 64

  private let bytes: [UInt8]
  /// Where the next value begins.
  private(set) var position: Int

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The one value that all the bytes are.
  static func value(of bytes: [UInt8]) throws(PasskeyFailure) -> CBORValue {
    var reader = CBORReader(bytes)
    let value = try reader.next()
    guard reader.position == bytes.count else { throw .malformed }
    return value
  }

  /// The next value.
  mutating func next() throws(PasskeyFailure) -> CBORValue { try value(depth: 0) }

  private mutating func value(depth: Int) throws(PasskeyFailure) -> CBORValue {
    let (kind, number) = try head()
    switch kind {
    case 0: return .unsigned(number)
    case 1: return .negative(number)
    case 2: return .bytes(try take(number))
    case 3: return try text(number)
    case 4: return try array(number, depth: depth)
    case 5: return try map(number, depth: depth)
    case 7: return try simple(number)
    default: throw .malformed
    }
  }

  /// The kind of the next value, and its number: the value itself, how long it is, or how many are in it.
  private mutating func head() throws(PasskeyFailure) -> (kind: UInt8, number: UInt64) {
    guard position < bytes.count else { throw .malformed }
    let (kind, form) = (bytes[position] >> 5, bytes[position] & 31)
    position += 1
    guard form >= 24 else { return (kind, UInt64(form)) }
    // 28 to 30 mean nothing, and 31 a length that is not said.
    guard form <= 27 else { throw .malformed }
    let count = 1 << Int(form - 24)
    let number = try take(UInt64(count)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let least = count == 1 ? 24 : UInt64(1) << UInt64(4 * count)
    guard number >= least else { throw .malformed }
    return (kind, number)
  }

  private mutating func take(_ count: UInt64) throws(PasskeyFailure) -> [UInt8] {
    guard count <= UInt64(bytes.count - position) else { throw .malformed }
    defer { position += Int(count) }
    return Array(bytes[position..<position + Int(count)])
  }

  private mutating func text(_ count: UInt64) throws(PasskeyFailure) -> CBORValue {
    let bytes = try take(count)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
    return .text(text)
  }

  private mutating func array(_ count: UInt64, depth: Int) throws(PasskeyFailure) -> CBORValue {
    guard count <= UInt64(Self.entryCountMax), depth < Self.depthMax else { throw .malformed }
    var items: [CBORValue] = []
    for _ in 0..<count { items.append(try value(depth: depth + 1)) }
    return .array(items)
  }

  private mutating func map(_ count: UInt64, depth: Int) throws(PasskeyFailure) -> CBORValue {
    guard count <= UInt64(Self.entryCountMax), depth < Self.depthMax else { throw .malformed }
    var entries: [CBORValue.Entry] = []
    for _ in 0..<count {
      let key = try key()
      guard !entries.contains(where: { $0.key == key }) else { throw .malformed }
      entries.append(CBORValue.Entry(key: key, value: try value(depth: depth + 1)))
    }
    return .map(entries)
  }

  private mutating func key() throws(PasskeyFailure) -> CBORValue {
    let (kind, number) = try head()
    switch kind {
    case 0: return .unsigned(number)
    case 1: return .negative(number)
    case 3: return try text(number)
    default: throw .malformed
    }
  }

  private func simple(_ number: UInt64) throws(PasskeyFailure) -> CBORValue {
    switch number {
    case 20: return .flag(false)
    case 21: return .flag(true)
    case 22: return .null
    default: throw .malformed
    }
  }
}
