public import Core
public import HTML

/// One question of a form: it builds its label, hint, error and input together, so that they always
/// belong to each other and a screen reader reads them in that order.
public struct Field: Sendable {
  /// An answer to choose.
  public struct Option: Sendable {
    /// What is sent when it is chosen.
    public let value: String
    /// What the reader chooses by.
    public let label: String
    /// A sentence below the label; nil where the label says enough.
    public let hint: String?

    /// An answer with its words.
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

  /// The name under which the answer is sent; unique within the form.
  public let name: String
  /// The question, or the words of a heading.
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
  ///
  /// Use it where the answer cannot be foreseen; not where it is one of a few, which are a `choice`.
  public static func text(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, kind: TextKind = .plain
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .text(kind))
  }

  /// One of a few answers, all in sight (radio buttons).
  ///
  /// Use it for two to some six answers; not for more, which are a `select`, and not for yes alone, which is a
  /// `checkbox`.
  public static func choice(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, options: [Option],
    arranged: Arrangement = .stacked
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .choice(options, arranged))
  }

  /// One of many answers, in a list that folds out.
  ///
  /// Use it for more than about six answers that are known by name; not for fewer: radio buttons are easier.
  public static func select(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, options: [Option]
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .select(options))
  }

  /// Any number of answers.
  ///
  /// Use it where several answers may hold at once; not where one excludes the others, which is a `choice`.
  public static func checkboxes(
    _ name: String, label: String, hint: String? = nil, required: Bool = false, options: [Option]
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .checkboxes(options))
  }

  /// One thing to agree to; sends `ya`.
  ///
  /// Use it for a declaration or a wish; not for a question with a no of its own, which is a `choice`.
  public static func checkbox(_ name: String, label: String, hint: String? = nil, required: Bool = true) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .checkbox)
  }

  /// A file to upload; `accept` as in HTML (`image/jpeg,application/pdf`).
  ///
  /// Use it where a document must be seen; not for what can be typed.
  public static func file(
    _ name: String, label: String, hint: String? = nil, required: Bool = true, accept: String
  ) -> Field {
    Field(name: name, label: label, hint: hint, isRequired: required, kind: .file(accept: accept))
  }

  /// A value that goes along unseen.
  ///
  /// Use it for what the page knows and the handler needs; not for anything that is believed without a check.
  public static func hidden(_ name: String, _ value: String) -> Field {
    Field(name: name, label: "", hint: nil, isRequired: false, kind: .hidden(value))
  }

  /// No question: a heading between groups of them.
  ///
  /// Use it in forms of more than some six fields; not above each of them.
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
