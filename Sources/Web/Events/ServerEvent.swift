/// One server-sent event (WHATWG HTML section 9.2.6).
public struct ServerEvent: Sendable, Equatable {
  /// What a reconnecting reader names as the last one it has seen; usually the journal's sequence number.
  public let id: String?
  /// What scripts listen for; nil for `message`.
  public let name: String?
  /// What scripts get; may have several lines.
  public let data: String

  /// Line ends in `id` and `name` are left out: they would start another field.
  public init(id: String? = nil, name: String? = nil, data: String) {
    self.id = id.map(Self.oneLine)
    self.name = name.map(Self.oneLine)
    self.data = data
  }

  /// As it goes over the wire. A line ends at CR, LF or both (9.2.5), which are bytes that stand in no other character.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.utf8.count + 64)
    if let id { bytes += "id: \(id)\n".utf8 }
    if let name { bytes += "event: \(name)\n".utf8 }
    bytes += "data: ".utf8
    var isAfterReturn = false
    for byte in data.utf8 {
      switch byte {
      case UInt8(ascii: "\n") where isAfterReturn: break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): bytes += "\ndata: ".utf8
      default: bytes.append(byte)
      }
      isAfterReturn = byte == UInt8(ascii: "\r")
    }
    bytes += "\n\n".utf8
    return bytes
  }

  private static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 0x20 })
  }
}
