public import Core

/// What is unusual about an answer and may all the same be right: shown once, accepted when it is sent again.
public enum Doubt: Equatable, Sendable {
  /// The first two digits are the code of no province that is known here (Kepmendagri 300.2.2-2138/2025).
  case nikProvince
  /// The number's date of birth is no day of the calendar, whichever the century.
  case nikDateImpossible
  /// The number's date of birth is another than the one that the person gave.
  case nikDateDiffers
  /// The number's day is written for the other sex.
  case nikSexDiffers
  /// The passport shows the name without punctuation and titles; holds the name as it would stand there.
  case nameInPassport(Personal<String>)
  /// Longer than the passport's name line.
  case nameLong
  /// Longer than the nine places of the machine-readable zone (ICAO 9303-4).
  case passportNumberLong
  /// The passport of a foreigner, who needs a valid one, has expired by today.
  case passportExpired

  /// Its name in the hidden field that remembers what has been shown, and in an officer's findings.
  public var code: String {
    switch self {
    case .nikProvince: "nik-province"
    case .nikDateImpossible: "nik-date-impossible"
    case .nikDateDiffers: "nik-date"
    case .nikSexDiffers: "nik-sex"
    case .nameInPassport: "name-in-passport"
    case .nameLong: "name-long"
    case .passportNumberLong: "passport-number-long"
    case .passportExpired: "passport-expired"
    }
  }

  /// What the reader should look at again.
  public func text(_ words: Words) -> String {
    let key = MessageKey("civil.doubt", named: code)
    return switch self {
    case .nameInPassport(let name): words(key, ["name": name.exposed])
    case .nameLong: words(key, ["max": String(PersonName.passportCharacterCountMax)])
    case .nikProvince, .nikDateImpossible, .nikDateDiffers, .nikSexDiffers, .passportNumberLong, .passportExpired:
      words(key)
    }
  }

  /// What an officer is told about it.
  public var finding: MessageKey { MessageKey("civil.finding", named: code) }
}
