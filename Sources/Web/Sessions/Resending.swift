internal import Core
internal import HTML

/// Everything that a refused form held, hidden, with a fresh token and one button: so nothing that was
/// typed is lost when a cookie was.
struct Resending {
  private let request: Request
  private let entries: [FormInput.Entry]
  private let action: Link?

  init(_ request: Request) {
    self.init(request, DisplaySettings.answers(in: request.form), to: Link(localPath: request.path))
  }

  init(_ request: Request, _ entries: [FormInput.Entry], to action: Link?) {
    self.request = request
    self.entries = entries
    self.action = action
  }

  /// Nothing for forms without content, with files (which cannot be put into a page) or with secrets.
  var node: Node {
    let sent = entries.filter { $0.name != FormInput.csrfField }
    guard let action, !sent.isEmpty, request.form.uploads.isEmpty,
      !sent.contains(where: { Self.isSecret($0.name) })
    else { return .empty }
    return form(.method(.post), .action(action)) {
      input(.type(.hidden), .name(FormInput.csrfField), .value(request.context.csrf))
      for entry in sent { input(.type(.hidden), .name(entry.name), .value(entry.value)) }
      button(.button(.submit), .class("button primary")) { request.words("web.send-again") }
    }
  }

  static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["sandi", "password", "pin", "rahasia"].contains { name.contains($0) }
  }
}
