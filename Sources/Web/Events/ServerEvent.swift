/// One server-sent event (WHATWG HTML section 9.2.6).
public struct ServerEvent: Sendable, Equatable {
  /// What a reconnecting reader names as the last one it has seen; usually the journal's sequence number.
  public let id: String?
  /// What scripts listen for; nil for `message`.
  public let name: String?
  public let data: String

  /// Line ends in `id` and `name` are left out: they would start another field.
  public init(id: String? = nil, name: String? = nil, data: String) {
    self.id = id.map(Self.oneLine)
    self.name = name.map(Self.oneLine)
    self.data = data
  }

  /// As it goes over the wire.
  var bytes: [UInt8] {
    var text = ""
    if let id { text += "id: \(id)\n" }
    if let name { text += "event: \(name)\n" }
    for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) { text += "data: \(line)\n" }
    return Array((text + "\n").utf8)
  }

  private static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.value >= 0x20 })
  }
}
