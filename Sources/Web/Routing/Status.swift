public import Core

/// The status codes that Gapura answers with (RFC 9110, RFC 6585).
public enum Status: Int, Sendable, CaseIterable {
  /// Here it is.
  case ok = 200
  /// Something new is there now.
  case created = 201
  /// Done, with nothing to show.
  case noContent = 204
  /// Done; the page to look at is another.
  case seeOther = 303
  /// What the browser has is still right.
  case notModified = 304
  /// The request cannot be read.
  case badRequest = 400
  /// The visitor has to sign in first.
  case unauthorized = 401
  /// Not to be had by this person.
  case forbidden = 403
  /// There is no such page.
  case notFound = 404
  /// The page is there, and this cannot be done with it.
  case methodNotAllowed = 405
  /// It clashes with how things stand now.
  case conflict = 409
  /// The body is longer than the route takes.
  case contentTooLarge = 413
  /// The address is longer than any of ours.
  case targetTooLong = 414
  /// The body is of a kind that the route does not read.
  case unsupportedMediaType = 415
  /// The `Expect` field asks what is not done here.
  case expectationFailed = 417
  /// The form was read, and answers in it are not acceptable.
  case unprocessable = 422
  /// Too many in a short time; the answer says when to come back.
  case tooManyRequests = 429
  /// The head is longer than it may be.
  case headerFieldsTooLarge = 431
  /// A mistake of the program, with a reference in the log.
  case fault = 500
  /// The method or coding is none that is known here.
  case notImplemented = 501
  /// Not now; the answer says when to come back.
  case unavailable = 503
  /// Another version of HTTP than 1.0 or 1.1.
  case versionNotSupported = 505

  /// The status that shows a problem: by its kind, and for HTTP's own problems by their code.
  public init(_ problem: Problem) {
    self = Self.byCode[problem.code] ?? Self(problem.kind)
  }

  private static let byCode: [String: Status] = [
    "bad-request": .badRequest,
    "method-not-allowed": .methodNotAllowed,
    "unsupported-media": .unsupportedMediaType,
    "unknown-coding": .notImplemented,
    "unknown-expectation": .expectationFailed,
    "unknown-version": .versionNotSupported,
    "target-too-long": .targetTooLong,
    "headers-too-large": .headerFieldsTooLarge,
  ]

  private init(_ kind: Problem.Kind) {
    switch kind {
    case .invalid: self = .unprocessable
    case .notFound: self = .notFound
    case .signInNeeded: self = .unauthorized
    case .forbidden: self = .forbidden
    case .conflict: self = .conflict
    case .tooLarge: self = .contentTooLarge
    case .tooMany: self = .tooManyRequests
    case .unavailable: self = .unavailable
    case .fault: self = .fault
    }
  }
}
