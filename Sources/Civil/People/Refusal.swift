public import Core

/// Why an answer cannot be taken: what no document or telephone can carry.
public enum Refusal: Error, Equatable, Sendable {
  case missing
  /// Nothing was chosen among the answers offered.
  case notChosen
  case tooLong(max: Int)
  case nikNotDigits
  case nikLength(found: Int)
  /// All digits equal, or the serial 0000.
  case nikImpossible
  case nameHasDigits
  case nameHasSymbols
  case dateUnreadable
  case dateInFuture
  case dateTooEarly
  case dateTooLate
  case telephone
  case email
  case passportIndonesian
  case passportForeign
  case notOffered
  /// Something in it that no answer may hold.
  case text(TextFault)

  /// What the reader should do about it; `label` is the question's.
  public func text(_ words: Words, label: String) -> String {
    switch self {
    case .missing: words("form.error.missing", ["label": label])
    case .notChosen: words("form.error.choose", ["label": label])
    case .tooLong(let max): words("civil.refusal.too-long", ["max": String(max)])
    case .nikNotDigits: words("civil.refusal.nik-not-digits")
    case .nikLength(let found): words("civil.refusal.nik-length", ["count": String(found)])
    case .nikImpossible: words("civil.refusal.nik-impossible")
    case .nameHasDigits: words("civil.refusal.name-digits")
    case .nameHasSymbols: words("civil.refusal.name-symbols")
    case .dateUnreadable: words("civil.refusal.date-unreadable")
    case .dateInFuture: words("civil.refusal.date-future")
    case .dateTooEarly: words("civil.refusal.date-early")
    case .dateTooLate: words("civil.refusal.date-late")
    case .telephone: words("civil.refusal.telephone")
    case .email: words("civil.refusal.email")
    case .passportIndonesian: words("civil.refusal.passport-indonesian")
    case .passportForeign: words("civil.refusal.passport-foreign")
    case .text(let fault): fault.text(words)
    case .notOffered: words("civil.refusal.not-offered")
    }
  }
}
