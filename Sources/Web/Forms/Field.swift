public import Core
public import HTML

/// One question of a form: it builds its label, hint, error and input together, so that they always
/// belong to each other and a screen reader reads them in that order.
public struct Field: Sendable {
  /// An answer to choose.
  public struct Option: Sendable {
    public let value: String
    public let label: String
    public let hint: String?

    public init(_ value: String, _ label: String, hint: String? = nil) {
      self.value = value
      self.label = label
      self.hint = hint
    }
  }

  /// How options stand: below each other, or side by side where there is room (short words, scales).
  public enum Arrangement: Sendable { case stacked, inline }

  enum Kind: Sendable {
    case text(TextKind)
    case choice([Option], Arrangement)
    case select([Option])
    case checkboxes([Option])
    case checkbox
    case file(accept: String)
    case hidden(String)
    case heading
  }

  public let name: String
  public let label: String
  let hint: String?
  let isRequired: Bool
  let kind: Kind
  /// Whether "(optional)" stands beside its label; not in a form in which everything is.
  var isMarkedOptional = true

  func markedOptional(_ isMarked: Bool) -> Field {
    var field = self
    field.isMarkedOptional = isMarked
    return field
  }

  /// Something to type.
  public static func text(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, kind: TextKind = .plain
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .text(kind))
  }

  /// One of a few answers, all in sight (radio buttons).
  public static func choice(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, options: [Option],
    arranged: Arrangement = .stacked
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .choice(options, arranged))
  }

  /// One of many answers, in a list that folds out. With more than about six only: radio buttons are easier.
  public static func select(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, options: [Option]
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .select(options))
  }

  /// Any number of answers.
  public static func checkboxes(
    _ name: String, label: String, hint: String? = nil, required: Bool = false, options: [Option]
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .checkboxes(options))
  }

  /// One thing to agree to; sends `ya`.
  public static func checkbox(_ name: String, label: String, hint: String? = nil, required: Bool = true) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .checkbox)
  }

  /// A file to upload; `accept` as in HTML (`image/jpeg,application/pdf`).
  public static func file(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, accept: String
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .file(accept: accept))
  }

  /// A value that goes along unseen.
  public static func hidden(_ name: String, _ value: String) -> Field {
    Field(name: name, label: "", hint: nil, isRequired: false, kind: .hidden(value))
  }

  /// No question: a heading between groups of them.
  public static func heading(_ text: String, hint: String? = nil) -> Field {
    Field(name: "", label: text, hint: hint, isRequired: false, kind: .heading)
  }

  /// The field with what was typed and what is said about it.
  public func node(_ input: FormInput, _ words: Words) -> Node {
    FieldView(field: self, input: input, words: words).node
  }

  /// The id of what a link in the error summary leads to: the input, or the first of several.
  public var anchor: String {
    switch kind {
    case .text(.date), .text(.birthDate): FormInput.dateField(id, FormInput.dateParts[0])
    case .choice, .checkboxes: "\(id)-0"
    case .text, .select, .checkbox, .file, .hidden, .heading: id
    }
  }

  var id: String { "f-\(name)" }

  var isFile: Bool { if case .file = kind { true } else { false } }
}
