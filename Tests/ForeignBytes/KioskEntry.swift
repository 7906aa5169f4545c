internal import Console
@testable internal import Contracts
internal import Core
@testable internal import Kiosk
internal import TinyTerminal

/// What a terminal of the hall sends: messages are cut the same way whatever the pieces, a terminal shows what the session
/// drew, whatever keys and scans come, and the listener says `bye` once, for the right reason, and serves the others.
struct KioskEntry: FuzzEntry {
  static let name = "kiosk"

  static let seeds = [
    TerminalMessage.hello(version: 1, size: Size(columns: 80, rows: 24), name: "lobi-1").bytes,
    keys("1", "1", "2", "\r"), keys("2", "1", "1", "\r", "\r", "\u{1B}[A", "\u{1B}OM"),
    keys("123456789018\r", "]Q1123456789018\r\n", "https://antre.example.go.id/k/7ZZZZZZZZZZZZZZZZZZZZZZZZG\r"),
    keys(
      "1", "2", "174508199001", "\u{7F}", "\t", "\u{1B}", "é", "\u{1B}[200~tempel\u{1B}[201~", "\u{1B}[5~", "\u{1B}[6~"),
    keys("*", "0", "9", "#", "\u{3}", "\u{1B}[11~", "\u{1B}[[A", "3", "y", "t"),
    keys("1") + TerminalMessage.resize(Size(columns: 40, rows: 12)).bytes
      + TerminalMessage.resize(Size(columns: 300, rows: 90)).bytes
      + TerminalMessage.resize(Size(columns: 1, rows: 1)).bytes,
    TerminalMessage.watch(version: 1, size: Size(columns: 80, rows: 24), zone: "a").bytes,
    TerminalMessage.hello(version: 9, size: Size(columns: 80, rows: 24), name: "lobi-1").bytes,
    [0x47, 0x45, 0x54, 0x20],
    [0x02, 0x10, 0x01], [0x81, 0x00, 0x01, 0x41],
  ]

  static let words =
    [
      "\u{1B}[A", "\u{1B}[B", "\u{1B}OM", "\u{1B}[5~", "\u{1B}[200~", "\r", "\r\n", "\t", "\u{7F}", "https://a/k/",
      "]Q1",
    ]
    + [
      "123456789018", "\u{1}\u{0}\u{B}\u{1}\u{0}P\u{0}\u{18}lobi-1", "\u{2}\u{0}\u{1}",
      "\u{3}\u{0}\u{4}\u{0}P\u{0}\u{18}",
    ]

  private static func keys(_ bursts: String...) -> [UInt8] {
    bursts.reduce(TerminalMessage.hello(version: 1, size: Size(columns: 80, rows: 24), name: "lobi-1").bytes) {
      $0 + TerminalMessage.input(Array($1.utf8)).bytes
    }
  }

  private let flow: KioskFlow
  private let hall: FuzzHall

  init() throws {
    flow = KioskFlow(
      locales: try Locales.load(directory: "\(Repository.root)/share/locales"),
      settings: KioskSettings(
        officeName: LocalizedText([.indonesian: "Kantor Imigrasi Uji", .english: "Test Immigration Office"]),
        telephone: "(021) 555-0100", zone: .wib, ticketAddress: "https://antre.example.go.id/k/"),
      random: SeededRandom(seed: 7))
    hall = try FuzzHall(flow)
  }

  func close() { hall.close() }

  func check(_ bytes: [UInt8]) throws {
    let (messages, failure) = try cut(bytes)
    try checkSession(messages)
    try hall.check(bytes, expecting: FuzzHall.expectation(messages, isBroken: failure))
  }

  /// The messages and whether something follows that is none.
  private func cut(_ bytes: [UInt8]) throws -> (messages: [TerminalMessage], isBroken: Bool) {
    let whole = Self.messages(bytes, pieceByteCount: max(1, bytes.count))
    for byteCount in [1, 1 + bytes.count % 13] {
      let pieces = Self.messages(bytes, pieceByteCount: byteCount)
      try hold(pieces.isBroken == whole.isBroken, "broken in pieces of \(byteCount): \(pieces.isBroken)")
      // Before bytes that are no message, pieces may give more than the whole, which is refused as one.
      let isSame = whole.isBroken ? pieces.messages.starts(with: whole.messages) : pieces.messages == whole.messages
      try hold(isSame, "in pieces of \(byteCount) \(pieces.messages) instead of \(whole.messages)")
    }
    for message in whole.messages where message != .input([]) {
      let again = Self.messages(message.bytes, pieceByteCount: message.bytes.count)
      try hold(again.messages == [message], "\(message) becomes \(again.messages)")
    }
    return whole
  }

  private static func messages(_ bytes: [UInt8], pieceByteCount: Int) -> (messages: [TerminalMessage], isBroken: Bool) {
    var reader = MessageReader()
    var messages: [TerminalMessage] = []
    do {
      for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
        for (type, payload) in try reader.read(bytes[start..<min(start + pieceByteCount, bytes.count)]) {
          messages.append(try TerminalMessage(type, payload))
        }
      }
    } catch {
      return (messages, true)
    }
    return (messages, false)
  }

  // MARK: The session

  /// Plays the messages to a session as the listener does, with a clock that moves as the bytes say.
  private func checkSession(_ messages: [TerminalMessage]) throws {
    guard case .hello(_, let size, let name)? = messages.first else { return }
    var now = Instant(milliseconds: 1_795_000_000_000)
    let (session, output) = KioskSession.open(flow, name: name, size: size, at: now)
    var visit = FuzzVisit(session: session, flow: flow)
    try visit.take(output, at: now)
    var chance = FuzzChance()
    for message in messages.dropFirst() {
      chance.stir(message.bytes)
      now = now + chance.pause
      switch message {
      case .input(let bytes):
        try visit.take(visit.session.input(bytes, at: now), at: now)
        if chance.below(2) == 0 {
          now = now + (visit.session.wait(escape: .milliseconds(50)) ?? .zero)
          try visit.take(visit.session.flush(at: now), at: now)
        }
      case .resize(let size): try visit.take(visit.session.resize(size, at: now), at: now)
      case .hello, .watch: try visit.take(visit.session.tick(now), at: now)
      }
      try visit.work(&chance, at: now)
    }
    // Whatever a visitor leaves behind, the terminal comes back to the first screen.
    for _ in 0..<4 {
      now = now + .seconds(61)
      try visit.take(visit.session.tick(now), at: now)
    }
    try hold(visit.session.model.screen == .language, "left alone it stands at \(visit.session.model.screen)")
  }
}

/// A session and the terminal that shows it.
private struct FuzzVisit {
  var session: KioskSession
  private let flow: KioskFlow
  private var terminal: TinyTerminal
  private var pending: [(effect: KioskEffect, number: Int)] = []

  init(session: KioskSession, flow: KioskFlow) {
    self.session = session
    self.flow = flow
    terminal = TinyTerminal(session.model.size)
  }

  /// Shows what the session has sent, which must then be what it drew.
  mutating func take(_ output: KioskSession.Output, at now: Instant) throws {
    let frame = flow.view(session.model)
    if frame.size != terminal.size { terminal = TinyTerminal(frame.size) }
    pending += output.work
    // A terminal without a place shows nothing.
    guard frame.size.columns > 0, frame.size.rows > 0 else { return }
    terminal.apply(output.bytes)
    try hold(terminal.unknown.isEmpty, "the terminal does not know \(terminal.unknown)")
    let wanted = TinyTerminal.cells(of: frame, palette: session.palette)
    try hold(terminal.cells == wanted, "the terminal shows\n\(terminal.text)\ninstead of \(session.model.screen)")
    let isClean = !terminal.text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control }
    try hold(isClean, "the terminal was sent controls: \(EscapedBytes.text(of: terminal.text.utf8))")
  }

  /// Answers what the session asked for: some of it now, some later, some never.
  mutating func work(_ chance: inout FuzzChance, at now: Instant) throws {
    let asked = pending
    pending = []
    for (effect, number) in asked {
      if chance.below(5) == 0 { continue }
      for result in FuzzSample.results(of: effect, &chance) {
        try take(session.take(result, number: number, at: now), at: now)
      }
    }
  }
}

/// Choices that follow from the bytes seen so far, so that an input always does the same.
struct FuzzChance {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func stir(_ bytes: [UInt8]) {
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// How long it takes until the next message: a scanner's gap, a hand's, a visitor's who thinks or has left.
  var pause: Duration {
    mutating get {
      [.zero, .milliseconds(5), .milliseconds(45), .milliseconds(300), .seconds(2), .seconds(21), .seconds(61)][
        below(7)]
    }
  }
}
