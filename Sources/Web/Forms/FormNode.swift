public import Core
public import HTML

/// A whole form: error summary, the fields, the tokens, and one primary button.
///
/// Use it for whatever is asked in fields; not for a single act without any, which is an `actionButton`.
///
/// - Parameters:
///   - submission: the idempotency key for a fresh form; one that was sent already keeps its own.
///   - input: what was typed and what is said about it; an empty one for a fresh form.
///   - style: of the button; one that takes something from a person is no primary one.
///   - cancel: a way out beside the button.
///   - errorTitle: what has not happened, in the words of what was to happen; stands above all that is wrong.
public func formNode(
  _ context: PageContext, to action: Link, submission: String?, fields: [Field], input: FormInput = FormInput(),
  submitLabel: String, style: ButtonStyle = .primary, cancel: (label: String, link: Link)? = nil,
  errorTitle: MessageKey = "form.error.title"
) -> Node {
  let words = context.words
  let asked = fields.filter { !$0.name.isEmpty && $0.anchorIsShown }
  let hasRequired = asked.contains { $0.isRequired }
  return fragment {
    errorSummary(input, asked, words, errorTitle: errorTitle)
    form(
      .method(.post), .action(action), .novalidate(), .class("form"),
      fields.contains(where: \.isFile) ? .multipart : nil
    ) {
      hiddenFields(context, submission: submission, input: input)
      if hasRequired, asked.contains(where: { !$0.isRequired }) {
        p(.class("muted")) { words("form.required-note") }
      }
      for field in fields { field.markedOptional(hasRequired).node(input, words) }
      div(.class("actions")) {
        button(.button(.submit), .class("button \(style.rawValue)")) { submitLabel }
        if let cancel { a(.href(cancel.link), .class("button quiet")) { cancel.label } }
      }
    }
  }
}

/// The same for a handler, which has the request at hand.
///
/// Use it in a handler; not for a button of another style than the primary one.
public func formNode(
  _ request: Request, to action: Link, submission: String?, fields: [Field], input: FormInput = FormInput(),
  submitLabel: String, cancel: (label: String, link: Link)? = nil
) -> Node {
  formNode(
    request.context, to: action, submission: submission, fields: fields, input: input, submitLabel: submitLabel,
    cancel: cancel)
}

/// A form that is one button: an action that changes something, on a page that shows something.
///
/// Use it for an act that needs no answer; not for a link, and not for what cannot be brought back, which asks first
/// (`Confirmation`).
///
/// - Parameters:
///   - fields: what goes along unseen.
///   - key: a letter or digit that presses the button in the console; it is shown on it.
public func actionButton(
  _ context: PageContext, to action: Link, label: String, style: ButtonStyle = .secondary, icon: Icon? = nil,
  submission: String? = nil, fields: KeyValuePairs<String, String> = [:], key: Character? = nil
) -> Node {
  form(.method(.post), .action(action), .class("action")) {
    hiddenFields(context, submission: submission, input: FormInput())
    for (name, value) in fields { input(.type(.hidden), .name(name), .value(value)) }
    button(
      .button(.submit), .class("button \(style.rawValue)"), .data("key", key.map { String($0).lowercased() }),
      .aria("keyshortcuts", key.map { String($0).uppercased() })
    ) {
      icon?.node
      label
      if let key { kbd(.aria("hidden", "true")) { String(key).uppercased() } }
    }
  }
}

/// The tokens that every form carries; for forms that are laid out by hand.
///
/// Use it in a form that no component makes; not in a `formNode` or an `actionButton`, which have them already.
public func hiddenFields(_ context: PageContext, submission: String?, input sent: FormInput = FormInput()) -> Node {
  let key = sent.submission.isEmpty ? submission : sent.submission
  return fragment {
    input(.type(.hidden), .name(FormInput.csrfField), .value(context.csrf))
    if let key { input(.type(.hidden), .name(FormInput.submissionField), .value(key)) }
    if !sent.warnings.isEmpty { input(.type(.hidden), .name(FormInput.warningsSeenField), .value(sent.warningNames)) }
  }
}

/// All that is wrong with a form, above it: the same words as beside the fields, each leading there.
/// It takes the focus when the page is shown (by the script, where there is one).
///
/// Use it above fields that are laid out by hand; not with a `formNode`, which has it already.
public func errorSummary(
  _ input: FormInput, _ fields: [Field], _ words: Words, errorTitle: MessageKey = "form.error.title"
) -> Node {
  let places = Dictionary(fields.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
  // In the order of the page, however they were found.
  let remarks = (input.errors.isEmpty ? input.warnings : input.errors).enumerated()
    .sorted { (places[$0.element.field] ?? .max, $0.offset) < (places[$1.element.field] ?? .max, $1.offset) }
    .map(\.element)
  guard !remarks.isEmpty, !input.isAcceptable else { return .empty }
  let isError = !input.errors.isEmpty
  return div(
    .class(isError ? "error-summary" : "error-summary warning"), .role("alert"), .tabindex(-1), .data("focus", "")
  ) {
    h2 { words(isError ? errorTitle : "form.warning.title") }
    ul {
      for remark in remarks {
        li {
          if let field = fields.first(where: { $0.name == remark.field }) {
            a(.href(.fragment(field.anchor))) { remark.message }
          } else {
            remark.message
          }
        }
      }
    }
  }
}

extension Field {
  /// Whether the field is on the page for a reader to go to.
  var anchorIsShown: Bool { if case .hidden = kind { false } else { true } }
}
