internal import Core

/// What the handlers do for each client, on each listener by itself.
struct ClientShares: Sendable {
  private struct Gates: Sendable {
    let pages: ClientGate
    let uploads: ClientGate

    init(_ limits: WebLimits) {
      pages = ClientGate(
        ClientGate.Share(
          countMax: limits.workCountMax, perClientMax: limits.workPerClientMax,
          waitingPerClientMax: limits.waitingPerClientMax))
      uploads = ClientGate(
        ClientGate.Share(
          countMax: limits.uploadCountMax, perClientMax: limits.uploadsPerClientMax,
          waitingPerClientMax: limits.waitingPerClientMax))
    }
  }

  private let portal: Gates
  private let hall: Gates

  init(_ configuration: WebConfiguration) {
    portal = Gates(configuration.limits)
    hall = Gates(configuration.hall?.limits ?? configuration.limits)
  }

  /// Files have a gate of their own: they take as long as their sender's line.
  func gate(for route: Route, on listener: Listener) -> ClientGate {
    if case .upload = route.accepts { return gates(listener).uploads }
    return gates(listener).pages
  }

  /// Whether one more request of the client would find no place to wait.
  func isFull(for client: RemoteAddress, on listener: Listener) -> Bool {
    let gates = gates(listener)
    return gates.pages.isFull(for: client) || gates.uploads.isFull(for: client)
  }

  /// Where a request waits that is to be refused late.
  func line(on listener: Listener) -> ClientGate { gates(listener).pages }

  private func gates(_ listener: Listener) -> Gates {
    switch listener {
    case .portal: portal
    case .hall: hall
    }
  }
}

extension RequestHandler {
  /// What a client gets that has its share already; nil for all others.
  func excess(_ head: RequestHead) -> Reception? {
    if shares.isFull(for: head.client, on: head.listener) {
      return .answered(crowded(head, secondsToWait: Self.crowdedSeconds))
    }
    do {
      try limiter.take(.request, for: head.client)
      if head.hasBody { try limiter.take(.kilobyte, for: head.client) }
      return nil
    } catch {
      // Too large to be thrown away: answered at once, which ends the connection.
      if let length = head.contentLength, length > UInt64(configuration.limits.discardedByteCountMax) {
        return .answered(crowded(head, secondsToWait: Self.crowdedSeconds))
      }
      return .awaited(.refused(error)) { [self] _ in
        await shares.line(on: head.listener).linger(head.client) {
          try? await Task.sleep(for: configuration.limits.lateRefusal)
          return refused(error, head, RequestTarget(head.target))
        }
      }
    }
  }

  /// In how many seconds a turn can be expected.
  static let crowdedSeconds = 5

  func note(_ byteCount: Int, from head: RequestHead) {
    limiter.spend(.kilobyte, Double(byteCount) / 1024, of: head.client)
  }

  /// In plain words and quickly made, because a client that gets it asks often.
  func crowded(_ head: RequestHead, secondsToWait: Int) -> Response {
    let language = Visitor.accepted(head.headers["accept-language"] ?? "", of: locales.languages) ?? .indonesian
    let problem = Problem(.unavailable, "crowded", ["seconds": String(secondsToWait)])
    let words = locales.words(language)
    var response = Response.text("\(problem.title(words))\n\(problem.mend(words))\n", status: Status(problem))
      .setting(header: "Retry-After", String(secondsToWait))
    response.endsConnection = true
    return SecurityHeaders.added(to: response, isSecure: configuration.isSecure)
  }
}
