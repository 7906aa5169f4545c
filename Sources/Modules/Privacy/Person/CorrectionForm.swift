import Core
import Web

/// The questions of a correction: every answer may be left out, and what is left out stays as it is.
struct CorrectionForm {
  let words: Words

  var fields: [Field] {
    CorrectableField.allCases.map { field in
      let label = words(field.name)
      return switch field {
      case .dateOfBirth, .passportExpiry: .text(field.input, label: label, required: false, kind: .date)
      case .nik: .text(field.input, label: label, required: false, kind: .numeric(digits: 16))
      case .telephone: .text(field.input, label: label, required: false, kind: .telephone)
      case .email: .text(field.input, label: label, required: false, kind: .email)
      case .address: .text(field.input, label: label, required: false, kind: .address)
      case .sex:
        .choice(
          field.input, label: label, required: false,
          options: [.init("L", words("privacy.sex.L")), .init("P", words("privacy.sex.P"))], arranged: .inline)
      case .nationality:
        .text(
          field.input, label: label, hint: words("privacy.correction.nationality-hint"), required: false,
          kind: .short(3))
      case .fullName: .text(field.input, label: label, required: false, kind: .name)
      case .birthPlace: .text(field.input, label: label, required: false)
      case .passportNumber: .text(field.input, label: label, required: false, kind: .short(15))
      }
    }
  }

  /// What was filled in; what cannot be is refused beside its field. An officer looks at the rest.
  func read(_ input: inout FormInput) -> Personal<CorrectionWish> {
    fields.check(&input, words)
    var values: [String: String] = [:]
    for field in CorrectableField.allCases {
      let value = input[field.input]
      if !value.isEmpty { values[field.rawValue] = tidied(value, field) }
    }
    if let nik = values[CorrectableField.nik.rawValue], nik.count != 16 {
      input.refuse(CorrectableField.nik.input, words("privacy.correction.nik-wrong"))
    }
    if let code = values[CorrectableField.nationality.rawValue], code.count != 3 || !code.allSatisfy(\.isLetter) {
      input.refuse(CorrectableField.nationality.input, words("privacy.correction.nationality-hint"))
    }
    // Said beside the first question, so that there is a place to go to.
    if values.isEmpty, input.errors.isEmpty, let first = fields.first {
      input.refuse(first.name, words("privacy.correction.empty"))
    }
    return Personal(CorrectionWish(values: values))
  }

  /// As the records have it.
  private func tidied(_ value: String, _ field: CorrectableField) -> String {
    switch field {
    case .nik: value.filter { !$0.isWhitespace }
    case .nationality, .passportNumber: value.uppercased().filter { !$0.isWhitespace }
    case .telephone: Self.international(value)
    default: value
    }
  }

  /// `+62…`, as the records keep it.
  private static func international(_ typed: String) -> String {
    let digits = typed.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
    return digits.hasPrefix("0") ? "+62" + digits.dropFirst() : digits
  }
}

extension CorrectableField {
  var name: MessageKey { MessageKey("privacy.field", named: rawValue) }
  var input: String { "isi-\(rawValue)" }
}
