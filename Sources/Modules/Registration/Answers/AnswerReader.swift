import Civil
import Contracts
import Core

/// Reads one answer by its question's kind. Pure: what it needs to know of the day and the service is handed in.
struct AnswerReader {
  /// One line, such as a country; longer stories are told at the counter.
  static let textCharacterCountMax = 200

  private let person: PersonalReader

  init(audience: OfferedService.Audience, today: CivilDate) {
    person = PersonalReader(isForCitizens: audience == .citizens, today: today)
  }

  /// - Throws: `Refusal`.
  func read(_ typed: String, as field: FormField) throws(Refusal) -> PersonalReader.Reading {
    if let personal = field.kind.personal { return try person.read(typed, as: personal) }
    return switch field.kind {
    case .date: .init(value: try person.day(typed).description)
    case .choice: .init(value: try oneOf(field.choices.map(\.value), typed))
    case .text, .fullName, .nik, .birthPlace, .dateOfBirth, .sex, .nationality, .telephone, .email, .address,
      .passportNumber, .passportExpiry:
      .init(value: try PersonalReader.line(typed, max: Self.textCharacterCountMax))
    }
  }

  private func oneOf(_ offered: [String], _ typed: String) throws(Refusal) -> String {
    guard offered.contains(typed) else { throw .notOffered }
    return typed
  }
}

extension FormField.Kind {
  /// What it asks of a person; nil for a question of the service's own.
  var personal: PersonalField? {
    switch self {
    case .fullName: .fullName
    case .nik: .nik
    case .birthPlace: .birthPlace
    case .dateOfBirth: .dateOfBirth
    case .sex: .sex
    case .nationality: .nationality
    case .telephone: .telephone
    case .email: .email
    case .address: .address
    case .passportNumber: .passportNumber
    case .passportExpiry: .passportExpiry
    case .text, .date, .choice: nil
    }
  }
}
