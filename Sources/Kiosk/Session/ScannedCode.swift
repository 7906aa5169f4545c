public import Contracts
public import Core

/// What a code means that a scanner read.
public enum ScannedCode: Sendable, Equatable {
  /// An application's number, which a date of birth opens.
  case application(ApplicationNumber)
  /// An appointment's number, which a date of birth opens.
  case appointment(AppointmentNumber)
  /// The secret of an appointment's own page, which checks in.
  case checkIn(PublicCode)
  /// The secret of a ticket's own page.
  case ticket(PublicCode)
  /// A ticket's number, which its PIN opens.
  case ticketNumber(TicketNumber)
  /// The random bits of a paper, which tell nothing until they are asked about.
  case paper(PaperCode)
  /// The proof on a receipt, which telephones open.
  case proof
  /// A number of ours for which a kiosk has nothing.
  case other(NumberKind)

  /// Reads a number of twelve digits, or an address as our papers and screens carry one, wherever it leads: an office may
  /// have moved to another since it was printed. Nil for everything else.
  init?(_ scanned: String) {
    let text = Self.content(scanned)
    if let code = Self(TypedNumber(text)) {
      self = code
      return
    }
    guard let path = Self.path(text) else { return nil }
    let parts = path.split(whereSeparator: { "/?#".contains($0) }).map(String.init)
    guard let first = parts.first?.lowercased() else { return nil }
    switch (first, parts.count) {
    case ("verifikasi", _): self = .proof
    case ("janji", 2):
      guard let code = PublicCode(parts[1]) else { return nil }
      self = .checkIn(code)
    case ("tiket", 2):
      guard let code = PublicCode(parts[1]) else { return nil }
      self = .ticket(code)
    case ("k", 2):
      guard let code = PaperCode(parts[1]) else { return nil }
      self = .paper(code)
    case ("lacak", 2), ("permohonan", 2):
      self.init(TypedNumber(scanned: parts[1]))
    default: return nil
    }
  }

  /// What a paper is about.
  init(_ subject: PaperSubject) {
    switch subject {
    case .application(let number): self = .application(number)
    case .ticket(let code): self = .ticket(code)
    case .appointment(let code): self = .checkIn(code)
    }
  }

  /// What a number means; nil for none of ours.
  init?(_ typed: TypedNumber) {
    guard let kind = typed.kind else { return nil }
    if let number = ApplicationNumber(typed) {
      self = .application(number)
    } else if let number = AppointmentNumber(typed) {
      self = .appointment(number)
    } else if let number = TicketNumber(typed) {
      self = .ticketNumber(number)
    } else {
      self = .other(kind)
    }
  }

  /// Without the mark of its symbology (ISO/IEC 15424), which scanners can be set to send first: `]Q1`.
  private static func content(_ scanned: String) -> String {
    let isMarked = scanned.first == "]" && scanned.count > 3
    return String(isMarked ? scanned.dropFirst(3) : scanned[...]).filter { !$0.isWhitespace }
  }

  /// What follows the host of an address; scanners may turn it to capitals.
  private static func path(_ text: String) -> String? {
    guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else { return nil }
    let rest = text.dropFirst(scheme.count)
    return rest.firstIndex(of: "/").map { String(rest[$0...]) }
  }
}

/// The code before this one, so that a scanner that lies on a paper and reads it again and again opens it once.
struct LastScan: Sendable, Equatable {
  private static let repeatMax = Duration.seconds(3)

  private var text: Personal<String>?
  private var arrived = Instant(milliseconds: 0)

  /// Takes a scan.
  ///
  /// - Returns: whether it only repeats the one before.
  mutating func take(_ scan: Scan, at arrived: Instant) -> Bool {
    let isRepeat = text == scan.text && arrived - self.arrived < Self.repeatMax
    text = scan.text
    self.arrived = arrived
    return isRepeat
  }
}
