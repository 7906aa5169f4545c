public import Console

/// What a terminal says to the daemon.
public enum TerminalMessage: Sendable, Equatable {
  /// The terminal is a kiosk of that name and size, and speaks that version of the protocol.
  case hello(version: UInt8, size: Size, name: String)
  /// Bytes as the keyboard or scanner sent them; they may end in the middle of a key.
  case input([UInt8])
  /// The terminal has another size now.
  case resize(Size)
  /// The terminal is a call display instead of a kiosk; a zone of nil is the whole hall.
  case watch(version: UInt8, size: Size, zone: String?)
}

/// What the daemon says to a terminal.
public enum DaemonMessage: Sendable, Equatable {
  /// Bytes for the terminal as they are, control sequences among them.
  case output([UInt8])
  /// The connection ends after this: why, and the same in words for the person in front of the terminal.
  case bye(ByeReason, words: String)
}

/// Why the daemon closes a connection.
public enum ByeReason: UInt8, Sendable, CaseIterable {
  /// The terminal sent what is no message.
  case notUnderstood = 1
  /// The terminal speaks another version.
  case version = 2
  /// There are as many sessions as there may be.
  case full = 3
  /// The terminal did not say hello in time.
  case late = 4
  /// The terminal sends faster than a person or a scanner.
  case flood = 5
  /// The daemon stops, most often to start again.
  case stopping = 6
  /// There is no zone of that name to show.
  case unknownZone = 7

  /// The name of its words, `kiosk.bye.<name>`.
  var name: String {
    switch self {
    case .notUnderstood: "not-understood"
    case .version: "version"
    case .full: "full"
    case .late: "late"
    case .flood: "flood"
    case .stopping: "stopping"
    case .unknownZone: "unknown-zone"
    }
  }
}

/// Bytes that are no message.
enum MessageFailure: Error, Equatable {
  case unknownType(UInt8)
  case tooLong(Int)
  case malformed(KioskProtocol.MessageType)
}

extension TerminalMessage {
  /// The message on the wire; input longer than a payload may be becomes several messages.
  public var bytes: [UInt8] {
    switch self {
    case .hello(let version, let size, let name):
      KioskProtocol.message(.hello, [version] + KioskProtocol.bytes(size) + Array(name.utf8))
    case .input(let bytes): KioskProtocol.messages(.input, bytes)
    case .resize(let size): KioskProtocol.message(.resize, KioskProtocol.bytes(size))
    case .watch(let version, let size, let zone):
      KioskProtocol.message(.watch, [version] + KioskProtocol.bytes(size) + Array((zone ?? "").utf8))
    }
  }

  init(_ type: KioskProtocol.MessageType, _ payload: [UInt8]) throws(MessageFailure) {
    switch type {
    case .hello:
      let name = String(decoding: payload.dropFirst(5), as: UTF8.self)
      guard payload.count > 5, let size = KioskProtocol.size(payload[1..<5]), KioskProtocol.isName(name) else {
        throw .malformed(type)
      }
      self = .hello(version: payload[0], size: size, name: name)
    case .input: self = .input(payload)
    case .resize:
      guard payload.count == 4, let size = KioskProtocol.size(payload[...]) else { throw .malformed(type) }
      self = .resize(size)
    case .watch:
      let zone = String(decoding: payload.dropFirst(5), as: UTF8.self)
      guard payload.count >= 5, let size = KioskProtocol.size(payload[1..<5]),
        zone.isEmpty || KioskProtocol.isZone(zone)
      else { throw .malformed(type) }
      self = .watch(version: payload[0], size: size, zone: zone.isEmpty ? nil : zone)
    case .output, .bye: throw .unknownType(type.rawValue)
    }
  }
}

extension DaemonMessage {
  /// The message on the wire; output longer than a payload may be becomes several messages.
  public var bytes: [UInt8] {
    switch self {
    case .output(let bytes): KioskProtocol.messages(.output, bytes)
    case .bye(let reason, let words):
      KioskProtocol.message(
        .bye, [reason.rawValue] + Array(words.utf8.prefix(KioskProtocol.payloadByteCountMax - 1)))
    }
  }

  init(_ type: KioskProtocol.MessageType, _ payload: [UInt8]) throws(MessageFailure) {
    switch type {
    case .output: self = .output(payload)
    case .bye:
      guard let reason = payload.first.flatMap({ ByeReason(rawValue: $0) }) else { throw .malformed(type) }
      self = .bye(reason, words: String(decoding: payload.dropFirst(), as: UTF8.self))
    case .hello, .input, .resize, .watch: throw .unknownType(type.rawValue)
    }
  }
}

extension KioskProtocol {
  private static let small = "abcdefghijklmnopqrstuvwxyz0123456789-"

  /// Whether a text may name a kiosk: all that names a terminal below `/dev`, as systemd writes it into a unit's instance
  /// (`gapura-kiosk@ttyS0`), and so what udev lets into such a name (udev(7), NAME). No space, no control character.
  public static func isName(_ text: String) -> Bool {
    (1...nameByteCountMax).contains(text.utf8.count)
      && text.utf8.allSatisfy { (small + "ABCDEFGHIJKLMNOPQRSTUVWXYZ#+.:=@_/").utf8.contains($0) }
  }

  /// Whether a text may be the code of a zone, as `displays.json5` has them.
  static func isZone(_ text: String) -> Bool {
    (1...zoneByteCountMax).contains(text.utf8.count) && text.utf8.allSatisfy { small.utf8.contains($0) }
  }

  static func message(_ type: MessageType, _ payload: [UInt8]) -> [UInt8] {
    precondition(payload.count <= payloadByteCountMax, "a payload has at most \(payloadByteCountMax) bytes")
    return [type.rawValue, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)] + payload
  }

  static func messages(_ type: MessageType, _ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: payloadByteCountMax).flatMap { start in
      message(type, Array(bytes[start..<min(start + payloadByteCountMax, bytes.count)]))
    }
  }

  static func bytes(_ size: Size) -> [UInt8] {
    [size.columns, size.rows].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  static func size(_ bytes: ArraySlice<UInt8>) -> Size? {
    guard bytes.count == 4 else { return nil }
    let numbers = bytes.map { Int($0) }
    return Size(columns: numbers[0] << 8 | numbers[1], rows: numbers[2] << 8 | numbers[3])
  }
}
