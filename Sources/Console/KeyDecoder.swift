/// Turns the bytes of a terminal into keys, as they come, in pieces of any size.
///
/// Understands UTF-8, the sequences of ECMA-48 as xterm, the Linux console and VT220 use them, and
/// the number pad in application mode. Pasted text and what a barcode scanner types arrive as
/// characters. What is none of these is dropped; whatever comes, it holds at most
/// `sequenceByteCountMax` bytes and never fails.
///
/// A lone Escape cannot be told from the beginning of a sequence: it is given out by `flush`, which
/// the caller calls when nothing has followed for some tens of milliseconds.
public struct KeyDecoder: Sendable {
  /// The longest sequence that means a key has 7 bytes; longer ones are skipped to their end.
  public static let sequenceByteCountMax = 16

  private enum State {
    case ground
    case text(UTF8Gatherer)
    case escape
    /// After `ESC O`.
    case singleShift
    /// After `ESC [`.
    case control(parameters: [UInt8], isTooLong: Bool)
    /// After `ESC [ [`, the Linux console's first function keys.
    case consoleFunction
  }

  private var state = State.ground
  private var lastWasReturn = false

  /// A decoder that has seen no byte yet; each terminal has its own.
  public init() {}

  /// Whether a sequence has begun, so that `flush` should be called if nothing follows.
  public var isPending: Bool {
    if case .ground = state { return false }
    return true
  }

  /// The keys that these bytes complete.
  public mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
    var keys: [Key] = []
    for byte in bytes { step(byte, into: &keys) }
    return keys
  }

  /// Ends what has begun: a lone Escape is that key, the beginning of anything else is dropped.
  public mutating func flush() -> [Key] {
    defer { state = .ground }
    if case .escape = state { return [.escape] }
    return []
  }

  private mutating func step(_ byte: UInt8, into keys: inout [Key]) {
    // A scanner that ends with CR LF means one Enter.
    let isSecondOfPair = lastWasReturn && byte == 0x0A
    lastWasReturn = byte == 0x0D
    if isSecondOfPair { return }
    switch state {
    case .ground: ground(byte, into: &keys)
    case .text(let gatherer): text(gatherer, byte, into: &keys)
    case .escape: escape(byte, into: &keys)
    case .singleShift:
      restart(byte, into: &keys) { KeyTable.singleShift[$0] }
    case .consoleFunction:
      restart(byte, into: &keys) { (0x41...0x45).contains($0) ? .function(Int($0) - 0x40) : nil }
    case .control(let parameters, let isTooLong):
      control(byte, parameters, isTooLong, into: &keys)
    }
  }

  private mutating func ground(_ byte: UInt8, into keys: inout [Key]) {
    state = .ground
    switch byte {
    case 0x1B: state = .escape
    case 0x0D, 0x0A: keys.append(.enter)
    case 0x08, 0x7F: keys.append(.backspace)
    case 0x09: keys.append(.tab)
    case 0x01...0x1A: keys.append(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x20...0x7E: keys.append(.character(Character(Unicode.Scalar(byte))))
    default:
      if let gatherer = UTF8Gatherer(lead: byte) { state = .text(gatherer) }
    }
  }

  private mutating func text(_ gatherer: UTF8Gatherer, _ byte: UInt8, into keys: inout [Key]) {
    var gatherer = gatherer
    switch gatherer.take(byte) {
    case .more: state = .text(gatherer)
    case .scalar(let scalar):
      state = .ground
      if scalar.properties.generalCategory != .control { keys.append(.character(Character(scalar))) }
    case .broken: ground(byte, into: &keys)
    }
  }

  private mutating func escape(_ byte: UInt8, into keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "["): state = .control(parameters: [], isTooLong: false)
    case UInt8(ascii: "O"): state = .singleShift
    default:
      keys.append(.escape)
      ground(byte, into: &keys)
    }
  }

  /// Takes the one byte that ends a short sequence; a control byte breaks it off instead.
  private mutating func restart(_ byte: UInt8, into keys: inout [Key], key: (UInt8) -> Key?) {
    guard byte >= 0x20 else { return ground(byte, into: &keys) }
    state = .ground
    if let key = key(byte) { keys.append(key) }
  }

  private mutating func control(_ byte: UInt8, _ parameters: [UInt8], _ isTooLong: Bool, into keys: inout [Key]) {
    switch byte {
    case UInt8(ascii: "[") where parameters.isEmpty && !isTooLong: state = .consoleFunction
    case 0x20...0x3F:
      let isFull = isTooLong || parameters.count >= Self.sequenceByteCountMax
      state = .control(parameters: isFull ? [] : parameters + [byte], isTooLong: isFull)
    case 0x40...0x7E:
      state = .ground
      if !isTooLong, let key = KeyTable.key(final: byte, parameters: parameters) { keys.append(key) }
    default: ground(byte, into: &keys)
    }
  }
}
