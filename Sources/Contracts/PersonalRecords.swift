public import Core

/// Who the person is, as civil documents say it. Names of one word are whole names.
public struct Biodata: PersonalRecord {
  public static var kind: RecordKind { .biodata }
  public static var schemaVersion: Int { 1 }

  public var fullName: String
  /// Sixteen digits; nil for foreigners.
  public var nik: String?
  public var birthPlace: String
  /// ISO date.
  public var dateOfBirth: String
  /// `L` or `P`, as on an Indonesian identity card.
  public var sex: String
  /// ICAO 9303 three-letter code.
  public var nationality: String

  public init(
    fullName: String, nik: String?, birthPlace: String, dateOfBirth: String, sex: String, nationality: String
  ) {
    self.fullName = fullName
    self.nik = nik
    self.birthPlace = birthPlace
    self.dateOfBirth = dateOfBirth
    self.sex = sex
    self.nationality = nationality
  }

  public var identities: [IdentityField: Personal<String>] {
    nik.map { [.nik: Personal($0)] } ?? [:]
  }
}

/// How the person is reached.
public struct Contact: PersonalRecord {
  public static var kind: RecordKind { .contact }
  public static var schemaVersion: Int { 1 }

  /// E.164: `+628…`.
  public var telephone: String
  public var email: String?
  public var address: String?

  public init(telephone: String, email: String?, address: String?) {
    self.telephone = telephone
    self.email = email
    self.address = address
  }
}

/// The passport in hand: a foreigner's, or an Indonesian's old one.
public struct TravelDocument: PersonalRecord {
  public static var kind: RecordKind { .travelDocument }
  public static var schemaVersion: Int { 1 }

  /// Upper case, without spaces.
  public var number: String
  /// ISO date.
  public var expiry: String?

  public init(number: String, expiry: String?) {
    self.number = number
    self.expiry = expiry
  }

  public var identities: [IdentityField: Personal<String>] { [.passportNumber: Personal(number)] }
}

/// The other answers of a form, by field name.
public struct Statement: PersonalRecord {
  public static var kind: RecordKind { .statement }
  public static var schemaVersion: Int { 1 }

  public var answers: [String: String]

  public init(answers: [String: String]) { self.answers = answers }
}
