import Core

/// The kiosk terminals.
struct TerminalSettings: Decodable, Sendable {
  /// The socket's name below the runtime directory.
  var socket = "kiosk"
  /// Seconds without a key until a terminal asks whether anybody is there (EN 301 549, WCAG 2.2.1: then 20 s more).
  var idleSeconds = 60
  /// The same key again before so long is held or bouncing.
  var repeatMilliseconds = 700
  /// A result stands for so long before Enter closes it.
  var resultMilliseconds = 1500
  var scanner = TerminalScannerSettings()

  init() {}

  enum Keys: String, CodingKey, CaseIterable {
    case socket, idleSeconds, repeatMilliseconds, resultMilliseconds, scanner
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    socket = try file.value(.socket, or: socket)
    guard (1...40).contains(socket.utf8.count), socket.first != ".", socket != ControlSocket.name,
      socket.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    else {
      throw file.refusal(
        .socket, what: "\"\(socket)\" cannot name the terminals' socket",
        mend: "Write 1 to 40 letters, digits, -, _ or ., such as \"kiosk\", "
          + "and not \"\(ControlSocket.name)\", which is another one's name.")
    }
    idleSeconds = try file.number(.idleSeconds, in: 20...600, or: idleSeconds)
    repeatMilliseconds = try file.number(.repeatMilliseconds, in: 250...3000, or: repeatMilliseconds)
    resultMilliseconds = try file.number(.resultMilliseconds, in: 0...10_000, or: resultMilliseconds)
    scanner = try file.value(.scanner, or: scanner)
  }
}

/// How scanners at the kiosks are told from hands.
struct TerminalScannerSettings: Decodable, Sendable {
  /// So many characters in a burst are no hand's.
  var characters = 3
  /// At most so far apart; the line may part a burst by `pauseMilliseconds`.
  var gapMilliseconds = 40
  var pauseMilliseconds = 250
  /// What the scanner sends before and after a code; none unless it is configured.
  var prefix: Character?
  var suffix: Character?

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case characters, gapMilliseconds, pauseMilliseconds, prefix, suffix }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    characters = try file.number(.characters, in: 2...20, or: characters)
    // A hand that types ten keys a second leaves 100 ms between two.
    gapMilliseconds = try file.number(.gapMilliseconds, in: 10...80, or: gapMilliseconds)
    pauseMilliseconds = try file.number(.pauseMilliseconds, in: 100...2000, or: pauseMilliseconds)
    prefix = try Self.character(.prefix, in: file)
    suffix = try Self.character(.suffix, in: file)
  }

  private static func character(_ key: Keys, in file: StrictContainer<Keys>) throws -> Character? {
    let text = try file.value(key, or: "")
    guard text.count <= 1, text.allSatisfy({ $0.isASCII && !$0.isNumber }) else {
      throw file.refusal(
        key, what: "\"\(text)\" is not one character that no code begins with",
        mend: "Write the character that the scanner sends, such as \"~\" or \"\\u0002\"; \"\" is none.")
    }
    return text.first
  }
}
