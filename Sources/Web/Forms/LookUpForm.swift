public import Core
public import HTML

/// A page that asks for the number of a case and for what proves that it is the reader's, and leads on to the case.
public struct LookUpForm: Sendable {
  /// Where the answers are sent.
  public let path: Link
  /// The kind of number that is asked for.
  public let wanted: NumberKind
  /// The page's title, which is its heading too.
  public let title: String
  /// The sentence below the heading.
  public let lead: String
  /// The questions, of which the first is for the number.
  public let fields: [Field]
  /// What the button says.
  public let submitLabel: String

  /// A page in the reader's words.
  public init(
    to path: Link, wanted: NumberKind, title: String, lead: String, fields: [Field], submitLabel: String
  ) {
    self.path = path
    self.wanted = wanted
    self.title = title
    self.lead = lead
    self.fields = fields
    self.submitLabel = submitLabel
  }

  /// Asks, with what stood against an earlier answer.
  public func page(
    _ request: Request, _ input: FormInput, status: Status = .ok, problem: Problem? = nil
  ) -> Response {
    let words = request.words
    return .page(request, title: title, status: status) {
      pageHeading(title, lead: lead)
      if let problem {
        notice(.error, title: problem.title(words), isNews: true) { p { problem.mend(words) } }
      }
      otherNumberNotice(fields.first.map { input[$0.name] } ?? "", wanted: wanted, request.context)
      formNode(
        request.context, to: path, submission: nil, fields: fields, input: input, submitLabel: submitLabel)
      proofWay(request.context)
    }
  }

  /// What `find` answers; asks again where there is no such case for these answers, or it was tried too often.
  public func answer(
    _ request: Request, _ input: FormInput, _ find: () async throws -> Response
  ) async throws -> Response {
    do {
      return try await find()
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      return page(request, input, status: Status(problem), problem: problem)
    }
  }
}
