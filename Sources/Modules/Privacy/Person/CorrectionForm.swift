import Civil
import Contracts
import Core
import Web

/// The questions of a correction: every answer may be left out, and what is left out stays as it is. An answer is taken
/// or refused as on the form with which the person applied.
struct CorrectionForm {
  /// A NIK is sixteen digits; many people type it in groups of four.
  private static let nikCharacterCountMax = 20

  let words: Words
  /// Whether the application is one of Indonesians; nil where it is not known yet whose it is: everything is offered.
  let isForCitizens: Bool?
  let today: CivilDate
  let acceptsSpecimens: Bool

  var fields: [Field] { PersonalField.allCases.filter(isAsked).map(question) }

  /// An Indonesian's nationality is not asked.
  private func isAsked(_ field: PersonalField) -> Bool { field != .nationality || isForCitizens != true }

  private func question(_ field: PersonalField) -> Field {
    let label = words(field.name)
    switch field {
    case .sex:
      let offered: [Sex] = isForCitizens == true ? [.male, .female] : Sex.allCases
      return .choice(
        field.input, label: label, required: false,
        options: offered.map { .init($0.rawValue, words(MessageKey("registration.sex", named: $0.rawValue))) },
        arranged: .inline)
    case .nationality:
      return .select(
        field.input, label: label, required: false,
        options: Nationality.options(words, withSpecimen: acceptsSpecimens).map { .init($0.code, $0.name) })
    case .fullName, .nik, .birthPlace, .dateOfBirth, .telephone, .email, .address, .passportNumber, .passportExpiry:
      return .text(field.input, label: label, required: false, kind: kind(field))
    }
  }

  private func kind(_ field: PersonalField) -> TextKind {
    switch field {
    case .dateOfBirth, .passportExpiry: .date
    case .nik: .grouped(digits: Self.nikCharacterCountMax)
    case .telephone: .telephone
    case .email: .email
    case .address: .address
    case .fullName: .name
    case .birthPlace: .short(PersonalReader.placeCharacterCountMax)
    case .passportNumber: .code
    case .sex, .nationality: .plain
    }
  }

  /// What was filled in; what cannot be is refused beside its field, and what is odd is shown once.
  func read(_ input: inout FormInput) -> Personal<CorrectionWish> {
    let reader = PersonalReader(isForCitizens: isForCitizens ?? true, today: today)
    var values: [String: String] = [:]
    for field in PersonalField.allCases where !input[field.input].isEmpty {
      do throws(Refusal) {
        let reading = try reader.read(input[field.input], as: field)
        values[field.rawValue] = reading.value
        warn(reading.doubts, about: field, &input)
      } catch {
        // Which of its three parts is wrong, only the form knows.
        if error == .dateUnreadable { input.refuseDate(field.input, words) }
        input.refuse(field.input, error.text(words, label: words(field.name)))
      }
    }
    compareNIK(values, &input)
    // Said beside the first question, so that there is a place to go to.
    if values.isEmpty, input.errors.isEmpty, let first = fields.first {
      input.refuse(first.name, words("privacy.correction.empty"))
    }
    return Personal(CorrectionWish(values: values))
  }

  private func compareNIK(_ values: [String: String], _ input: inout FormInput) {
    guard let digits = values[PersonalField.nik.rawValue], let nik = try? NIK(digits) else { return }
    let doubts = nik.doubts(
      dateOfBirth: values[PersonalField.dateOfBirth.rawValue].flatMap { CivilDate(iso: $0) },
      sex: values[PersonalField.sex.rawValue].flatMap(Sex.init))
    warn(doubts, about: .nik, &input)
  }

  private func warn(_ doubts: [Doubt], about field: PersonalField, _ input: inout FormInput) {
    guard !doubts.isEmpty else { return }
    input.warn(field.input, doubts.map { $0.text(words) }.joined(separator: " "))
  }
}

extension RightsRequestService {
  /// - Parameter summary: whose data is to be corrected; nil where that is asked on the same page.
  func correctionForm(_ summary: ApplicationSummary?, _ context: PageContext) -> CorrectionForm {
    let service = summary.flatMap { catalogue?.service($0.service) }
    return CorrectionForm(
      words: context.words, isForCitizens: service.map { $0.audience == .citizens },
      today: context.zone.date(of: clock.now), acceptsSpecimens: acceptsSpecimens)
  }
}

extension PersonalField {
  var name: MessageKey { MessageKey("privacy.field", named: rawValue) }
  var input: String { "isi-\(rawValue)" }
}
