public import Contracts
public import Core

/// A person who does not exist: an applicant for simulations and tests, synthetic at first sight.
public struct Person: Sendable, Equatable {
  /// What a person proves their identity with.
  public enum Identity: Sendable, Equatable {
    /// An Indonesian: sixteen digits of the NIK, and the number of the old passport.
    case citizen(nik: String, oldPassport: String)
    /// A foreigner: passport number, issuing state (ICAO 9303), last day of validity.
    case foreigner(passport: String, state: String, expiry: CivilDate)
  }

  /// The place in the order of arrival, from 0.
  public let index: Int
  public let fullName: String
  /// `L` or `P`, as on an Indonesian identity card.
  public let sex: String
  public let birthPlace: String
  public let dateOfBirth: CivilDate
  public let identity: Identity
  /// As the person types it.
  public let telephone: String
  public let email: String?
  public let address: String
  public let language: Language
  /// Who may take the priority line, and why.
  public let priority: PriorityGroup?
  public let assistance: Set<Assistance>

  public var isForeigner: Bool {
    if case .foreigner = identity { return true }
    return false
  }

  /// Every passport number of the person.
  public var passportNumbers: [String] {
    switch identity {
    case .citizen(_, let oldPassport): [oldPassport]
    case .foreigner(let passport, _, _): [passport]
    }
  }

  /// What must never be found in clear outside the person's own pages: the whole name, the NIK, the passport
  /// numbers, and the telephone number as it is typed and as it is kept.
  public var secrets: [String] {
    var secrets = [fullName, telephone, TelephoneRange.e164(telephone)] + passportNumbers
    if case .citizen(let nik, _) = identity { secrets.append(nik) }
    if let email { secrets.append(email) }
    return secrets
  }
}
