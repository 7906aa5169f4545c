internal import Civil

/// The person who answered, in groups as the regulation's questionnaire has them; each may be left out.
struct Respondent: Equatable, Sendable {
  enum Age: String, CaseIterable, Sendable {
    case upTo20 = "0-20"
    case upTo30 = "21-30"
    case upTo40 = "31-40"
    case upTo50 = "41-50"
    case upTo60 = "51-60"
    case above60 = "61"
  }

  enum Education: String, CaseIterable, Sendable {
    case primary = "SD"
    case lowerSecondary = "SMP"
    case upperSecondary = "SMA"
    case bachelor = "S1"
    case master = "S2"
    case doctor = "S3"
  }

  enum Work: String, CaseIterable, Sendable {
    case civilServant = "PNS"
    case army = "TNI"
    case police = "Polri"
    case employee = "swasta"
    case selfEmployed = "wirausaha"
    case other = "lainnya"
  }

  /// The sexes that the questionnaire knows.
  static let sexes: [Sex] = [.male, .female]

  var age: Age?
  var sex: Sex?
  var education: Education?
  var work: Work?
}
