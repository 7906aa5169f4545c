/// What a person typed, pasted or scanned where a number of twelve digits is asked for.
///
/// Spaces, hyphens, dots and slashes between its groups and the invisible marks that phones paste along mean nothing; full-width and Arabic-Indic digits are
/// digits.
public enum TypedNumber: Hashable, Sendable {
  /// A whole number with the right check digits.
  case number(UInt64, NumberKind)
  /// Sixteen digits are a NIK, not a number of ours.
  case nik
  /// Anything else: other characters, too few or too many digits, check digits that do not fit.
  case mistyped

  /// How many digits a number has.
  public static let digitCount = 12
  /// How many numbers of one kind there are.
  static let drawnCount = 1_000_000_000
  /// An address with a number at its end may be scanned; what is longer is not looked at.
  public static let characterCountMax = 200
  private static let nikDigitCount = 16

  /// What was typed, or scanned from one of our codes: the whole of it, or what follows the last `/` or `=` of an address.
  public init(scanned text: String) {
    let whole = TypedNumber(text)
    guard whole == .mistyped, text.utf8.count <= Self.characterCountMax * 4,
      let last = text.split(whereSeparator: { $0 == "/" || $0 == "=" }).last
    else {
      self = whole
      return
    }
    self.init(String(last))
  }

  /// What was typed, or `mistyped` where it is no number at all; never fails.
  public init(_ text: String) {
    guard text.utf8.count <= Self.characterCountMax * 4, let digits = Self.digits(of: Self.withoutMarks(text))
    else {
      self = .mistyped
      return
    }
    if digits.utf8.count == Self.nikDigitCount {
      self = .nik
      return
    }
    guard digits.utf8.count == Self.digitCount, let value = UInt64(digits), CheckDigits.fit(value),
      let kind = digits.utf8.first.flatMap({ NumberKind(digit: Int($0 - UInt8(ascii: "0"))) })
    else {
      self = .mistyped
      return
    }
    self = .number(value, kind)
  }

  /// The kind of the number; nil when it is none.
  public var kind: NumberKind? {
    guard case .number(_, let kind) = self else { return nil }
    return kind
  }

  /// A number of that kind as hints show one: `1234 5678 9092`.
  public static func example(_ kind: NumberKind) -> String { grouped(String(value(kind, drawn: 234_567_890))) }

  static func value(_ kind: NumberKind, drawn: Int) -> UInt64 {
    CheckDigits.append(to: UInt64(kind.digit * drawnCount + drawn))
  }

  /// The ASCII digits of what was typed; nil when there is anything in it that neither is a digit nor parts digits.
  public static func digits(of text: String) -> String? {
    var digits = ""
    for scalar in text.unicodeScalars {
      if let digit = digit(scalar) {
        digits.unicodeScalars.append(digit)
      } else if !parts(scalar) {
        return nil
      }
    }
    return digits
  }

  /// Without the dots and slashes that people write between groups. A number of ours counts nothing, so none of them can
  /// be a decimal point.
  private static func withoutMarks(_ text: String) -> String { text.filter { $0 != "." && $0 != "/" } }

  /// Digits in groups of four, as far as they go.
  public static func grouped(_ digits: String) -> String {
    var grouped = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, place % 4 == 0 { grouped.append(" ") }
      grouped.append(digit)
    }
    return grouped
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let zeros: [UInt32] = [0x30, 0xFF10, 0x0660, 0x06F0]
    guard let zero = zeros.first(where: { (0...9).contains(Int64(scalar.value) - Int64($0)) }) else { return nil }
    return Unicode.Scalar(0x30 + scalar.value - zero)
  }

  /// White space, dashes, and format characters such as U+202A, which are not seen.
  private static func parts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .dashPunctuation, .format: true
    default: scalar.properties.isWhitespace
    }
  }
}
