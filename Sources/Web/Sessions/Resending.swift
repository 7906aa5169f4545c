internal import Core
internal import HTML

/// Everything that a refused form held, hidden, with a fresh token and one button: so nothing that was
/// typed is lost when a cookie was.
struct Resending {
  private let request: Request

  init(_ request: Request) { self.request = request }

  /// Nothing for forms without content, with files (which cannot be put into a page) or with secrets.
  var node: Node {
    let sent = request.form.entries.filter { $0.name != FormInput.csrfField }
    guard let action = Link(localPath: request.path), !sent.isEmpty, request.form.uploads.isEmpty,
      !sent.contains(where: { Self.isSecret($0.name) })
    else { return .empty }
    return form(.method(.post), .action(action)) {
      input(.type(.hidden), .name(FormInput.csrfField), .value(request.context.csrf))
      for entry in sent { input(.type(.hidden), .name(entry.name), .value(entry.value)) }
      button(.button(.submit), .class("button primary")) { request.words("web.send-again") }
    }
  }

  private static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["sandi", "password", "pin", "rahasia"].contains { name.contains($0) }
  }
}
