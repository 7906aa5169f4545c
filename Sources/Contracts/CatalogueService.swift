public import Core

/// The name of an offered service in URLs and tables: `paspor-elektronik-10`.
public struct ServiceCode: RawRepresentable, Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
  /// The code as the name of the service's file has it.
  public let rawValue: String
  /// The code of a service, whether the office offers it or not.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The code of a service, whether the office offers it or not; the short spelling.
  public init(_ rawValue: String) { self.rawValue = rawValue }
  /// The code itself.
  public var description: String { rawValue }
  /// By the code's letters, for lists that always look the same.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A service as the office offers it, read from one `services/*.json5`.
public struct OfferedService: Sendable, Equatable {
  /// Who may apply.
  public enum Audience: String, Sendable, Codable, CaseIterable {
    /// Indonesians.
    case citizens
    /// All others.
    case foreigners
  }

  /// The code that addresses and tables carry.
  public let code: ServiceCode
  /// What people call it.
  public let name: LocalizedText
  /// What it is, in a sentence.
  public let summary: LocalizedText
  /// Who may apply for it.
  public let audience: Audience
  /// The letter of its number series in the hall: `A` gives `A-001`.
  public let queueLetter: String
  /// Whether it can be applied for on the web before coming.
  public let acceptsWebApplications: Bool
  /// What to bring and to have, one sentence each.
  public let requirements: [LocalizedText]
  /// The questions of its form, in order.
  public let fields: [FormField]
  /// What it costs, line by line of the tariff; none where it is free.
  public let fees: [Fee]
  /// Working days from the visit's end to completion.
  public let promisedWorkingDays: Int
  /// In order; the first one is entered when the application is made.
  public let stages: [Stage]
  /// The regulations that it rests on, as they are cited.
  public let legalBasis: [String]
  /// The first day on which it is offered.
  public let validFrom: CivilDate
  /// The last day it is offered; nil while none is known.
  public let validTo: CivilDate?
  /// What the person should know besides: lost passports need an interview first, say.
  public let notices: [LocalizedText]
  /// Further words by which people look for it, in any language; never shown.
  public let keywords: [String]

  /// A service as its file describes it; the file's reader has checked what it says.
  public init(
    code: ServiceCode, name: LocalizedText, summary: LocalizedText, audience: Audience, queueLetter: String,
    acceptsWebApplications: Bool, requirements: [LocalizedText], fields: [FormField], fees: [Fee],
    promisedWorkingDays: Int, stages: [Stage], legalBasis: [String], validFrom: CivilDate, validTo: CivilDate?,
    notices: [LocalizedText], keywords: [String] = []
  ) {
    self.code = code
    self.name = name
    self.summary = summary
    self.audience = audience
    self.queueLetter = queueLetter
    self.acceptsWebApplications = acceptsWebApplications
    self.requirements = requirements
    self.fields = fields
    self.fees = fees
    self.promisedWorkingDays = promisedWorkingDays
    self.stages = stages
    self.legalBasis = legalBasis
    self.validFrom = validFrom
    self.validTo = validTo
    self.notices = notices
    self.keywords = keywords
  }

  /// The sum of all fees.
  public var total: Rupiah { fees.reduce(Rupiah(0)) { $0 + $1.amount } }

  /// The stage of that code.
  public func stage(_ code: String) -> Stage? { stages.first { $0.code == code } }

  /// The stage after that of `code`; nil at the end.
  public func stage(after code: String) -> Stage? {
    guard let place = stages.firstIndex(where: { $0.code == code }), place + 1 < stages.count else { return nil }
    return stages[place + 1]
  }
}

/// One line of the tariff (PNBP).
public struct Fee: Sendable, Equatable {
  /// The tariff's code: `PAS-E-10`.
  public let code: String
  /// What is paid for.
  public let name: LocalizedText
  /// How much it is.
  public let amount: Rupiah

  /// One line of the tariff.
  public init(code: String, name: LocalizedText, amount: Rupiah) {
    self.code = code
    self.name = name
    self.amount = amount
  }
}

/// A step of the way from application to hand-over.
public struct Stage: Sendable, Equatable {
  /// Whose move it is while the application is in this stage.
  public enum Mover: String, Sendable, Codable, CaseIterable {
    /// The applicant has something to do.
    case applicant
    /// The office is at work.
    case office
  }

  /// What ends it.
  public enum Ending: String, Sendable, Codable, CaseIterable {
    /// A visit to a counter that is finished.
    case visit
    /// An officer's decision in the console.
    case officer
    /// Nothing: the application is complete.
    case none
  }

  /// The stage's name in tables, unique within the service.
  public let code: String
  /// What people call it.
  public let name: LocalizedText
  /// What happens now and what the person should do, in a sentence.
  public let explanation: LocalizedText
  /// Whose move it is.
  public let mover: Mover
  /// What ends it.
  public let ending: Ending
  /// The right that the officer needs whose decision ends it, one of `Right.ofStages`; means nothing for other endings.
  public let right: Right

  /// A stage as the service's file describes it.
  public init(
    code: String, name: LocalizedText, explanation: LocalizedText, mover: Mover, ending: Ending, right: Right = .examine
  ) {
    self.code = code
    self.name = name
    self.explanation = explanation
    self.mover = mover
    self.ending = ending
    self.right = right
  }
}

/// A question of an application form.
public struct FormField: Sendable, Equatable {
  /// What kind of answer it takes; decides validation, keyboard and where it is sealed.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The name as a passport has it, checked as a `PersonName`.
    case fullName = "full-name"
    /// The sixteen digits of a resident's number, checked as an `NIK`.
    case nik
    /// The place of birth, a short text.
    case birthPlace = "birth-place"
    /// The date of birth, which is not ahead.
    case dateOfBirth = "date-of-birth"
    /// The sex as documents have it.
    case sex
    /// A state by its three letters (ICAO 9303).
    case nationality
    /// A telephone number, kept as E.164.
    case telephone
    /// A mail address.
    case email
    /// A postal address in a few lines.
    case address
    /// The number of a passport.
    case passportNumber = "passport-number"
    /// The day on which a passport ends.
    case passportExpiry = "passport-expiry"
    /// A text of the applicant's own.
    case text
    /// Any other date.
    case date
    /// One of the choices that the field names.
    case choice
  }

  /// The name under which the answer is sent and kept; unique within the form.
  public let name: String
  /// What kind of answer it takes.
  public let kind: Kind
  /// The question.
  public let label: LocalizedText
  /// How to answer it; nil where that is plain.
  public let hint: LocalizedText?
  /// Whether the form is incomplete without an answer.
  public let isRequired: Bool
  /// For `choice`: the answers, by stored value.
  public let choices: [Option]

  /// One answer of a closed list.
  public struct Option: Sendable, Equatable {
    /// What is sent and kept.
    public let value: String
    /// What the reader chooses by.
    public let label: LocalizedText
    /// An answer and its words.
    public init(value: String, label: LocalizedText) {
      self.value = value
      self.label = label
    }
  }

  /// A question as the service's file describes it.
  public init(
    name: String, kind: Kind, label: LocalizedText, hint: LocalizedText?, isRequired: Bool, choices: [Option]
  ) {
    self.name = name
    self.kind = kind
    self.label = label
    self.hint = hint
    self.isRequired = isRequired
    self.choices = choices
  }
}

/// What the office offers, and on which days it works.
public protocol CatalogueService: Sendable {
  /// The services in force on `day`, in the order of their files' names.
  func services(on day: CivilDate) -> [OfferedService]

  /// The service, whether in force or not: an application made earlier still needs its stages.
  func service(_ code: ServiceCode) -> OfferedService?

  /// Whether the office works on `day`: not on weekends, national holidays, collective leave or closures.
  func isWorkingDay(_ day: CivilDate) -> Bool

  /// The day on which `count` working days after `day` have passed.
  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate
}
