public import Core

/// Reads what is answered about a person: the one verdict for the application's form, a correction, the counter
/// and whatever else takes such an answer.
public struct PersonalReader: Sendable {
  /// A town's name, with room for its regency. In Unicode scalars, as all limits here.
  public static let placeCharacterCountMax = 60
  /// Street, village, district, regency and post code.
  public static let addressCharacterCountMax = 300

  /// Whether Indonesians are asked, whose documents know two sexes and one nationality.
  public let isForCitizens: Bool
  /// At the office.
  public let today: CivilDate

  /// A reader for one kind of applicant on one day, by which births, expiries and ages are judged.
  public init(isForCitizens: Bool, today: CivilDate) {
    self.isForCitizens = isForCitizens
    self.today = today
  }

  /// An answer as it is kept, and what is odd about it.
  public struct Reading: Equatable, Sendable {
    /// The answer in its one spelling: a date as `1990-08-17`, a telephone in E.164, a number without spaces.
    public let value: String
    /// What should be shown to the person once before the answer is taken.
    public let doubts: [Doubt]

    /// A reading; most have no doubts.
    public init(value: String, doubts: [Doubt] = []) {
      self.value = value
      self.doubts = doubts
    }
  }

  /// - Throws: `Refusal` for what no document or telephone can carry.
  public func read(_ typed: String, as field: PersonalField) throws(Refusal) -> Reading {
    switch field {
    case .fullName:
      let name = try PersonName(typed)
      return Reading(value: name.text, doubts: isForCitizens ? name.doubts : [])
    case .nik: return Reading(value: try NIK(typed).digits)
    case .birthPlace: return Reading(value: try Self.line(typed, max: Self.placeCharacterCountMax))
    case .address: return Reading(value: try Self.line(typed, max: Self.addressCharacterCountMax))
    case .dateOfBirth: return Reading(value: try DateRule.birth(typed, today: today).description)
    case .sex: return Reading(value: try sex(typed).rawValue)
    case .nationality: return Reading(value: try nationality(typed))
    case .telephone: return Reading(value: try TelephoneNumber(typed).e164)
    case .email: return Reading(value: try EmailAddress(typed).text)
    case .passportNumber:
      let number = try PassportNumber(typed, isIndonesian: isForCitizens)
      return Reading(value: number.text, doubts: number.doubts)
    case .passportExpiry: return try expiry(typed)
    }
  }

  /// The sexes that the documents of those who are asked can state.
  public var sexes: [Sex] { isForCitizens ? [.male, .female] : Sex.allCases }

  /// A day that is no birthday, within reason.
  ///
  /// - Throws: `Refusal` for what is no day, or too far away.
  public func day(_ typed: String) throws(Refusal) -> CivilDate {
    let date = try TypedDate.read(typed)
    try DateRule.checkOther(date, today: today)
    return date
  }

  /// One line: white space of any kind becomes single spaces.
  ///
  /// - Throws: `Refusal` for more than `max` Unicode scalars, and what the gate for text refuses.
  public static func line(_ typed: String, max: Int) throws(Refusal) -> String {
    let text = try TextGate.line(typed).accepted
    guard text.unicodeScalars.count <= max else { throw .tooLong(max: max) }
    return text
  }

  private func expiry(_ typed: String) throws(Refusal) -> Reading {
    let date = try day(typed)
    // An Indonesian comes because the passport has expired; a foreigner needs a valid one.
    return Reading(value: date.description, doubts: !isForCitizens && date < today ? [.passportExpired] : [])
  }

  private func sex(_ code: String) throws(Refusal) -> Sex {
    guard let sex = Sex(rawValue: code), sexes.contains(sex) else { throw .notOffered }
    return sex
  }

  private func nationality(_ code: String) throws(Refusal) -> String {
    guard Nationality.isKnown(code), (code == Nationality.indonesian) == isForCitizens else { throw .notOffered }
    return code
  }
}
