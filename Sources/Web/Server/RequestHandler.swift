internal import Core
internal import Crypto
internal import HTML
internal import Synchronization

/// What stands between the event loops and the modules: it knows the routes, the reader, the rules.
final class RequestHandler: Receiving {
  /// The watchdog's own path; answered by the event loop itself.
  static let probePath = "/.hidup"

  let configuration: WebConfiguration
  let locales: Locales
  let navigation: [NavigationEntry]
  let assets: Assets
  let gatekeeper: (any Gatekeeper)?
  let clock: any WallClock
  let random: any RandomSource
  let log: any Log
  let isDataDamaged: @Sendable () -> Bool
  let formToken: FormToken
  let library: CryptoLibrary
  let limiter: RateLimiter
  let space: Space?
  let shares: ClientShares
  let officerStreams: OfficerStreams
  let router: Router
  private let office: Mutex<WebOffice>

  /// - Throws: `Router.Misfit`, or `CryptoFailure` where libcrypto lacks an algorithm.
  init(_ parts: WebServer.Parts) throws {
    configuration = parts.configuration
    locales = parts.locales
    navigation = parts.navigation
    assets = parts.assets
    gatekeeper = parts.gatekeeper
    clock = parts.clock
    random = parts.random
    log = parts.log
    space = parts.space
    isDataDamaged = parts.isDataDamaged
    formToken = FormToken(signer: parts.signer, random: parts.random)
    library = try CryptoLibrary()
    limiter = RateLimiter(rates: parts.configuration.rates, clock: parts.clock)
    shares = ClientShares(parts.configuration)
    officerStreams = OfficerStreams(gatekeeper: parts.gatekeeper)
    // Answered by `changeDisplay`, which asks other routes for their pages.
    let settings = [Method.get, .post].map { method in
      Route(method, "/tampilan", for: .everyone) { _ in .redirect("/") }
    }
    router = try Router(parts.routes + settings)
    office = Mutex(parts.office)
  }

  var currentOffice: WebOffice {
    get { office.withLock { $0 } }
    set { office.withLock { $0 = newValue } }
  }

  func receive(_ head: RequestHead) -> Reception {
    // Before anything is answered: where two readers may disagree on where the request ends, what follows belongs to no request
    // (RFC 9112, section 11.2).
    if let problem = shapeProblem(head) { return .answered(lastAnswer(problem, head, nil)) }
    if head.target == Self.probePath {
      return .answered(SecurityHeaders.added(to: .text("hidup\n"), isSecure: configuration.isSecure))
    }
    if let excess = excess(head) { return excess }
    guard let target = RequestTarget(head.target) else { return refusal(Problem(.invalid, "bad-request"), head) }
    let method = Method(requestLine: head.method)
    if target.segments.first == "aset" { return asset(method, target, head) }
    switch router.find(method, target.segments) {
    case .nothing: return refusal(Problem(.notFound, "not-found"), head, target)
    case .otherMethods(let methods):
      return otherMethod(methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }, head, target)
    case .route(let route, _) where route.isOnce && head.method == "HEAD":
      return otherMethod([route.method.rawValue], head, target)
    case .route(let route, let parameters):
      let plan = plan(route, head)
      if isHopeless(head, plan) { return .answered(refused(tooLarge(route), head, target)) }
      let call = Call(route: route, parameters: parameters, target: target, head: head)
      return .awaited(plan) { [self] body in
        await shares.gate(for: route, on: head.listener).pass(head.client) {
          // Given up on while it waited for its turn.
          Task.isCancelled ? unavailable(head) : await answer(call, body)
        }
      }
    }
  }

  func find(_ method: Method, _ target: RequestTarget) -> Router.Finding { router.find(method, target.segments) }

  func unavailable(_ head: RequestHead) -> Response {
    refused(Problem(.unavailable, "unavailable"), head, RequestTarget(head.target))
      .setting(header: "Retry-After", "5")
  }

  // MARK: Requests that no route sees

  func malformed(_ head: RequestHead, status: Int) -> Response {
    let problem =
      switch status {
      case 413: Problem.bodyTooLarge(configuration.limits.bodyByteCountMax)
      case 414: Problem(.tooLarge, "target-too-long")
      case 431: Problem(.tooLarge, "headers-too-large")
      case 505: Problem(.invalid, "unknown-version")
      default: Problem(.invalid, "bad-request")
      }
    return lastAnswer(problem, head, RequestTarget(head.target))
  }

  /// The refusal after which nothing is read from the connection.
  private func lastAnswer(_ problem: Problem, _ head: RequestHead, _ target: RequestTarget?) -> Response {
    do {
      try limiter.take(.request, for: head.client)
    } catch {
      // A page is work, and a client that sends such things often does without.
      return crowded(head, secondsToWait: Self.crowdedSeconds)
    }
    var response = refused(problem, head, target)
    response.endsConnection = true
    return response
  }

  /// What is wrong with the request's shape, whatever it asks for.
  private func shapeProblem(_ head: RequestHead) -> Problem? {
    if head.target.utf8.count > configuration.limits.targetByteCountMax { return Problem(.tooLarge, "target-too-long") }
    if head.headerByteCount > configuration.limits.headerByteCountMax { return Problem(.tooLarge, "headers-too-large") }
    guard head.isWhole, head.hasSoundLine, head.hasSoundFields, head.hasSoundHost else {
      return Problem(.invalid, "bad-request")
    }
    if let problem = framingProblem(head) { return problem }
    return head.expectsTheUnknown ? Problem(.invalid, "unknown-expectation") : nil
  }

  /// Two opinions on where a body ends let a request hide behind another (RFC 9112, sections 6.1 and 6.3).
  private func framingProblem(_ head: RequestHead) -> Problem? {
    let (lengths, codings) = (head.headers.all("content-length"), head.headers.all("transfer-encoding"))
    let isAmbiguous = lengths.count + codings.count > 1 || (head.isOfOldVersion && !codings.isEmpty)
    if isAmbiguous { return Problem(.invalid, "bad-request") }
    if let length = lengths.first, !length.isContentLength {
      return length.isDecimal
        ? Problem.bodyTooLarge(configuration.limits.bodyByteCountMax) : Problem(.invalid, "bad-request")
    }
    guard let coding = codings.first, coding.lowercased() != "chunked" else { return nil }
    return Problem(.invalid, "unknown-coding")
  }

  private func refusal(_ problem: Problem, _ head: RequestHead, _ target: RequestTarget? = nil) -> Reception {
    let mayBeOfficer = head.headers.cookies.keys.contains { $0.hasSuffix(Visitor.officerCookie) }
    guard head.hasBody || mayBeOfficer, !isHopeless(head, .refused(problem)) else {
      return .answered(refused(problem, head, target))
    }
    return .awaited(.refused(problem)) { [self] _ in await refusedKnowingTheOfficer(problem, head, target) }
  }

  private func otherMethod(_ allowed: [String], _ head: RequestHead, _ target: RequestTarget) -> Reception {
    let response = refused(Problem(.invalid, "method-not-allowed"), head, target)
      .setting(header: "Allow", allowed.joined(separator: ", "))
    guard head.hasBody, !isHopeless(head, .refused(.bodyTooLarge(0))) else { return .answered(response) }
    return .awaited(.refused(.bodyTooLarge(0))) { _ in response }
  }

  private func asset(_ method: Method?, _ target: RequestTarget, _ head: RequestHead) -> Reception {
    guard target.segments.count == 2, method == .get,
      let response = assets.response(named: target.segments[1], version: target.query("v"), to: head.headers)
    else { return refusal(Problem(.notFound, "not-found"), head, target) }
    return .answered(SecurityHeaders.added(to: response, isSecure: configuration.isSecure))
  }

  // MARK: Bodies

  private func byteCountMax(_ route: Route) -> Int { route.bodyByteCountMax ?? configuration.limits.bodyByteCountMax }

  private func tooLarge(_ route: Route) -> Problem { route.tooLarge?() ?? .bodyTooLarge(byteCountMax(route)) }

  private func plan(_ route: Route, _ head: RequestHead) -> BodyPlan {
    let byteCountMax = byteCountMax(route)
    if case .upload = route.accepts, let space {
      do { try space.allow(.upload) } catch { return .refused(error) }
    }
    if let length = head.contentLength, length > UInt64(byteCountMax) { return .refused(tooLarge(route)) }
    let form = BodyPlan.form(byteCountMax: byteCountMax, fieldCountMax: configuration.limits.fieldCountMax)
    guard head.hasBody else { return route.accepts == .json ? .bytes(byteCountMax: 0) : form }
    let mediaType = head.headers.mediaType
    switch route.accepts {
    case .form where mediaType == "application/x-www-form-urlencoded" || mediaType == "multipart/form-data": return form
    case .json where mediaType == "application/json": return .bytes(byteCountMax: byteCountMax)
    case .upload where mediaType == "multipart/form-data":
      return .upload(
        byteCountMax: byteCountMax, fieldCountMax: configuration.limits.fieldCountMax, tooLarge: tooLarge(route))
    case .form, .upload, .json: return .refused(Problem(.invalid, "unsupported-media"))
    }
  }

  /// Whether the announced body is so large that it is not even read to be thrown away.
  private func isHopeless(_ head: RequestHead, _ plan: BodyPlan) -> Bool {
    guard case .refused = plan, let length = head.contentLength else { return false }
    return length > UInt64(configuration.limits.discardedByteCountMax)
  }
}
