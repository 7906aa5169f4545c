internal import Contracts
internal import Core

extension ServiceFile {
  /// A question of the form.
  struct FieldEntry: Decodable {
    let field: FormField

    enum Keys: String, CodingKey, CaseIterable { case name, kind, label, hint, required, choices }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      let name = try file.text(.name, characterCountMax: CodeWord.characterCountMax)
      guard CodeWord.isOne(name) else {
        throw file.refusal(.name, what: "\"\(name)\" cannot name a field", mend: CodeWord.mend)
      }
      field = try FormField(
        name: name, kind: file.choice(.kind), label: file.value(.label), hint: file.optional(.hint),
        isRequired: file.value(.required, or: true),
        choices: file.list(.choices, of: ChoiceEntry.self, entryCount: 0...Self.choiceCountMax).map(\.choice))
      try checkChoices(file)
    }

    private func checkChoices(_ file: StrictContainer<Keys>) throws {
      switch (field.kind, field.choices.isEmpty) {
      case (.choice, true):
        throw file.refusal(
          what: "a field of kind \"choice\" has no choices",
          mend: "Add choices: [ { value: \"…\", label: { id: \"…\", en: \"…\" } }, … ].")
      case (.choice, false):
        try file.refuseRepeats(in: .choices, names: field.choices.map(\.value), member: "value")
      case (_, false):
        throw file.refusal(
          .choices, what: "a field of kind \"\(field.kind.rawValue)\" takes no choices",
          mend: "Remove choices, or write kind: \"choice\".")
      case (_, true): break
      }
    }

    /// More than a person can look through; a longer list should be a text.
    private static var choiceCountMax: Int { 60 }
  }

  /// An answer to choose.
  struct ChoiceEntry: Decodable {
    let choice: FormField.Option

    enum Keys: String, CodingKey, CaseIterable { case value, label }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      let value = try file.text(.value, characterCountMax: CodeWord.characterCountMax)
      guard CodeWord.isOne(value) else {
        throw file.refusal(.value, what: "\"\(value)\" cannot be the value of a choice", mend: CodeWord.mend)
      }
      choice = try FormField.Option(value: value, label: file.value(.label))
    }
  }

  /// The form as a whole: it must ask what the other modules cannot do without.
  func checkFields(_ file: StrictContainer<Keys>) throws {
    if service.fields.isEmpty {
      guard service.acceptsWebApplications else { return }
      throw file.refusal(
        what: "the service takes applications on the web but its form asks nothing",
        mend: "Add fields: [ … ], or write acceptsWebApplications: false.")
    }
    try file.refuseRepeats(in: .fields, names: service.fields.map(\.name), member: "name")
    try checkSingleKinds(file)
    for need in Need.of(service.audience) { try check(need, file) }
  }

  /// A person has one name and one date of birth; only texts, dates and choices may come more than once.
  private func checkSingleKinds(_ file: StrictContainer<Keys>) throws {
    let manifold: Set<FormField.Kind> = [.text, .date, .choice]
    var places: [FormField.Kind: Int] = [:]
    for (place, field) in service.fields.enumerated() where !manifold.contains(field.kind) {
      guard let first = places.updateValue(place, forKey: field.kind) else { continue }
      throw file.refusal(
        .fields, [.entry(place), "kind"],
        what: "\"\(field.kind.rawValue)\" is already asked by entry \(first + 1)",
        mend: "Ask it once; for anything else of the kind use \"text\", \"date\" or \"choice\".")
    }
  }

  private func check(_ need: Need, _ file: StrictContainer<Keys>) throws {
    guard let place = service.fields.firstIndex(where: { $0.kind == need.kind }) else {
      throw file.refusal(
        .fields, what: "no field asks for \"\(need.kind.rawValue)\", \(need.reason)",
        mend: "Add a field with kind: \"\(need.kind.rawValue)\".")
    }
    guard service.fields[place].isRequired else {
      throw file.refusal(
        .fields, [.entry(place), "required"], what: "\"\(need.kind.rawValue)\" must be answered, \(need.reason)",
        mend: "Write required: true, or leave required out.")
    }
  }

  /// A kind that a form must ask.
  private struct Need {
    let kind: FormField.Kind
    let reason: String

    static func of(_ audience: OfferedService.Audience) -> [Need] {
      [
        Need(kind: .fullName, reason: "by which the person is called at the counter"),
        Need(kind: .dateOfBirth, reason: "with which the person follows the application"),
        identity(audience),
      ]
    }

    private static func identity(_ audience: OfferedService.Audience) -> Need {
      switch audience {
      case .citizens: Need(kind: .nik, reason: "by which a citizen is recognised")
      case .foreigners: Need(kind: .passportNumber, reason: "by which a foreigner is recognised")
      }
    }
  }
}
