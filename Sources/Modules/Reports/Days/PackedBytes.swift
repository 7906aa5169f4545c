/// Numbers and texts as bytes one after another: seven bits of a number in each byte, the lowest first, the eighth bit where
/// more follow (LEB128); a text after the number of its bytes.
struct PackedBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// 1 and the number, or 0.
  mutating func append(_ number: Int?) {
    append(number == nil ? 0 : 1)
    if let number { append(number) }
  }

  mutating func append(_ text: String) {
    append(text.utf8.count)
    bytes += text.utf8
  }
}

/// Reads them again. What is missing is read as 0, and then the bytes are not whole.
struct PackedReader {
  private let bytes: [UInt8]
  private var place = 0
  private var isTorn = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether everything that was read was there, and nothing is left.
  var isWhole: Bool { !isTorn && place == bytes.count }

  mutating func number() -> Int {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while place < bytes.count, shift < 64 {
      let byte = bytes[place]
      place += 1
      number |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return Int(Int64(bitPattern: number)) }
      shift += 7
    }
    isTorn = true
    return 0
  }

  mutating func optionalNumber() -> Int? { number() == 0 ? nil : number() }

  /// How many follow, each of one byte at least.
  mutating func count() -> Int {
    let count = number()
    guard count >= 0, count <= bytes.count - place else {
      isTorn = true
      return 0
    }
    return count
  }

  /// An hour of the day.
  mutating func hour() -> Int {
    let hour = number()
    guard (0..<24).contains(hour) else {
      isTorn = true
      return 0
    }
    return hour
  }

  mutating func text() -> String {
    let count = count()
    defer { place += count }
    return String(decoding: bytes[place..<(place + count)], as: UTF8.self)
  }
}
