public import Contracts
import Core
public import Web

/// Asks for an application on a page where something is taken for it: its number, and the date of birth where this
/// browser has not opened it before.
public struct HolderQuestions: Sendable {
  /// The field of the application's number.
  public static let numberField = ApplicationQuestions.numberField

  /// What came of the answers.
  public struct Opening: Sendable {
    /// Nil where something was refused beside its field.
    public var application: OpenedApplication?
    /// Keeps it open in this browser; nil where it was open.
    public var cookie: Cookie?
    /// Of the page that shows the refusals.
    public var status: Status

    /// What comes of answers that open nothing, unless they do.
    public init(application: OpenedApplication? = nil, cookie: Cookie? = nil, status: Status = .unprocessable) {
      self.application = application
      self.cookie = cookie
      self.status = status
    }
  }

  /// Nil where no module keeps keys: then nothing is opened.
  public let access: ApplicationAccess?

  /// Questions about the applications that `access` can open; without it, none is opened.
  public init(access: ApplicationAccess?) { self.access = access }

  /// The questions.
  ///
  /// - Parameter required: whether an application is asked for; else only one more, besides those that are open.
  public func fields(
    _ request: Request, _ input: FormInput, label: String, hint: String, required: Bool = true
  ) -> [Field] {
    let number = Field.text(Self.numberField, label: label, hint: hint, required: required, kind: .caseNumber)
    guard asksDate(request, input, isOneMore: !required) else { return [number] }
    let words = request.words
    return [
      number,
      .text(
        ApplicationQuestions.dateField, label: words("form.application.born"), hint: words("form.application.born-why"),
        required: required, kind: .birthDate),
    ]
  }

  /// Not where it is needless: for what is open, and, before a number is there, in a browser that has opened something.
  private func asksDate(_ request: Request, _ input: FormInput, isOneMore: Bool) -> Bool {
    guard let number = ApplicationNumber(TypedNumber(scanned: input[Self.numberField])) else {
      return isOneMore || access?.opened(by: request.cookie).isEmpty ?? true
    }
    return access?.opened(number, by: request.cookie) == nil
  }

  /// Opens what was answered; what is to be mended stands beside its field.
  public func open(_ input: inout FormInput, _ request: Request) async throws -> Opening {
    let words = request.words
    guard let number = input.number(of: ApplicationKind.self, in: Self.numberField, words) else { return Opening() }
    if let opened = access?.opened(number, by: request.cookie) { return Opening(application: opened) }
    guard let born = ApplicationQuestions.born(&input, words) else { return Opening() }
    do {
      try request.allow(.lookUp)
      guard let access else { throw Problem(.notFound, "tracking.not-found") }
      let opened = try await access.open(number, bornOn: Personal(born), as: .applicant, from: request.client)
      return Opening(application: opened, cookie: access.cookie(for: opened, in: request))
    } catch let problem as Problem where problem.kind == .notFound || problem.kind == .tooMany {
      input.refuse(Self.numberField, "\(problem.title(words)) \(problem.mend(words))")
      return Opening(status: Status(problem))
    }
  }
}

extension ApplicationAccess {
  /// The cookie by which the browser has the application open for a while.
  public func cookie(for application: OpenedApplication, in request: Request) -> Cookie {
    Cookie(
      Self.cookie, pass.issue(for: application.number, besides: request.cookie(Self.cookie)),
      secondsToLive: Int(pass.lifetime.components.seconds))
  }
}

extension Response {
  /// With the cookie, where there is one.
  public func setting(_ cookie: Cookie?) -> Response { cookie.map { setting($0) } ?? self }
}
