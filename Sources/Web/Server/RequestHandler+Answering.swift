internal import Core
internal import HTML

extension RequestHandler {
  /// A request that a route answers.
  struct Call: Sendable {
    let route: Route
    let parameters: [String: String]
    let target: RequestTarget
    let head: RequestHead
  }

  /// What the route says, or the page of the problem that stood in its way.
  func answer(_ call: Call, _ body: ReceivedBody) async -> Response {
    let visitor = visitor(call.head, call.target)
    if let detour = veilDetour(call, visitor) { return finished(.redirect(detour), visitor, keepsVisitor: true) }
    let call = veil(of: visitor).uncovered(call)
    var request = request(call, visitor)
    do {
      let response = try await respond(call, body, visitor, &request)
      if response.status == .tooManyRequests, !response.isNoted {
        // The form with its question shown again: those who watch learn of it as of a page of its own.
        request.note(.requestLimited, ["web.route": call.route.name])
      }
      // What stands in a query may be shown again, and the link's author chose it.
      note(response, nil, request.context, call.route)
      let packed = call.target.query.isEmpty ? response.packed(for: call.head.headers) : response
      return finished(keepingSession(packed, request, visitor), visitor)
    } catch {
      guard let met = (error as? any ProblemBearing)?.problem else {
        return finished(keepingSession(fault(error, request, call.route), request, visitor), visitor)
      }
      let problem = space?.reason(of: met) ?? met
      note(problem, request, call.route)
      let response = shown(problem, request, call, visitor)
      note(response, problem, request.context, call.route)
      return finished(keepingSession(response, request, visitor), visitor)
    }
  }

  /// Writes into the journal what failed for anybody and what was refused to an officer, so that it is found again by the
  /// reference on the page. Of the address only the pattern: what stands in it may be personal.
  func note(_ response: Response, _ problem: Problem?, _ context: PageContext, _ route: Route?) {
    let isFailure = response.status.rawValue >= 500
    guard !response.isReport else { return }
    guard isFailure || (response.status.rawValue >= 400 && context.officer != nil) else { return }
    log.record(
      isFailure ? .warning : .notice, isFailure ? "request not served" : "request of an officer refused",
      [
        ("web.route", route?.name ?? "none"),
        ("web.status", String(response.status.rawValue)), ("web.problem", problem?.code ?? "none"),
        ("web.reference", context.reference ?? "none"),
      ])
  }

  /// The page of a problem for which no route was asked.
  func refused(_ problem: Problem, _ head: RequestHead, _ target: RequestTarget?) -> Response {
    refused(problem, head, target, to: nil)
  }

  /// The same for an officer, who is asked for only where it does not hold up an event loop.
  func refusedKnowingTheOfficer(_ problem: Problem, _ head: RequestHead, _ target: RequestTarget?) async -> Response {
    let token = visitor(head, target).officerToken ?? ""
    let officer = token.isEmpty ? nil : try? await gatekeeper?.officer(holding: token)
    return refused(problem, head, target, to: officer)
  }

  private func refused(
    _ problem: Problem, _ head: RequestHead, _ target: RequestTarget?, to officer: SignedInOfficer?
  ) -> Response {
    log.note(.requestRefused, from: head.client.sender, ["problem.code": problem.code])
    let visitor = visitor(head, target)
    let wantsDocument = head.headers.wantsDocument(at: target?.path ?? "/")
    var context = context(visitor, target)
    context.officer = officer
    let response = ProblemPage(problem, context, wantsDocument: wantsDocument).response
    note(response, problem, context, nil)
    return finished(response, visitor)
  }

  private func respond(
    _ call: Call, _ body: ReceivedBody, _ visitor: Visitor, _ request: inout Request
  ) async throws -> Response {
    var standing = try await standing(request, for: call.route)
    request.context.officer = standing.officer
    if case .locked = standing { request.context.isLocked = true }
    // Before the reader is known: what a reader wrote whose session has ended is not lost.
    if case .form(let form) = body {
      request.form = form
      // The page on which the form stood, with what its address says, rather than where the form was sent.
      if call.route.method.mayChange, let page = Link(localPath: form[DisplaySettings.pageField]) {
        request.context.address = page
      }
    }
    if let detour = try await lockDetour(call, &request, visitor, &standing) { return detour }
    if let detour = try accessDetour(call, request) { return detour }
    if AddressVeil.isClosed(call) { throw Problem(.notFound, "address-closed") }
    switch body {
    case .refused(let problem): throw problem
    case .form: break
    case .upload(let form, let uploads): (request.form, request.uploads) = (form, uploads)
    case .bytes(let bytes): request.body = bytes
    }
    request.form.refuseFaults(request.words)
    if call.route.method.mayChange, !provesOrigin(call, request, visitor) {
      return untrusted(call, request)
    }
    if let detour = try await proofDetour(call, &request, standing) { return detour }
    if call.route.givesWay { try space?.allow(.application) }
    if call.route.pattern == DisplaySettings.link.description { return try await changeDisplay(call, request, visitor) }
    if call.route.isLookUp {
      request.context.lookUp = DisplaySettings.answers(in: request.form).filter { $0.name != FormInput.csrfField }
    }
    let response = try await call.route.handler(request)
    follow(response, call, request)
    return response
  }

  /// Where to go instead when the reader must sign in first.
  ///
  /// - Throws: `Problem` `sign-in-needed` or `forbidden`.
  func accessDetour(_ call: Call, _ request: Request) throws(Problem) -> Response? {
    guard call.route.access != .everyone else { return nil }
    guard let officer = request.officer else { return try wayIn(call, request) }
    guard call.route.access.admits(officer.rights, by: call.route.method) else {
      throw Problem(.forbidden, "forbidden")
    }
    return nil
  }

  /// A form proves it with its token. A JSON body proves it by its media type, which a page of another
  /// site cannot send without a preflight request, to which there is no answer here.
  func provesOrigin(_ call: Call, _ request: Request, _ visitor: Visitor) -> Bool {
    if request.isCrossSite { return false }
    if call.route.accepts == .json { return call.head.headers.mediaType == "application/json" }
    let field = request.form.entries.first { $0.name == FormInput.csrfField }?.value
    return formToken.accepts(request.header("x-csrf-token") ?? field ?? "", from: visitor)
  }

  /// What a refusal says to those who watch the office.
  private func note(_ problem: Problem, _ request: Request, _ route: Route) {
    let event: SecurityEvent? =
      switch problem.kind {
      case .forbidden: .requestForbidden
      case .tooMany: .requestLimited
      case .invalid, .notFound, .signInNeeded, .conflict, .tooLarge, .unavailable, .fault: nil
      }
    guard let event else { return }
    request.note(event, ["web.route": route.name, "problem.code": problem.code])
  }

  func untrusted(_ call: Call, _ request: Request) -> Response {
    request.note(.requestUntrusted, ["web.route": call.route.name])
    let isOffered = !request.isCrossSite && call.route.access == .everyone && !request.path.hasPrefix("/petugas")
    return ProblemPage(
      Problem(.forbidden, "csrf"), request.context, wantsDocument: request.wantsDocument,
      wayOn: isOffered ? Resending(request).node : .empty
    ).response
  }

  private func shown(_ problem: Problem, _ request: Request, _ call: Call, _ visitor: Visitor) -> Response {
    var wayOn = Node.empty
    if problem.kind == .signInNeeded {
      // Only what a page of ours sent: else a stranger's page could lay words into an officer's hand.
      let isOwn = call.route.method.mayChange && provesOrigin(call, request, visitor)
      wayOn = Self.wayIn(from: problem, request.context, resending: isOwn ? Resending(request).node : .empty)
    }
    // What was typed is on the page, to be sent again once there is room; not what a stranger's page sent.
    if ["space.applications", "space.full", "space.read-only"].contains(problem.code),
      provesOrigin(call, request, visitor)
    {
      wayOn = Resending(request).node
    }
    if ["address-closed", "paper.unknown"].contains(problem.code) {
      wayOn = Self.numberQuestion(call, request.context)
    }
    return ProblemPage(problem, request.context, wantsDocument: request.wantsDocument, wayOn: wayOn).response
  }

  /// The way to the page that asks for the number and its secret.
  @NodeBuilder private static func numberQuestion(_ call: Call, _ context: PageContext) -> Node {
    if let page = NumberKind.lookUp(below: call.target.segments.first ?? ""), context.leads(to: page) {
      p { linkButton(context.words("web.open-by-number"), to: page, style: .primary, icon: .search) }
    }
  }

  /// Something of ours broke. The journal gets the kind of error and a reference, never its words,
  /// which may hold what a person typed.
  private func fault(_ error: any Error, _ request: Request, _ route: Route) -> Response {
    let reference = request.context.reference ?? ""
    log.error(
      "request failed",
      [
        "web.route": route.name, "web.error": error.inLog,
        "web.reference": reference,
      ])
    var request = request
    // The problem's own words name it.
    request.context.reference = nil
    return .problem(Problem(.fault, "fault", ["reference": reference]), request)
  }

  // MARK: Addresses

  func veil(of visitor: Visitor) -> AddressVeil {
    AddressVeil(cover: AddressCover(identity: visitor.identity, library: library), router: router)
  }

  /// Where a page is shown whose address was written out, typed or taken over from elsewhere: numbers and codes do not stay
  /// in the line above a page, nor go on from there to those who are shown it.
  private func veilDetour(_ call: Call, _ visitor: Visitor) -> Link? {
    guard call.route.method == .get, call.head.headers["accept"]?.contains("text/html") == true else { return nil }
    return veil(of: visitor).covered(call.head.target)
  }

  // MARK: The reader

  private func visitor(_ head: RequestHead, _ target: RequestTarget?) -> Visitor {
    Visitor(
      head.headers, target, languages: locales.languages, isSecure: configuration.isSecure, random: random)
  }

  func request(_ call: Call, _ visitor: Visitor) -> Request {
    Request(
      method: call.route.method, path: call.target.path, form: FormInput(), body: [],
      context: context(visitor, call.target),
      remoteAddress: call.head.client, listener: call.head.listener, target: call.target, headers: call.head.headers,
      isOfOldVersion: call.head.isOfOldVersion, parameters: call.parameters,
      limiter: limiter, log: log, isSecure: configuration.isSecure, officerToken: visitor.officerToken)
  }

  private func context(_ visitor: Visitor, _ target: RequestTarget?) -> PageContext {
    let office = currentOffice
    var context = PageContext(
      words: locales.words(visitor.language), languages: locales.languages, preferences: visitor.preferences,
      csrf: formToken.token(for: visitor), address: target.map(pageAddress) ?? "/", navigation: navigation,
      now: clock.now,
      zone: office.zone, officeName: office.name, officeTelephone: office.telephone, assetVersion: assets.version)
    if visitor.hasSeenNothing, let rules = assets.firstRules {
      let nonce = Crockford.encode(random.uint64(), length: 13) + Crockford.encode(random.uint64(), length: 13)
      context.firstStyle = FirstStyle(rules: rules, nonce: nonce)
    }
    context.veil = veil(of: visitor)
    context.clockDoubt = clock.doubt
    context.isDataDamaged = isDataDamaged()
    context.space = space?.standing ?? .ample
    context.reference = Crockford.encode(random.uint64() >> 24, length: 8)
    context.contact = office.contact
    context.officeHours = office.hours
    return context
  }

  /// Where the page is found again: what a form was sent to may be no page, but the one above it is.
  private func pageAddress(_ target: RequestTarget) -> Link {
    if case .route = find(.get, target) { return target.address }
    for count in stride(from: target.segments.count - 1, to: 0, by: -1) {
      guard let above = target.above(count), case .route = find(.get, above) else { continue }
      return above.address
    }
    return target.address
  }

  /// - Parameter keepsVisitor: the browser is to come back as the same visitor, whatever it is given now.
  private func finished(_ response: Response, _ visitor: Visitor, keepsVisitor: Bool = false) -> Response {
    var response = SecurityHeaders.added(to: response, isSecure: configuration.isSecure)
    let isPage = response.header("Content-Type")?.hasPrefix("text/html") == true
    var isRedirect = keepsVisitor
    if let covered = response.header("Location").flatMap(veil(of: visitor).covered) {
      response.setHeader("Location", covered.description)
      isRedirect = true
    }
    if let covered = response.header("Content-Location").flatMap(veil(of: visitor).covered) {
      response.setHeader("Content-Location", covered.description)
    }
    for cookie in visitor.cookies(forPage: isPage, isRedirect: isRedirect)
    where !response.cookies.contains(where: { $0.name == cookie.name }) {
      response = response.setting(cookie)
    }
    response.cookieLines = response.cookies.map { $0.line(secure: configuration.isSecure) }
    return response
  }
}

extension Request {
  /// Whether the browser says that another site made it ask (Fetch Metadata, `Sec-Fetch-Site`).
  var isCrossSite: Bool { header("sec-fetch-site") == "cross-site" }
}
