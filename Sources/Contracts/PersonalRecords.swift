public import Core

/// Who the person is, as civil documents say it. Names of one word are whole names.
public struct Biodata: PersonalRecord {
  public enum Field: String, Sendable, CaseIterable { case fullName, nik, birthPlace, dateOfBirth, sex, nationality }

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

  public func value(of field: Field) -> String? {
    switch field {
    case .fullName: fullName
    case .nik: nik
    case .birthPlace: birthPlace
    case .dateOfBirth: dateOfBirth
    case .sex: sex
    case .nationality: nationality
    }
  }
}

/// How the person is reached.
public struct Contact: PersonalRecord {
  public enum Field: String, Sendable, CaseIterable { case telephone, email, address }

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

  public var identities: [IdentityField: Personal<String>] {
    var identities = [IdentityField.telephone: Personal(telephone)]
    identities[.email] = email.map { Personal($0) }
    return identities
  }

  public func value(of field: Field) -> String? {
    switch field {
    case .telephone: telephone
    case .email: email
    case .address: address
    }
  }
}

/// The passport in hand: a foreigner's, or an Indonesian's old one.
public struct TravelDocument: PersonalRecord {
  public enum Field: String, Sendable, CaseIterable { case number, expiry }

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

  public func value(of field: Field) -> String? {
    switch field {
    case .number: number
    case .expiry: expiry
    }
  }
}

/// That biometrics were taken at the interview, and of what. The features themselves are kept by the national system and
/// never enter Gapura; that they were taken, how well, and why not, is specific data all the same (UU 27/2022,
/// article 4(2)): a missing finger is health.
public struct Biometric: PersonalRecord {
  public enum Field: String, Sendable, CaseIterable { case takenOn, face, fingerprints, exemption }

  public static var kind: RecordKind { .biometric }
  public static var schemaVersion: Int { 1 }

  /// ISO date.
  public var takenOn: String
  /// Whether a photograph of the face was taken.
  public var hasFace: Bool
  /// How many fingers were taken, 0 to 10.
  public var fingerprintCount: Int
  /// Why fingers are missing; nil when none are.
  public var exemption: String?

  public init(takenOn: String, hasFace: Bool, fingerprintCount: Int, exemption: String?) {
    self.takenOn = takenOn
    self.hasFace = hasFace
    self.fingerprintCount = fingerprintCount
    self.exemption = exemption
  }

  public func value(of field: Field) -> String? {
    switch field {
    case .takenOn: takenOn
    case .face: hasFace ? "yes" : "no"
    case .fingerprints: String(fingerprintCount)
    case .exemption: exemption
    }
  }
}

/// The other answers of a form, by field name.
public struct Statement: PersonalRecord {
  /// A field of the form, by its name in the service's file.
  public struct Field: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  public static var kind: RecordKind { .statement }
  public static var schemaVersion: Int { 1 }

  public var answers: [String: String]

  public init(answers: [String: String]) { self.answers = answers }

  public func value(of field: Field) -> String? { answers[field.rawValue] }
}
