public import Core

/// One thing that the web face does: a method, a path, who may call it, and what answers.
public struct Route: Sendable {
  /// What a route's handler is: it answers, or throws a `Problem`, which becomes the problem page.
  public typealias Handler = @Sendable (Request) async throws -> Response

  /// What a request with a body may carry.
  public enum Accepts: Sendable, Equatable {
    /// A form, URL-encoded or multipart.
    case form
    /// A multipart form with files, which are handed to the handler while they arrive: it reads `Request.uploads`. The
    /// form's own fields must stand before the first file; later ones are not seen. In bytes, all together.
    case upload(byteCountMax: Int)
    /// A JSON document (`application/json`), which a foreign page cannot send without asking first.
    case json
  }

  /// The method that it answers; one for GET answers HEAD too.
  public let method: Method
  /// `/tiket/:kode`: literal segments, and parameters that match one segment each.
  public let pattern: String
  /// Who may call it.
  public let access: Access
  /// What the body of a request may carry; means nothing for GET.
  public let accepts: Accepts
  /// The largest request body in bytes; nil for the server's own limit.
  public let bodyByteCountMax: Int?
  /// What is said of a larger one; nil for the server's own words, which name that limit.
  public let tooLarge: (@Sendable () -> Problem)?
  /// Whether a form sent here only asks for a page and changes nothing: what was asked is personal and in no address,
  /// so the page is asked for again by sending the form again. What is recorded of the asking is recorded again.
  public let isLookUp: Bool
  /// Whether what it gives can be had once only, and the giving is recorded: HEAD, which would use it up and show
  /// nothing, is refused with 405 (RFC 9110 section 9.3.2 lets a server refuse it).
  public let isOnce: Bool
  /// Whether it takes nothing while the disk is nearly full, so that the hall goes on; uploads always do.
  public let givesWay: Bool
  /// Whether it is for officers alone who have proven within the last minutes that it is they (`Gatekeeper.prove`): for acts
  /// that a console left open must not give away. Others are asked for the proof first, and their form goes on with it.
  public let isFresh: Bool
  /// Whether it asks before it acts (`confirmed(by:)`).
  public internal(set) var isConfirmed = false
  var handler: Handler
  /// As the log has it, without what stands in an address: `GET /tiket/:kode`.
  var name: String { "\(method.rawValue) \(pattern)" }

  /// - Parameters:
  ///   - pattern: absolute, without a slash at its end; two routes may not have the same method and shape.
  ///   - accepts: what the body of a request other than GET may be.
  ///   - bodyByteCountMax: a limit of its own for routes that take uploads, in bytes.
  ///   - tooLarge: what is said of a larger body, where people know the limit by another number.
  ///   - isLookUp: for a form that only asks for a page.
  ///   - givesWay: for a form of the public that makes something and can wait until there is room on the disk.
  ///   - isOnce: for a GET that uses up the pass in its address.
  ///   - isFresh: for an act of officers that asks for a fresh proof; its body is a form, since no page can keep a file.
  public init(
    _ method: Method, _ pattern: StaticString, for access: Access, accepts: Accepts = .form,
    bodyByteCountMax: Int? = nil, tooLarge: (@Sendable () -> Problem)? = nil, isLookUp: Bool = false,
    isOnce: Bool = false, givesWay: Bool = false, fresh isFresh: Bool = false,
    _ handler: @escaping Handler
  ) {
    self.method = method
    self.pattern = pattern.description
    self.access = access
    self.accepts = accepts
    self.tooLarge = tooLarge
    self.isLookUp = isLookUp
    self.isOnce = isOnce
    self.givesWay = givesWay
    precondition(!isFresh || access != .everyone && accepts == .form, "a fresh proof is an officer's, and keeps a form")
    self.isFresh = isFresh
    if case .upload(let byteCountMax) = accepts {
      self.bodyByteCountMax = byteCountMax
    } else {
      self.bodyByteCountMax = bodyByteCountMax
    }
    self.handler = handler
  }
}
