internal import Civil
public import Core

extension Field {
  /// Refuses what every field of this kind refuses: nothing where something is required, too much,
  /// letters in a number, a day that does not exist, an answer that was not offered. Before that it brings the answer
  /// into the form that the kind has: a line without line ends, a number with plain digits and hyphens.
  ///
  /// What the field's own rules are (a NIK's check, a date in the past) the module checks afterwards.
  public func check(_ input: inout FormInput, _ words: Words) {
    if case .text(let kind) = kind { input.settle(name, kind.settled) }
    let value = input[name]
    let isChoice =
      switch kind {
      case .choice, .select, .checkboxes: true
      case .text, .checkbox, .file, .hidden, .heading: false
      }
    if case .file = kind { return }  // Files are not among the values; the route of the upload checks it.
    if case .checkboxes(let options) = kind {
      let allowed = Set(options.map(\.value))
      if isRequired, input.all(name).isEmpty { input.refuse(name, words("form.error.choose", ["label": label])) }
      if !input.all(name).allSatisfy(allowed.contains) { input.refuse(name, words("form.error.unknown")) }
      return
    }
    if value.isEmpty {
      if isRequired { input.refuse(name, missing(isChoice: isChoice, words)) }
      return
    }
    switch kind {
    case .text(let kind): check(kind, value, &input, words)
    case .choice(let options, _), .select(let options):
      if !options.contains(where: { $0.value == value }) { input.refuse(name, words("form.error.unknown")) }
    case .checkboxes, .checkbox, .file, .hidden, .heading: break
    }
  }

  private func missing(isChoice: Bool, _ words: Words) -> String {
    if case .checkbox = kind { return words("form.error.tick", ["label": label]) }
    return isChoice ? words("form.error.choose", ["label": label]) : words("form.error.missing", ["label": label])
  }

  private func check(_ kind: TextKind, _ value: String, _ input: inout FormInput, _ words: Words) {
    switch kind {
    case .numeric(let digits), .grouped(let digits), .oneTimeCode(let digits), .secretNumber(let digits):
      if !value.allSatisfy({ $0.isASCII && $0.isNumber }) {
        input.refuse(name, words("form.error.digits", ["label": label]))
      } else if value.count > digits {
        input.refuse(name, words("form.error.long", ["max": "\(digits)", "count": "\(value.count)"]))
      }
    case .date, .birthDate:
      if CivilDate(iso: value) == nil { input.refuseDate(name, words) }
    case .email:
      // Of one that is too long it is said below that it is.
      if value.unicodeScalars.count <= kind.characterCountMax, (try? EmailAddress(value)) == nil {
        input.refuse(name, words("form.error.email"))
      }
    case .plain, .short, .name, .telephone, .address, .username, .password, .newPassword, .code, .reference,
      .caseNumber, .multiline:
      break
    }
    // As it is stored: an accent that stands alone counts, however little of it is seen.
    let count = value.unicodeScalars.count
    if count > kind.characterCountMax {
      let counts = ["max": "\(kind.characterCountMax)", "count": "\(count)"]
      input.refuse(name, words("form.error.long", ["max": counts["max"] ?? "", "count": counts["count"] ?? ""]))
    }
  }
}

extension [Field] {
  /// Checks each field by its kind.
  public func check(_ input: inout FormInput, _ words: Words) {
    for field in self { field.check(&input, words) }
  }
}
