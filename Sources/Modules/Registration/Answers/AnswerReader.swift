import Civil
import Contracts
import Core

/// Reads one answer by its question's kind. Pure: what it needs to know of the day and the service is handed in.
struct AnswerReader {
  /// A town's name, with room for its regency.
  static let placeCharacterCountMax = 60
  /// Street, village, district, regency and post code.
  static let addressCharacterCountMax = 300
  /// One line, such as a country; longer stories are told at the counter.
  static let textCharacterCountMax = 200

  let audience: OfferedService.Audience
  let today: CivilDate

  /// An answer as it is kept, and what is odd about it.
  struct Reading: Equatable {
    let value: String
    var doubts: [Doubt] = []
  }

  /// - Throws: `Refusal`.
  func read(_ typed: String, as field: FormField) throws(Refusal) -> Reading {
    switch field.kind {
    case .fullName:
      let name = try PersonName(typed)
      return Reading(value: name.text, doubts: isForCitizens ? name.doubts : [])
    case .nik: return Reading(value: try NIK(typed).digits)
    case .birthPlace: return Reading(value: try line(typed, max: Self.placeCharacterCountMax))
    case .address: return Reading(value: try line(typed, max: Self.addressCharacterCountMax))
    case .text: return Reading(value: try line(typed, max: Self.textCharacterCountMax))
    case .dateOfBirth, .date, .passportExpiry: return try date(typed, as: field.kind)
    case .sex: return Reading(value: try oneOf(sexes.map(\.rawValue), typed))
    case .nationality: return Reading(value: try nationality(typed))
    case .telephone: return Reading(value: try TelephoneNumber(typed).e164)
    case .email: return Reading(value: try EmailAddress(typed).text)
    case .passportNumber:
      let number = try PassportNumber(typed, isIndonesian: isForCitizens)
      return Reading(value: number.text, doubts: number.doubts)
    case .choice: return Reading(value: try oneOf(field.choices.map(\.value), typed))
    }
  }

  /// Indonesian documents know two; a foreigner's may leave it unspecified.
  var sexes: [Sex] { isForCitizens ? [.male, .female] : Sex.allCases }

  private var isForCitizens: Bool { audience == .citizens }

  private func date(_ typed: String, as kind: FormField.Kind) throws(Refusal) -> Reading {
    let date = try TypedDate.read(typed)
    if kind == .dateOfBirth {
      try DateRule.checkBirth(date, today: today)
    } else {
      try DateRule.checkOther(date, today: today)
    }
    // An Indonesian comes because the passport has expired; a foreigner needs a valid one.
    let isExpired = kind == .passportExpiry && !isForCitizens && date < today
    return Reading(value: date.description, doubts: isExpired ? [.passportExpired] : [])
  }

  private func nationality(_ code: String) throws(Refusal) -> String {
    guard Nationality.isKnown(code), (code == Nationality.indonesian) == isForCitizens else { throw .notOffered }
    return code
  }

  private func oneOf(_ offered: [String], _ typed: String) throws(Refusal) -> String {
    guard offered.contains(typed) else { throw .notOffered }
    return typed
  }

  /// One line: white space of any kind becomes single spaces.
  private func line(_ typed: String, max: Int) throws(Refusal) -> String {
    let text = TextGate.line(typed).text
    guard text.unicodeScalars.count <= max else { throw .tooLong(max: max) }
    return text
  }
}
