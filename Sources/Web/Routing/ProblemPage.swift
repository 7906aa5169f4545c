internal import Core
internal import FoundationEssentials
internal import HTML

/// A problem on its way to the person who caused it or met it: what went wrong, and how to go on.
struct ProblemPage {
  private let problem: Problem
  private let context: PageContext
  private let wantsDocument: Bool
  /// What stands below the words: a way on of the problem's own.
  private let wayOn: Node

  init(_ problem: Problem, _ context: PageContext, wantsDocument: Bool, wayOn: Node = .empty) {
    self.problem = problem
    self.context = context
    self.wantsDocument = wantsDocument
    self.wayOn = wayOn
  }

  var response: Response {
    var response = wantsDocument ? document : page
    if let seconds = problem.arguments["seconds"] { response.setHeader("Retry-After", seconds) }
    return response
  }

  /// What a sysadmin finds the request by; where something of ours failed, and for officers.
  private var reference: String? {
    guard Status(problem).rawValue >= 500 || context.officer != nil else { return nil }
    return context.reference
  }

  private var title: String { problem.title(context.words) }
  private var mend: String {
    face == .console ? problem.mend(context.words, of: "layout.mend") : problem.mend(context.words)
  }

  private var page: Response {
    Response.page(context, title: title, status: Status(problem), face: face, body: content)
  }

  private var face: Face {
    context.officer != nil && context.path.hasPrefix("/petugas") ? .console : .portal
  }

  private var content: Node {
    section(.class("problem"), .data("code", problem.code)) {
      h1 { title }
      p { mend }
      if let reference { p(.class("hint")) { context.words("web.reference", ["reference": reference]) } }
      wayOn
      div(.class("actions")) {
        linkButton(context.words("web.home"), to: face == .console ? "/petugas" : "/", icon: .back)
      }
    }
  }

  /// RFC 9457. `type` is a relative reference that stays the same for ever.
  private struct Document: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let arguments: [String: String]
    let reference: String?
  }

  private var document: Response {
    let status = Status(problem)
    let document = Document(
      type: "/masalah/\(problem.code)", title: title, status: status.rawValue, detail: mend, code: problem.code,
      arguments: problem.arguments, reference: reference)
    // Strings and integers only: encoding them cannot fail.
    let bytes = (try? JSONEncoder().encode(document)).map { Array($0) } ?? []
    return Response(status: status, mediaType: "application/problem+json", body: .bytes(bytes))
  }
}
