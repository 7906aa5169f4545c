internal import Contracts
internal import Core
@testable internal import Kiosk

/// Numbers, codes and what scanners read: a code that was read is written in one way, and that is read as the same code.
struct CodeEntry: FuzzEntry {
  static let name = "codes"
  static let byteCountMax = 1024

  static let seeds = [
    ApplicationNumber(from: SeededRandom(seed: 3)).printed, TicketNumber(from: SeededRandom(seed: 4)).description,
    "\u{661}\u{662}\u{663}\u{664} 5678", "3174995508900001", PublicCode(from: SeededRandom(seed: 5)).description,
    "https://antre.example.go.id/tiket/\(PublicCode(from: SeededRandom(seed: 5)))",
    "HTTPS://A/JANJI/\(PublicCode(from: SeededRandom(seed: 6)))",
    "https://a/k/\(Crockford.encode(SeededRandom(seed: 7).bytes(16)))",
    "]Q1https://a/lacak/\(ApplicationNumber(from: SeededRandom(seed: 3)))", "https://a/verifikasi#04", "08:30",
    "24:00",
    "2026-12-31", "2024-02-29", "0-0-0", "oO0iIlL1-u", Crockford.encodeWithCheck(123_456, length: 8),
  ].map { Array($0.utf8) }

  static let words = [
    "https://", "http://", "/tiket/", "/janji/", "/k/", "/lacak/", "/permohonan/", "]Q1", "-", " ", "/", "=",
  ]

  func check(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    try checkNumber(text)
    try checkSymbols(text)
    try checkScan(text)
    if let date = CivilDate(iso: text) { try hold(date.description == text, "\(text) is written \(date)") }
    if let time = CivilTime(text) { try hold(time.description == text, "\(text) is written \(time)") }
  }

  private func checkNumber(_ text: String) throws {
    let typed = TypedNumber(text)
    let scanned = TypedNumber(scanned: text)
    try hold(typed == .mistyped || scanned == typed, "typed \(typed), scanned \(scanned)")
    guard case .number(let value, let kind) = scanned else { return }
    let printed = TypedNumber.grouped(String(value))
    try hold(TypedNumber(printed) == scanned, "\(printed) is no number of \(kind)")
    try hold(String(value).utf8.count == TypedNumber.digitCount, "\(value) has other than twelve digits")
    if let number = ApplicationNumber(scanned) { try hold(ApplicationNumber(number.printed) == number, number.printed) }
  }

  private func checkSymbols(_ text: String) throws {
    let normal = Crockford.normalised(text)
    if let normal { try hold(Crockford.normalised(normal) == normal, "\(text) is \(normal), and that is another") }
    if let bytes = Crockford.bytes(of: text) {
      try hold(Crockford.encode(bytes) == normal, "\(text) is written \(Crockford.encode(bytes))")
    }
    if let value = Crockford.decodeWithCheck(text, length: 8) {
      let written = Crockford.encodeWithCheck(value, length: 8)
      try hold(Crockford.decodeWithCheck(written, length: 8) == value, "\(written) is another value")
    }
    if let code = PublicCode(text) { try hold(PublicCode(code.description) == code, "\(code) is another code") }
    if let code = PaperCode(text) { try hold(PaperCode(code.description) == code, "\(code) is another paper") }
    if let code = PaperCode(scanned: text) {
      try hold(PaperCode(scanned: "https://a\(code.path)") == code, "\(code.path) is another paper")
    }
  }

  /// What a scanner reads means the same in capitals, with its symbology's mark, and with the line's white space.
  private func checkScan(_ text: String) throws {
    guard let code = ScannedCode(text) else { return }
    if !text.hasPrefix("]") { try hold(ScannedCode("]Q1\(text)") == code, "with its mark \(text) is not \(code)") }
    try hold(ScannedCode("\(text) \n") == code, "with white space \(text) is not \(code)")
    switch code {
    case .application(let number): try hold(ScannedCode(number.description) == code, "\(number)")
    case .appointment(let number): try hold(ScannedCode(number.description) == code, "\(number)")
    case .ticketNumber(let number): try hold(ScannedCode(number.description) == code, "\(number)")
    case .checkIn(let secret): try hold(ScannedCode("https://a/janji/\(secret)") == code, "\(secret)")
    case .ticket(let secret): try hold(ScannedCode("https://a/tiket/\(secret)") == code, "\(secret)")
    case .paper(let paper): try hold(ScannedCode("https://a\(paper.path)") == code, "\(paper)")
    case .proof, .other: break
    }
  }
}
