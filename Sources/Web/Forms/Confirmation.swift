internal import Core
public import HTML

/// What is said before something ends that cannot be brought back: what will happen, what stays, and the way back.
///
/// It is a page of its own, so it works without scripts: a route that names it (`Route.confirmed(by:)`) is answered with
/// it until the form has been sent a second time from there.
public struct Confirmation: Sendable {
  /// The hidden field that says that the page was seen.
  public static let field = "_yakin"

  let title: String
  let consequences: [String]
  let facts: Node
  /// What must be written in before it is done; an own password.
  public let fields: [Field]
  let submitLabel: String
  let back: Link

  /// - Parameters:
  ///   - title: the question, naming what ends.
  ///   - consequences: one sentence each: what happens, what cannot be undone, what to do instead.
  ///   - facts: what it is about, such as a list of facts; none where the title says it all.
  ///   - fields: what must be written in on the page; the route's handler checks it, and shows the page again where it is
  ///     wrong.
  ///   - submitLabel: what the button does, as a verb.
  ///   - back: the page from which the reader came.
  public init(
    title: String, consequences: [String], facts: Node = .empty, fields: [Field] = [], submitLabel: String, back: Link
  ) {
    self.title = title
    self.consequences = consequences
    self.facts = facts
    self.fields = fields
    self.submitLabel = submitLabel
    self.back = back
  }

  /// The page that asks, with everything that was sent going along.
  ///
  /// - Parameter input: what was written into the fields and what is wrong with it.
  public func page(_ request: Request, input written: FormInput = FormInput(), status: Status = .ok) -> Response {
    let words = request.words
    let own = [FormInput.csrfField, Self.field] + fields.map(\.name)
    let sent = DisplaySettings.answers(in: request.form).filter { !own.contains($0.name) }
    let action = Link(localPath: request.path) ?? back
    let face: Face = request.path.hasPrefix("/petugas") ? .console : .portal
    return .page(request, title: title, status: status, face: face) {
      section(.class("confirmation"), .data("confirm", "")) {
        pageHeading(title)
        facts
        notice(.warning, title: words("confirm.happens")) {
          ul { for consequence in consequences { li { consequence } } }
        }
        if !fields.isEmpty {
          formNode(
            request.context, to: action, submission: nil,
            fields: fields + [.hidden(Self.field, "ya")] + sent.map { .hidden($0.name, $0.value) }, input: written,
            submitLabel: submitLabel, style: .danger, cancel: (words("confirm.back"), back))
        } else {
          plain(to: action, sent, request)
        }
      }
    }
  }

  private func plain(to action: Link, _ sent: [FormInput.Entry], _ request: Request) -> Node {
    div(.class("actions")) {
      form(.method(.post), .action(action), .class("action")) {
        input(.type(.hidden), .name(FormInput.csrfField), .value(request.context.csrf))
        input(.type(.hidden), .name(Self.field), .value("ya"))
        for entry in sent { input(.type(.hidden), .name(entry.name), .value(entry.value)) }
        button(.button(.submit), .class("button danger")) { submitLabel }
      }
      linkButton(request.words("confirm.back"), to: back, icon: .back)
    }
  }
}

extension Route {
  /// What a route asks before it acts; nil where there is nothing to ask, because the form is refused anyway.
  public typealias Question = @Sendable (Request) async throws -> Confirmation?

  /// The same route, which acts only when its confirmation has been seen: for everything that cannot be brought back.
  public func confirmed(by question: @escaping Question) -> Route {
    var route = self
    let act = handler
    route.isConfirmed = true
    route.handler = { request in
      if request.form[Confirmation.field] != "ya", let confirmation = try await question(request) {
        return confirmation.page(request)
      }
      return try await act(request)
    }
    return route
  }
}
