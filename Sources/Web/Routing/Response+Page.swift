public import Core
public import HTML

extension Response {
  /// A whole page in the frame of its face.
  ///
  /// - Parameters:
  ///   - title: what the page is, in the reader's language; the body starts with an `h1` of its own.
  ///   - scripts: what this page needs besides its face's own script.
  public static func page(
    _ request: Request, title: String, status: Status = .ok, face: Face = .portal, scripts: Set<Layout.Script> = [],
    @NodeBuilder body: () -> Node
  ) -> Response {
    page(request.context, title: title, status: status, face: face, scripts: scripts, body: body())
  }

  static func page(
    _ context: PageContext, title: String, status: Status, face: Face, scripts: Set<Layout.Script> = [], body: Node
  ) -> Response {
    let page = Layout.page(title: title, context: context, face: face, scripts: scripts, body: body)
    var response = Response(
      status: status, mediaType: "text/html; charset=utf-8",
      body: .bytes(HTMLRenderer.render(context.veil?.covered(page) ?? page)))
    response.styleNonce = context.firstStyle(of: face)?.nonce
    return response
  }

  /// A problem as its reader can take it: a page, or a problem document (RFC 9457) for programs.
  /// A handler may as well throw it.
  public static func problem(_ problem: Problem, _ request: Request) -> Response {
    ProblemPage(problem, request.context, wantsDocument: request.wantsDocument).response
  }
}

extension Request {
  /// Whether a program asks rather than a person.
  var wantsDocument: Bool { headers.wantsDocument(at: path) }
}

extension RequestHeaders {
  func wantsDocument(at path: String) -> Bool {
    if path.hasPrefix("/api/") { return true }
    let accepted = self["accept"] ?? ""
    return accepted.contains("application/json") || accepted.contains("application/problem+json")
  }
}
