public import Core

/// The status codes that Gapura answers with (RFC 9110, RFC 6585).
public enum Status: Int, Sendable, CaseIterable {
  case ok = 200
  case created = 201
  case noContent = 204
  case seeOther = 303
  case notModified = 304
  case badRequest = 400
  case unauthorized = 401
  case forbidden = 403
  case notFound = 404
  case methodNotAllowed = 405
  case conflict = 409
  case contentTooLarge = 413
  case targetTooLong = 414
  case unsupportedMediaType = 415
  case expectationFailed = 417
  case unprocessable = 422
  case tooManyRequests = 429
  case headerFieldsTooLarge = 431
  case fault = 500
  case notImplemented = 501
  case unavailable = 503
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
