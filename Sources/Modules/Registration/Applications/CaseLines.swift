import Civil
import Contracts
import Core

/// Lays a person's records out as questions and answers.
enum CaseLines {
  /// The answers in the order of the form, labelled as the form was.
  static func labelled(_ records: ApplicantRecords, by form: ServiceForm) -> [CaseFile.Line] {
    form.questions.compactMap { field in
      records.answer(to: field, of: form).map { answer in
        CaseFile.Line(
          label: field.label, value: Personal(shown(answer, of: field)), meaning: meaning(answer, of: field))
      }
    }
  }

  /// Without the form, which the catalogue no longer has, every answer stands under its technical name.
  static func unlabelled(_ records: ApplicantRecords) -> [CaseFile.Line] {
    let biodata = records.biodata.exposed
    let contact = records.contact?.exposed
    let document = records.travelDocument?.exposed
    let own: [(FormField.Kind, String?)] = [
      (.fullName, biodata.fullName), (.nik, biodata.nik), (.birthPlace, biodata.birthPlace),
      (.dateOfBirth, biodata.dateOfBirth), (.sex, biodata.sex), (.nationality, biodata.nationality),
      (.telephone, contact?.telephone), (.email, contact?.email), (.address, contact?.address),
      (.passportNumber, document?.number), (.passportExpiry, document?.expiry),
    ]
    let others = (records.statement?.exposed.answers ?? [:]).sorted { $0.key < $1.key }
    return (own.map { ($0.rawValue, $1) } + others.map { ($0.key, $0.value) }).compactMap { name, value in
      guard let value, !value.isEmpty else { return nil }
      return CaseFile.Line(label: LocalizedText(inEveryLanguage: name), value: Personal(value))
    }
  }

  /// A coded answer in words.
  private static func meaning(_ answer: String, of field: FormField) -> CaseFile.Line.Meaning? {
    switch field.kind {
    case .sex: Sex(rawValue: answer).map { .message(MessageKey("registration.sex", named: $0.rawValue)) }
    case .nationality: .message(MessageKey("registration.nationality", named: answer))
    case .choice: field.choices.first { $0.value == answer }.map { .text($0.label) }
    case .dateOfBirth, .date, .passportExpiry: .date
    case .fullName, .nik, .birthPlace, .telephone, .email, .address, .passportNumber, .text: nil
    }
  }

  /// A choice in the words that the person chose.
  private static func shown(_ answer: String, of field: FormField) -> String {
    field.kind == .choice ? field.choices.first { $0.value == answer }?.label[.indonesian] ?? answer : answer
  }
}
