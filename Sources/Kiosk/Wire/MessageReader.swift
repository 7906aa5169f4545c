/// Cuts a stream of bytes into messages. It holds at most one message that is not complete yet.
struct MessageReader {
  private var held: [UInt8] = []

  /// The messages that these bytes complete, each with its type.
  ///
  /// - Throws: `MessageFailure` at the first byte that cannot be; the stream is of no further use then.
  mutating func read(
    _ bytes: some Sequence<UInt8>
  ) throws(MessageFailure) -> [(type: KioskProtocol.MessageType, payload: [UInt8])] {
    held += bytes
    var messages: [(KioskProtocol.MessageType, [UInt8])] = []
    var rest = held[...]
    while let first = rest.first {
      guard let type = KioskProtocol.MessageType(rawValue: first) else { throw .unknownType(first) }
      guard rest.count >= KioskProtocol.headerByteCount else { break }
      let length = Int(rest[rest.startIndex + 1]) << 8 | Int(rest[rest.startIndex + 2])
      guard length <= KioskProtocol.payloadByteCountMax else { throw .tooLong(length) }
      let end = rest.startIndex + KioskProtocol.headerByteCount + length
      guard end <= rest.endIndex else { break }
      messages.append((type, Array(rest[(rest.startIndex + KioskProtocol.headerByteCount)..<end])))
      rest = rest[end...]
    }
    held = Array(rest)
    return messages
  }
}
