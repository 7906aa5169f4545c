public import Core

/// Why an answer cannot be taken: what no document or telephone can carry.
public enum Refusal: Error, Equatable, Sendable {
  /// Nothing was typed where an answer is needed.
  case missing
  /// Nothing was chosen among the answers offered.
  case notChosen
  /// More than `max` Unicode scalars.
  case tooLong(max: Int)
  /// A population number with something other than digits in it.
  case nikNotDigits
  /// A population number of `found` digits instead of `NIK.digitCount`.
  case nikLength(found: Int)
  /// All digits equal, or the serial 0000.
  case nikImpossible
  /// A name with a digit in it.
  case nameHasDigits
  /// A name with a symbol that no document prints in one.
  case nameHasSymbols
  /// What `TypedDate` does not read as a date of the calendar.
  case dateUnreadable
  /// A birth after today.
  case dateInFuture
  /// A birth that no living person can have, or another day as long ago.
  case dateTooEarly
  /// A day further ahead than `DateRule` takes.
  case dateTooLate
  /// No telephone number of Indonesia, nor an international one (ITU-T E.164).
  case telephone
  /// No e-mail address, or one longer than mail carries (RFC 5321).
  case email
  /// No number of an Indonesian passport: one letter and seven digits.
  case passportIndonesian
  /// No number of another country's passport: five to fifteen letters and digits, at least one of them a digit.
  case passportForeign
  /// Not among the answers that this person is offered.
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
