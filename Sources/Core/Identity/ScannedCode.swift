/// What a scanner has read: what one of the office's codes holds, or something that is typed as a number.
public enum ScannedCode: Hashable, Sendable {
  /// The address of a ticket, with its secret: shows how it stands.
  case ticket(PublicCode)
  /// The address of an appointment, with its secret: says that its people have come.
  case appointment(PublicCode)
  /// A secret without an address, of a ticket or an appointment.
  case secret(PublicCode)
  /// A number of twelve digits, alone or at the end of an address, such as on an application's receipt. It opens nothing.
  case number(UInt64, NumberKind)
  /// What proves that a receipt is genuine; nothing is done with it but to check it.
  case proof
  /// Sixteen digits are a NIK.
  case nik
  /// Nothing of this office.
  case unknown

  /// More is no code of ours: a proof in its address has a few hundred characters.
  private static let characterCountMax = 2_000

  public init(_ text: String) {
    let trimmed = text.drop(while: \.isWhitespace)
    guard trimmed.utf8.count <= Self.characterCountMax else {
      self = .unknown
      return
    }
    // An address ends its path where its query begins.
    let path = trimmed.prefix { $0 != "?" && $0 != "#" && !$0.isWhitespace }
    // Codes in capital letters are smaller, and some scanners write nothing else.
    let segments = path.lowercased().split(separator: "/").map(String.init)
    if segments.last == "verifikasi", path.count < trimmed.count {
      self = .proof
    } else if segments.count > 1, let code = PublicCode(segments[segments.count - 1]) {
      switch segments[segments.count - 2] {
      case "tiket": self = .ticket(code)
      case "janji": self = .appointment(code)
      default: self = .unknown
      }
    } else {
      self = Self.named(String(trimmed))
    }
  }

  private static func named(_ text: String) -> ScannedCode {
    switch TypedNumber(scanned: text) {
    case .number(let value, let kind): return .number(value, kind)
    case .nik: return .nik
    case .mistyped:
      // Thirteen digits are a number with one too many.
      guard !text.allSatisfy(\.isNumber), let code = PublicCode(text) else { return .unknown }
      return .secret(code)
    }
  }
}
