internal import Core

/// Reads what stands in a browser's addresses in place of numbers and codes. Only this browser's cookie tells it, so a
/// test can speak of `/permohonan/N` and still see on the line what everybody sees there.
struct AddressReader {
  private static let tagByteCount = 16
  private static let mark = UInt8(ascii: "~")

  private let inner: [UInt8]
  private let outer: [UInt8]

  /// - Parameter identity: the browser's cookie `tamu`.
  init(identity: String) {
    let key = Array(identity.utf8) + [UInt8](repeating: 0, count: max(0, 64 - identity.utf8.count))
    inner = key.map { $0 ^ 0x36 }
    outer = key.map { $0 ^ 0x5C }
  }

  /// The text with every value in it read that this browser can read.
  func read(_ text: String) -> String { String(decoding: read(Array(text.utf8)), as: UTF8.self) }

  func read(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(Self.mark) else { return text }
    var read: [UInt8] = []
    read.reserveCapacity(text.count)
    var rest = text[...]
    while let place = rest.firstIndex(of: Self.mark) {
      let symbols = rest[(place + 1)...].prefix { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
      read += rest[..<place]
      if let value = value(of: String(decoding: symbols, as: UTF8.self)) {
        read += Array(Browser.encoded(value).utf8)
      } else {
        read += rest[place..<symbols.endIndex]
      }
      rest = rest[symbols.endIndex...]
    }
    return read + rest
  }

  private func value(of symbols: String) -> String? {
    guard let bytes = Crockford.bytes(of: symbols), bytes.count > Self.tagByteCount else { return nil }
    let (tag, covered) = (Array(bytes.prefix(Self.tagByteCount)), bytes.dropFirst(Self.tagByteCount))
    var stream: [UInt8] = []
    for block in UInt8(0)...UInt8(covered.count / 32) { stream += code(of: [2, block] + tag) }
    let value = zip(covered, stream).map { $0 ^ $1 }
    guard Array(code(of: [1] + value).prefix(Self.tagByteCount)) == tag else { return nil }
    return String(decoding: value, as: UTF8.self)
  }

  private func code(of message: [UInt8]) -> [UInt8] { SHA256.digest(outer + SHA256.digest(inner + message)) }

  /// Whether two addresses are the same, however their characters are escaped.
  static func isSame(_ one: String, _ other: String) -> Bool { unescaped(one) == unescaped(other) }

  private static func unescaped(_ text: String) -> [UInt8] {
    var (bytes, rest): ([UInt8], Substring.UTF8View) = ([], text.utf8[...])
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}
