import Contracts

/// The form of one service as the catalogue describes it.
struct ServiceForm: Sendable {
  let service: OfferedService

  /// What is asked. An Indonesian's nationality is not.
  var questions: [FormField] {
    service.fields.filter { service.audience == .foreigners || $0.kind != .nationality }
  }

  /// The parts of the form that have questions, in their order.
  var sections: [(section: FormSection, questions: [FormField])] {
    FormSection.allCases.map { section in (section, questions.filter { self.section(of: $0) == section }) }
      .filter { !$0.1.isEmpty }
  }

  /// The question about the applicant: the first of its kind. A second name or NIK is another person's.
  func own(_ kind: FormField.Kind) -> FormField? { questions.first { $0.kind == kind } }

  /// Whether the answer has a place of its own in the applicant's records, and is not one of the other answers.
  /// An expiry without a passport number has none.
  func isKeptApart(_ field: FormField) -> Bool {
    guard FormSection(field.kind) != .request, own(field.kind) == field else { return false }
    return field.kind != .passportExpiry || own(.passportNumber)?.isRequired == true
  }

  /// Without these the application could not be found again, nor its holder be called.
  var isUsable: Bool { own(.fullName)?.isRequired == true && own(.dateOfBirth)?.isRequired == true }

  private func section(of field: FormField) -> FormSection {
    own(field.kind) == field ? FormSection(field.kind) : .request
  }
}

/// A part of the form under a heading of its own.
enum FormSection: String, CaseIterable, Sendable {
  case biodata
  case contact
  case travelDocument = "travel-document"
  case request

  init(_ kind: FormField.Kind) {
    switch kind {
    case .fullName, .nik, .birthPlace, .dateOfBirth, .sex, .nationality: self = .biodata
    case .telephone, .email, .address: self = .contact
    case .passportNumber, .passportExpiry: self = .travelDocument
    case .text, .date, .choice: self = .request
    }
  }
}
