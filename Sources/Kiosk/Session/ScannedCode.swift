public import Core

/// What a code means that a scanner read.
public enum ScannedCode: Sendable, Equatable {
  case application(ApplicationNumber)
  case appointment(AppointmentNumber)
  /// The secret of an appointment's own page, which checks in.
  case checkIn(PublicCode)
  /// The secret of a ticket's own page.
  case ticket(PublicCode)
  /// The proof on a receipt, which telephones open.
  case proof
  /// A number of ours for which a kiosk has nothing.
  case other(NumberKind)

  /// Reads a number of twelve digits, or an address as our papers and screens carry one, wherever it leads: an office may
  /// have moved to another since it was printed. Nil for everything else.
  init?(_ scanned: String) {
    let text = Self.content(scanned)
    if case .number(_, let kind) = TypedNumber(text) {
      self.init(TypedNumber(text), kind)
      return
    }
    guard let path = Self.path(text) else { return nil }
    let parts = path.split(whereSeparator: { "/?".contains($0) }).map(String.init)
    guard let first = parts.first?.lowercased() else { return nil }
    switch (first, parts.count) {
    case ("verifikasi", _): self = .proof
    case ("janji", 2):
      guard let code = PublicCode(parts[1]) else { return nil }
      self = .checkIn(code)
    case ("tiket", 2):
      guard let code = PublicCode(parts[1]) else { return nil }
      self = .ticket(code)
    case ("lacak", 2), ("permohonan", 2):
      let typed = TypedNumber(scanned: parts[1])
      guard let kind = typed.kind else { return nil }
      self.init(typed, kind)
    default: return nil
    }
  }

  private init(_ typed: TypedNumber, _ kind: NumberKind) {
    if let number = ApplicationNumber(typed) {
      self = .application(number)
    } else if let number = AppointmentNumber(typed) {
      self = .appointment(number)
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
