internal import CMicrohttpd
internal import Core
internal import Synchronization

/// libmicrohttpd's daemon: an event loop (epoll) in a few threads, which parses requests and sends
/// answers. Handlers run elsewhere, as Swift tasks, while their connections sleep.
final class Engine: Serving {
  private enum Phase {
    case serving
    /// No new connections; answers say `Connection: close`.
    case draining
    /// New requests are turned away without a task.
    case closing
  }

  private struct State {
    var phase = Phase.serving
    var exchanges: [ObjectIdentifier: Exchange] = [:]
    var wires: [ObjectIdentifier: Wire] = [:]
    var daemon: DaemonHandle?
    var connections: ConnectionBudget
    var streams: StreamBudget
    /// Whether the lack of descriptors has been said.
    var saidDescriptorsLack = false
  }

  let listener: Listener
  let limits: WebLimits
  let statistics = StatisticsRecorder()
  private let begun = Atomic(0)
  private let receiver: any Receiving
  private let forwarded: ForwardedFor
  private let log: any Log
  private let state: Mutex<State>

  init(_ listener: Listener, limits: WebLimits, receiver: any Receiving, forwarded: ForwardedFor, log: any Log) {
    self.listener = listener
    self.limits = limits
    self.receiver = receiver
    self.forwarded = forwarded
    self.log = log
    state = Mutex(
      State(
        connections: ConnectionBudget(
          countMax: limits.connectionCountMax, perPeerMax: limits.connectionsPerAddressMax,
          idleMax: .seconds(limits.idleSecondsMax), proxies: forwarded.proxies),
        streams: StreamBudget(countMax: limits.streamCountMax, perClientMax: limits.streamsPerClientMax)))
  }

  /// Starts the event loops.
  ///
  /// - Throws: `WebServer.Failure.cannotStart`; the socket is closed then.
  func start(on socket: ListeningSocket, certificates: Certificates?) throws(WebServer.Failure) {
    guard let daemon = DaemonHandle(engine: self, limits: limits, socket: socket, certificates: certificates) else {
      socket.close()
      throw .cannotStart
    }
    state.withLock { $0.daemon = daemon }
  }

  /// Accepts no more connections. The descriptor stays open until the daemon has stopped.
  func quiesce() {
    let daemon = state.withLock { state in
      state.phase = .draining
      return state.daemon
    }
    daemon?.quiesce()
  }

  /// From now on every request is answered on the spot, and those that wait for a handler are given up.
  func close() {
    let exchanges = state.withLock { state in
      state.phase = .closing
      return Array(state.exchanges.values)
    }
    for exchange in exchanges {
      if exchange.isAnswering { exchange.giveUp(with: receiver.unavailable(exchange.head)) }
      exchange.stream?.cut()
    }
  }

  func closeStreams() {
    let exchanges = state.withLock { Array($0.exchanges.values) }
    for exchange in exchanges { (exchange.stream as? EventStream)?.close() }
  }

  /// Joins the threads; blocks. Nothing may be suspended any more.
  func stop() {
    let daemon = state.withLock { state in
      defer { state.daemon = nil }
      return state.daemon
    }
    daemon?.stop()
  }

  /// How many connections have come about since the start.
  var begunCount: Int { begun.load(ordering: .relaxed) }

  var openCount: Int { state.withLock { $0.exchanges.count } }

  var currentStatistics: WebStatistics {
    var statistics = statistics.current
    let (exchanges, connectionCount) = state.withLock { (Array($0.exchanges.values), $0.wires.count) }
    statistics.connectionCount = connectionCount
    statistics.answeringCount = exchanges.count(where: \.isAnswering)
    // Not those that have ended and only wait for their loop to notice.
    statistics.streamCount = exchanges.count { $0.stream.map { ($0 as? EventStream)?.isOpen ?? true } ?? false }
    return statistics
  }

  func tend(at now: ContinuousClock.Instant) {
    let (wires, exchanges) = state.withLock { (Array($0.wires.values), Array($0.exchanges.values)) }
    for wire in wires { wire.cutIfOverdue(at: now) }
    cut(state.withLock { $0.connections.overdue(at: now) })
    lookAtDescriptors()
    for exchange in exchanges {
      if let stream = exchange.stream as? EventStream {
        stream.beat(ifSilentSince: now - .seconds(limits.heartbeatSeconds))
        if stream.isOverrun { exchange.wire.cut() }
      } else if exchange.isAnswering(sinceBefore: now - .seconds(limits.answerSecondsMax)) {
        exchange.giveUp(with: receiver.unavailable(exchange.head))
      }
    }
  }
}

extension Engine {
  /// Closes idle connections by their names in the budget.
  private func cut(_ names: [ConnectionBudget.Name]) {
    guard !names.isEmpty else { return }
    let wires = state.withLock { state in names.compactMap { state.wires[$0] } }
    for wire in wires { wire.cut() }
    statistics.recordClosed(wires.count)
  }

  /// Without descriptors accept(2) fails and newcomers wait for a connection to end: then some are ended, and the
  /// administrator learns why.
  private func lookAtDescriptors() {
    let lacks = !Descriptors.areLeft
    let isNews = state.withLock { state in
      defer { state.saidDescriptorsLack = lacks }
      return lacks != state.saidDescriptorsLack
    }
    if lacks { cut(state.withLock { $0.connections.quarter() }) }
    guard isNews else { return }
    if lacks {
      log.error(
        "no file descriptors are left; idle connections are closed for new ones; raise LimitNOFILE= of the service",
        ["web.listener": listener.rawValue, "web.descriptors-max": String(Descriptors.countMax)])
    } else {
      log.notice("there are file descriptors again", ["web.listener": listener.rawValue])
    }
  }
}

// What the acceptor asks, on its own thread.
extension Engine {
  /// Whether a connection that was accepted is let in; idle ones are closed for it where they must be.
  func admits(_ socket: Int32, of peer: RemoteAddress) -> Bool {
    switch state.withLock({ $0.connections.decide(on: peer, socket: socket) }) {
    case .refused:
      statistics.recordRefusedConnection()
      return false
    case .admitted(let closing):
      cut(closing)
      return true
    }
  }

  /// The daemon has not taken a connection that was let in.
  func forget(_ socket: Int32) { state.withLock { $0.connections.forget(expected: socket) } }
}

// What the callbacks do; all of it on the threads of the event loops.
extension Engine {
  /// A loop has begun with a connection.
  func open(_ socket: Int32, of peer: RemoteAddress) -> Wire {
    let now = ContinuousClock.now
    let wire = Wire(socket: socket, deadline: now + waitForHead, of: self)
    defer { begun.add(1, ordering: .relaxed) }
    state.withLock { state in
      state.wires[ObjectIdentifier(wire)] = wire
      state.connections.open(ObjectIdentifier(wire), of: peer, socket: socket, at: now)
    }
    return wire
  }

  /// A connection is about to be closed.
  func close(_ wire: Wire) {
    wire.forgetSocket()
    state.withLock { state in
      state.wires[ObjectIdentifier(wire)] = nil
      state.connections.close(ObjectIdentifier(wire))
    }
  }

  /// A request's head has arrived.
  func begin(_ head: RequestHead, on wire: Wire) -> Exchange {
    var head = head
    head.client = forwarded.sender(head.headers, from: head.peer)
    let exchange: Exchange
    switch receiver.receive(head) {
    case .answered(let response): exchange = Exchange(head, on: wire, answered: response)
    case .awaited(let plan, let answer):
      exchange = Exchange(head, on: wire, plan, limits: limits, answer: answer)
    }
    wire.expect(by: .now + .seconds(limits.headSecondsMax))
    state.withLock { state in
      state.exchanges[ObjectIdentifier(exchange)] = exchange
      state.connections.begin(ObjectIdentifier(wire))
    }
    return exchange
  }

  /// libmicrohttpd would refuse what has arrived and end the connection; false when there is no answer.
  func refuse(_ head: RequestHead, status: Int, on connection: ConnectionHandle) -> Bool {
    var head = head
    head.client = forwarded.sender(head.headers, from: head.peer)
    let response = receiver.malformed(head, status: status)
    statistics.record(response.status, after: .zero)
    return Outgoing(response, closesConnection: true)?.queue(on: connection) ?? false
  }

  /// Part of a body has arrived; false when the connection must be cut.
  func receive(_ bytes: [UInt8], for exchange: Exchange, on connection: ConnectionHandle) -> Bool {
    exchange.wire.extend(by: .seconds(1) * Double(bytes.count) / Double(limits.bytesPerSecondMin))
    receiver.note(bytes.count, from: exchange.head)
    switch exchange.receive(bytes, on: connection) {
    case .goOn: return true
    case .cut: return false
    case .begin(let body, let answer):
      guard !isClosing else {
        exchange.giveUp(with: receiver.unavailable(exchange.head))
        return true
      }
      exchange.note(work { exchange.answer(await answer(body)) })
      // `close` may have looked for those at work a moment before this one was.
      if isClosing { exchange.giveUp(with: receiver.unavailable(exchange.head)) }
      return true
    }
  }

  private var isClosing: Bool { state.withLock { $0.phase == .closing } }

  /// The whole request has arrived, or its answer is there.
  func goOn(_ exchange: Exchange, on connection: ConnectionHandle) -> Bool {
    switch exchange.next() {
    case .nothing: return true
    case .send(let response, let since): return send(response, since: since, for: exchange, on: connection)
    case .wait:
      // Under the state's lock, so that none goes to sleep after `close` has woken them all.
      let step = state.withLock { state -> Exchange.Step? in
        state.phase == .closing ? nil : exchange.sleepAfterUpload(connection)
      }
      exchange.wire.expect(by: nil)
      switch step {
      case .send(let response, let since): return send(response, since: since, for: exchange, on: connection)
      case .work, .wait, .nothing: return true
      case nil: return send(receiver.unavailable(exchange.head), since: .now, for: exchange, on: connection)
      }
    case .work(let body, let answer):
      // Under the state's lock, so that none goes to sleep after `close` has woken them all.
      let isAsleep = state.withLock { state in
        if state.phase != .closing { exchange.sleep(connection) }
        return state.phase != .closing
      }
      guard isAsleep else {
        return send(receiver.unavailable(exchange.head), since: .now, for: exchange, on: connection)
      }
      exchange.wire.expect(by: nil)
      exchange.note(work { exchange.answer(await answer(body)) })
      return true
    }
  }

  /// libmicrohttpd is done with a request.
  func finish(_ exchange: Exchange) {
    exchange.finish()
    exchange.wire.target = ""
    let now = ContinuousClock.now
    state.withLock { state in
      state.exchanges[ObjectIdentifier(exchange)] = nil
      state.streams.close(ObjectIdentifier(exchange))
      state.connections.end(ObjectIdentifier(exchange.wire), at: now)
    }
    exchange.wire.expect(by: now + waitForHead)
  }

  /// Runs a handler. What the hall asks for does not wait behind what the portal asks for.
  private func work(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    Task.detached(priority: listener == .hall ? .high : nil, operation: body)
  }

  /// The response, or what is sent in place of an event stream for which there is no room.
  private func withinBudget(_ response: Response, for exchange: Exchange) -> Response {
    guard let stream = response.stream as? EventStream, exchange.head.method != "HEAD" else { return response }
    let (decision, ended) = state.withLock { state in
      let decision = state.streams.open(ObjectIdentifier(exchange), of: exchange.head.client, at: .now)
      guard case .admitted(let name?) = decision else { return (decision, nil as Exchange?) }
      return (decision, state.exchanges[name])
    }
    if let ended = ended?.stream as? EventStream {
      ended.end(askingToWait: limits.streamRetrySeconds)
      statistics.recordEndedStream()
    }
    guard decision == .refused else { return response }
    stream.detach()
    return receiver.crowded(exchange.head, secondsToWait: limits.streamRetrySeconds)
  }

  private var waitForHead: Duration { .seconds(limits.idleSecondsMax + limits.headSecondsMax) }

  private func send(
    _ answer: Response, since: ContinuousClock.Instant, for exchange: Exchange, on connection: ConnectionHandle
  ) -> Bool {
    let response = withinBudget(answer, for: exchange)
    let isLast = state.withLock { $0.phase != .serving }
    statistics.record(response.status, after: .now - since)
    if response.status == .tooManyRequests || response.status == .unavailable { statistics.recordRefusal() }
    if let stream = response.stream as? EventStream {
      exchange.wire.expect(by: nil)
      if isLast { stream.close() }
    } else {
      let seconds = limits.headSecondsMax + response.byteCount / limits.bytesPerSecondMin
      exchange.wire.expect(by: .now + .seconds(seconds))
    }
    exchange.noteSent(response)
    return Outgoing(response, closesConnection: isLast || response.endsConnection)?.queue(on: connection) ?? false
  }
}
