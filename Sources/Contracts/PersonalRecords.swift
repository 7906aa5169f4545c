public import Core

/// Who the person is, as civil documents say it. Names of one word are whole names.
public struct Biodata: PersonalRecord {
  /// What one can ask for singly.
  public enum Field: String, Sendable, CaseIterable { case fullName, nik, birthPlace, dateOfBirth, sex, nationality }

  /// Records of this type are biodata.
  public static var kind: RecordKind { .biodata }
  /// The shape of today.
  public static var schemaVersion: Int { 1 }

  /// The whole name, in one piece.
  public var fullName: String
  /// Sixteen digits; nil for foreigners.
  public var nik: String?
  /// The place of birth, as the documents have it.
  public var birthPlace: String
  /// ISO date.
  public var dateOfBirth: String
  /// `L` or `P`, as on an Indonesian identity card.
  public var sex: String
  /// ICAO 9303 three-letter code.
  public var nationality: String

  /// Biodata as they were given; they are checked before they come here.
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

  /// The NIK, where there is one.
  public var identities: [IdentityField: Personal<String>] {
    nik.map { [.nik: Personal($0)] } ?? [:]
  }

  /// One field as text; nil where it was left out.
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
  /// What one can ask for singly.
  public enum Field: String, Sendable, CaseIterable { case telephone, email, address }

  /// Records of this type are contacts.
  public static var kind: RecordKind { .contact }
  /// The shape of today.
  public static var schemaVersion: Int { 1 }

  /// E.164: `+628…`.
  public var telephone: String
  /// The mail address; nil where the person has given none.
  public var email: String?
  /// The postal address; nil where the person has given none.
  public var address: String?

  /// Ways to reach a person, as they were given; they are checked before they come here.
  public init(telephone: String, email: String?, address: String?) {
    self.telephone = telephone
    self.email = email
    self.address = address
  }

  /// The telephone number, and the mail address where there is one.
  public var identities: [IdentityField: Personal<String>] {
    var identities = [IdentityField.telephone: Personal(telephone)]
    identities[.email] = email.map { Personal($0) }
    return identities
  }

  /// One field as text; nil where it was left out.
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
  /// What one can ask for singly.
  public enum Field: String, Sendable, CaseIterable { case number, expiry }

  /// Records of this type are travel documents.
  public static var kind: RecordKind { .travelDocument }
  /// The shape of today.
  public static var schemaVersion: Int { 1 }

  /// Upper case, without spaces.
  public var number: String
  /// ISO date.
  public var expiry: String?

  /// A passport, as it was given; it is checked before it comes here.
  public init(number: String, expiry: String?) {
    self.number = number
    self.expiry = expiry
  }

  /// The passport's number.
  public var identities: [IdentityField: Personal<String>] { [.passportNumber: Personal(number)] }

  /// One field as text; nil where it was left out.
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
  /// What one can ask for singly.
  public enum Field: String, Sendable, CaseIterable { case takenOn, face, fingerprints, exemption }

  /// Records of this type are biometric.
  public static var kind: RecordKind { .biometric }
  /// The shape of today.
  public static var schemaVersion: Int { 1 }

  /// ISO date.
  public var takenOn: String
  /// Whether a photograph of the face was taken.
  public var hasFace: Bool
  /// How many fingers were taken, 0 to 10.
  public var fingerprintCount: Int
  /// Why fingers are missing; nil when none are.
  public var exemption: String?

  /// What was taken at an interview.
  public init(takenOn: String, hasFace: Bool, fingerprintCount: Int, exemption: String?) {
    self.takenOn = takenOn
    self.hasFace = hasFace
    self.fingerprintCount = fingerprintCount
    self.exemption = exemption
  }

  /// One field as text; nil where it was left out.
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
    /// The field's name in the service's file.
    public let rawValue: String
    /// The field of that name, whether the form has it or not.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Records of this type are statements.
  public static var kind: RecordKind { .statement }
  /// The shape of today.
  public static var schemaVersion: Int { 1 }

  /// The answers as they were typed, by field name; none for a field that was left out.
  public var answers: [String: String]

  /// The answers of a form.
  public init(answers: [String: String]) { self.answers = answers }

  /// The answer to a field; nil where it was left out.
  public func value(of field: Field) -> String? { answers[field.rawValue] }
}
