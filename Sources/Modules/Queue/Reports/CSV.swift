/// A table as comma-separated values (RFC 4180): CRLF after each record, quotes where they are needed.
enum CSV {
  static func bytes(_ records: [[String]]) -> [UInt8] {
    Array(records.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined().utf8)
  }

  /// One field. A spreadsheet would calculate what begins like a formula; an apostrophe makes it text (OWASP, CSV
  /// injection). Plain numbers stay numbers.
  static func field(_ text: String) -> String {
    let risky = text.utf8.first.map { "=+-@\t\r\n".utf8.contains($0) } ?? false
    let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    let safe = risky && !isNumber ? "'" + text : text
    let mustQuote = safe.utf8.contains { "\",\r\n".utf8.contains($0) }
    guard mustQuote else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
