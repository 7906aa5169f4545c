internal import Core

extension Worksheet {
  /// As comma-separated values in UTF-8 (RFC 4180): CRLF after each record, the first of which names the columns; a
  /// decimal point; days and times as in ISO 8601.
  public var csv: [UInt8] {
    let records = [columns.map(Self.field)] + rows.map { $0.map(Self.field) }
    return Array(records.map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
  }

  private static func field(_ value: Value) -> String {
    switch value {
    case .text(let text): field(text)
    case .count(let number), .percent(let number): String(number)
    case .minutes(let minutes): tenths(minutes)
    case .money(let money): String(money.amount)
    case .date(let date): date.description
    case .moment(let date, let time): "\(date)T\(time)"
    case .empty: ""
    }
  }

  /// A field of text. A spreadsheet would calculate what begins like a formula; an apostrophe makes it text (OWASP, CSV
  /// injection). A semicolon is quoted as well: where the decimal sign is a comma, as in Indonesia, spreadsheets take it
  /// for the end of a field.
  static func field(_ text: String) -> String {
    let risky = text.unicodeScalars.first.map {
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0)
    }
    let safe = risky == true ? "'" + text : text
    let mustQuote = safe.utf8.contains { "\",;\t\r\n".utf8.contains($0) } || safe != trimmed(safe)
    guard mustQuote else { return safe }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// Some readers drop spaces at the ends of a field that is not quoted.
  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
  }
}
