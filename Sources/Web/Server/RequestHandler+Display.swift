internal import Core
internal import HTML

extension RequestHandler {
  /// Keeps the reader's settings and shows the page again: by its address, or, where something is written in its form,
  /// with that, in this answer.
  func changeDisplay(_ call: Call, _ request: Request, _ visitor: Visitor) async throws -> Response {
    let settings = DisplaySettings(request.form, request.context)
    let isLookUp = !settings.lookUp.isEmpty
    guard isLookUp || !settings.form.isEmpty else { return settings.kept(by: .redirect(settings.page)) }
    let kept = KeptForm(key: settings.form, entries: settings.answers)
    let page = try? await page(settings, kept, call, request, visitor)
    switch kept.outcome {
    case .restored: return settings.kept(by: page ?? .redirect(settings.page))
    case .unchanged: return settings.kept(by: isLookUp ? page ?? .redirect(settings.page) : .redirect(settings.page))
    case .unplaced:
      if settings.form.isEmpty, let page { return settings.kept(by: page) }
      return settings.kept(by: formGone(settings, request) ?? .redirect(settings.page))
    }
  }

  /// The page as its own route shows it now.
  private func page(
    _ settings: DisplaySettings, _ kept: KeptForm, _ call: Call, _ request: Request, _ visitor: Visitor
  ) async throws -> Response? {
    let method: Method = settings.lookUp.isEmpty ? .get : .post
    guard let target = RequestTarget(settings.page.description),
      case .route(let route, let parameters) = find(method, target), method == .get || route.isLookUp
    else { return nil }
    let again = veil(of: visitor).uncovered(
      Call(route: route, parameters: parameters, target: target, head: call.head))
    var inner = self.request(again, visitor)
    inner.context = request.context
    inner.context.address = target.address
    inner.context.preferences = settings.preferences
    if let language = settings.language { inner.context.words = locales.words(language) }
    inner.context.kept = kept
    if method == .post {
      inner.form = FormInput(settings.lookUp)
      inner.context.lookUp = settings.lookUp
    }
    if let detour = try accessDetour(again, inner) { return detour }
    return try await route.handler(inner)
  }

  /// The page has changed meanwhile and has no such form any more: what was written can still be sent.
  private func formGone(_ settings: DisplaySettings, _ request: Request) -> Response? {
    var request = request
    request.context.address = settings.page
    request.context.preferences = settings.preferences
    if let language = settings.language { request.context.words = locales.words(language) }
    let action = settings.form.split(separator: " ", maxSplits: 1).last.flatMap { Link(localPath: String($0)) }
    let sending = Resending(request, settings.answers, to: action).node
    guard !sending.isEmpty else { return nil }
    let words = request.words
    return .page(request, title: words("web.form-gone.title")) {
      section(.class("problem"), .data("code", "form-gone")) {
        h1 { words("web.form-gone.title") }
        p { words("web.form-gone.mend") }
        sending
        div(.class("actions")) { linkButton(words("web.form-gone.page"), to: settings.page, icon: .back) }
      }
    }
  }
}
