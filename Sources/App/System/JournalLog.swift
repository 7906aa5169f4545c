import CSystemd
import Core
import Glibc

/// Sends log lines to the journal with their fields: `ticket.number` becomes `GAPURA_TICKET_NUMBER`.
struct JournalLog: Log {
  let least: LogLevel

  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    send(level, message, fields, besides: [])
  }

  func record(_ event: SecurityEvent, _ fields: [(name: StaticString, value: String)]) {
    send(
      event.level, event.message, [("security.event", event.rawValue)] + fields,
      besides: ["MESSAGE_ID=\(event.messageID)"])
  }

  private func send(
    _ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)], besides: [String]
  ) {
    guard level <= least else { return }
    var entries = [
      "MESSAGE=\(message)\(Self.suffix(fields))", "PRIORITY=\(level.rawValue)", "SYSLOG_IDENTIFIER=gapura",
    ]
    entries += besides
    entries += fields.map { "GAPURA_\(Self.fieldName($0.name))=\(Self.line($0.value))" }
    Self.send(entries)
  }

  /// ` (ticket.number=A-012)`, so that a line says it all in plain `journalctl` too.
  static func suffix(_ fields: [(name: StaticString, value: String)]) -> String {
    guard !fields.isEmpty else { return "" }
    return " (" + fields.map { "\($0.name)=\(line($0.value))" }.joined(separator: ", ") + ")"
  }

  /// A value that stays on its line and moves no terminal's cursor: what ends lines, controls and turns the direction of
  /// writing is replaced, so that no value looks like a line of its own.
  static func line(_ value: String) -> String {
    let characters = value.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar(0xFFFD) ?? scalar
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(characters))
  }

  private static func fieldName(_ name: StaticString) -> String {
    String(name.description.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// One contiguous block of bytes and a vector into it for each entry, as sd_journal_sendv(3) takes them.
  private static func send(_ entries: [String]) {
    var bytes = entries.flatMap { Array($0.utf8) }
    let lengths = entries.map(\.utf8.count)
    unsafe bytes.withUnsafeMutableBytes { block in
      guard var start = block.baseAddress else { return }
      var vectors: [iovec] = unsafe []
      for length in lengths {
        unsafe vectors.append(iovec(iov_base: start, iov_len: length))
        unsafe start += length
      }
      _ = unsafe sd_journal_sendv(vectors, Int32(vectors.count))
    }
  }
}
