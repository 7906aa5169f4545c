internal import Civil
internal import Core
internal import HTML

/// Draws one field.
struct FieldView {
  let field: Field
  let input: FormInput
  let words: Words

  var node: Node {
    switch field.kind {
    case .hidden(let value):
      HTML.input(.type(.hidden), .name(field.name), .value(input.has(field.name) ? input[field.name] : value))
    case .heading: heading
    case .text(.date): single(group: dateInputs(birthday: false))
    case .text(.birthDate): single(group: dateInputs(birthday: true))
    case .text(let kind): labelled { textInput(kind) }
    case .select(let options): labelled { selectInput(options) }
    case .file(let accept):
      labelled { HTML.input(.type(.file), .id(field.id), .name(field.name), .accept(accept), described, invalid) }
    case .choice(let options, let arranged):
      single(group: choices(options, type: .radio, inline: arranged == .inline, chosen: [input[field.name]]))
    case .checkboxes(let options):
      single(group: choices(options, type: .checkbox, inline: false, chosen: Set(input.all(field.name))))
    case .checkbox: checkbox
    }
  }

  private var heading: Node {
    div(.class("field-heading")) {
      h2 { field.label }
      if let hint = field.hint { p(.class("muted")) { hint } }
    }
  }

  // MARK: The frame of a field

  private func labelled(@NodeBuilder _ control: () -> Node) -> Node {
    div(.class(frameClass)) {
      label(.for(field.id)) { labelWords }
      remarks
      control()
    }
  }

  private func single(group content: Node) -> Node {
    fieldset(.class(frameClass), described) {
      legend { labelWords }
      remarks
      content
    }
  }

  private var frameClass: String {
    if error != nil { return "field has-error" }
    return warning != nil ? "field has-warning" : "field"
  }

  @NodeBuilder private var labelWords: Node {
    field.label
    if !field.isRequired, field.isMarkedOptional {
      " "
      span(.class("optional")) { words("form.optional") }
    }
  }

  @NodeBuilder private var remarks: Node {
    if let hint = field.hint { p(.id("\(field.id)-hint"), .class("hint")) { hint } }
    if let error {
      p(.id("\(field.id)-error"), .class("field-error")) {
        Icon.error.node
        span(.class("unseen")) { words("form.error.word") + " " }
        error
      }
    }
    if let warning {
      p(.id("\(field.id)-warning"), .class("field-warning")) {
        Icon.warning.node
        warning
      }
    }
  }

  private var error: String? { input.error(field.name) }
  private var warning: String? { input.warning(field.name) }

  private var described: Attribute {
    var ids: [String] = []
    if field.hint != nil { ids.append("\(field.id)-hint") }
    if error != nil { ids.append("\(field.id)-error") }
    if warning != nil { ids.append("\(field.id)-warning") }
    return .aria("describedby", ids.isEmpty ? nil : ids.joined(separator: " "))
  }

  private var invalid: Attribute { .aria("invalid", error == nil ? nil : "true") }

  // MARK: The inputs

  private func textInput(_ kind: TextKind) -> Node {
    let value = kind.isSecret ? "" : input[field.name]
    let common: [Attribute] = [
      .id(field.id), .name(field.name), .required(field.isRequired), .maxlength(kind.typedCountMax), described,
      invalid,
    ]
    if let rows = kind.rows { return .textarea(common + kind.attributes + [.rows(rows)], text: value) }
    let width: [Attribute] = kind.width.map { [.size($0 + 1), .class("fitted")] } ?? []
    // Where scripts run, a button beside it shows what is typed.
    let show = Attribute.data("show", kind.isPassword ? words("form.show") : nil)
    return .input(common + kind.attributes + width + [.value(value), show])
  }

  private func selectInput(_ options: [Field.Option]) -> Node {
    let chosen = input[field.name]
    return select(.id(field.id), .name(field.name), .required(field.isRequired), described, invalid) {
      option(.value(""), .selected(chosen.isEmpty)) { words("form.choose") }
      for choice in options {
        option(.value(choice.value), .selected(choice.value == chosen)) { choice.label }
      }
    }
  }

  private func choices(
    _ options: [Field.Option], type: Attribute.InputType, inline: Bool, chosen: Set<String>
  ) -> Node {
    div(.class(inline ? "options inline" : "options")) {
      for (place, choice) in options.enumerated() {
        let id = "\(field.id)-\(place)"
        div(.class("option")) {
          HTML.input(
            .type(type), .id(id), .name(field.name), .value(choice.value), .checked(chosen.contains(choice.value)),
            .required(field.isRequired && type == .radio),
            .aria("describedby", choice.hint == nil ? nil : "\(id)-hint"))
          label(.for(id)) { choice.label }
          if let hint = choice.hint { p(.id("\(id)-hint"), .class("hint")) { hint } }
        }
      }
    }
  }

  private var checkbox: Node {
    div(.class(frameClass)) {
      remarks
      div(.class("option")) {
        HTML.input(
          .type(.checkbox), .id(field.id), .name(field.name), .value("ya"), .checked(input[field.name] == "ya"),
          .required(field.isRequired), described, invalid)
        label(.for(field.id)) { labelWords }
      }
    }
  }

  private func dateInputs(birthday: Bool) -> Node {
    let autofill: [Attribute] = [.autocomplete("bday-day"), .autocomplete("bday-month"), .autocomplete("bday-year")]
    // Where one part is wrong, that one is marked and no other.
    let wrong = Set(input.dateFaults(field.name).map(\.part))
    return div(.class("date")) {
      for (place, part) in FormInput.dateParts.enumerated() {
        let id = FormInput.dateField(field.id, part)
        // A month may be written as a word: “September”.
        let length = part == "tahun" ? 4 : part == "bulan" ? MonthName.characterCountMax : 2
        div {
          label(.for(id)) { words(MessageKey("form.date", named: part)) }
          HTML.input(
            .type(.text), .id(id), .name(FormInput.dateField(field.name, part)),
            part == "bulan" ? nil : .inputmode("numeric"),
            .maxlength(length), .size(length + 1), .required(field.isRequired),
            wrong.isEmpty || wrong.contains(place) ? invalid : nil,
            birthday ? autofill[place] : nil,
            .value(input.datePart(place, of: field.name)))
        }
      }
    }
  }
}
