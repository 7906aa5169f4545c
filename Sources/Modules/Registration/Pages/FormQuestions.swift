import Civil
import Contracts
import Core
import Web

/// The fields of a service's form, as the page asks them.
struct FormQuestions {
  /// With more answers than fit on a phone's screen a list that folds out is easier.
  static let radioButtonCountMax = 6
  /// A NIK is sixteen digits; many people type it in groups of four.
  private static let nikCharacterCountMax = 20

  let form: ServiceForm
  let words: Words
  var acceptsSpecimens = false

  var fields: [Field] {
    form.sections.flatMap { section, questions in
      [.heading(words(MessageKey("registration.section", named: section.rawValue)))] + questions.map(field)
    }
  }

  private func field(_ question: FormField) -> Field {
    switch question.kind {
    case .sex: choice(question, sexes, arranged: .inline)
    case .nationality:
      select(
        question, Nationality.options(words, withSpecimen: acceptsSpecimens).map { Field.Option($0.code, $0.name) })
    case .choice: choice(question, question.choices.map { Field.Option($0.value, words($0.label)) })
    case .fullName, .nik, .birthPlace, .dateOfBirth, .telephone, .email, .address, .passportNumber, .passportExpiry,
      .text, .date:
      text(question, textKind(question))
    }
  }

  private var sexes: [Field.Option] {
    let offered: [Sex] = form.service.audience == .citizens ? [.male, .female] : Sex.allCases
    return offered.map { Field.Option($0.rawValue, words(MessageKey("registration.sex", named: $0.rawValue))) }
  }

  private func textKind(_ question: FormField) -> TextKind {
    let isOwn = form.own(question.kind) == question
    return switch question.kind {
    case .fullName: isOwn ? .name : .short(PersonName.characterCountMax)
    case .nik: .grouped(digits: Self.nikCharacterCountMax)
    case .birthPlace: .short(PersonalReader.placeCharacterCountMax)
    case .dateOfBirth: isOwn ? .birthDate : .date
    case .date, .passportExpiry: .date
    case .telephone: .telephone
    case .email: .email
    case .address: .address
    case .passportNumber: .code
    case .text, .sex, .nationality, .choice: .short(AnswerReader.textCharacterCountMax)
    }
  }

  private func text(_ question: FormField, _ kind: TextKind) -> Field {
    .text(
      question.name, label: words(question.label), hint: hint(question), required: question.isRequired, kind: kind)
  }

  private func choice(
    _ question: FormField, _ options: [Field.Option], arranged: Field.Arrangement = .stacked
  ) -> Field {
    guard options.count <= Self.radioButtonCountMax else { return select(question, options) }
    return .choice(
      question.name, label: words(question.label), hint: hint(question), required: question.isRequired,
      options: options, arranged: arranged)
  }

  private func select(_ question: FormField, _ options: [Field.Option]) -> Field {
    .select(
      question.name, label: words(question.label), hint: hint(question), required: question.isRequired,
      options: options)
  }

  private func hint(_ question: FormField) -> String? { question.hint.map { words($0) } }
}
