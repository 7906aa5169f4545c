internal import CMicrohttpd
internal import Core
internal import Synchronization

/// libmicrohttpd's daemon: an event loop (epoll) in a few threads, which parses requests and sends
/// answers. Handlers run elsewhere, as Swift tasks, while their connections sleep.
final class Engine: Sendable {
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
  }

  let limits: WebLimits
  let statistics = StatisticsRecorder()
  private let desk: any Receiving
  private let state = Mutex(State())

  init(limits: WebLimits, desk: any Receiving) {
    self.limits = limits
    self.desk = desk
  }

  /// Starts the event loops on a socket that listens.
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
      if exchange.isAnswering { exchange.giveUp(with: desk.unavailable(exchange.head)) }
      exchange.stream?.cut()
    }
  }

  /// Ends every event stream after what is pending.
  func closeStreams() {
    for exchange in openExchanges { (exchange.stream as? EventStream)?.close() }
  }

  /// Joins the threads; blocks. Nothing may be suspended any more.
  func stop() {
    let daemon = state.withLock { state in
      defer { state.daemon = nil }
      return state.daemon
    }
    daemon?.stop()
  }

  var openExchanges: [Exchange] { state.withLock { Array($0.exchanges.values) } }
  var connectionCount: Int { state.withLock { $0.wires.count } }

  /// What must happen from time to time: deadlines and heartbeats.
  func keepHouse(at now: ContinuousClock.Instant) {
    let (wires, exchanges) = state.withLock { (Array($0.wires.values), Array($0.exchanges.values)) }
    for wire in wires { wire.cutIfOverdue(at: now) }
    for exchange in exchanges {
      if let stream = exchange.stream as? EventStream {
        stream.beat(ifSilentSince: now - .seconds(limits.heartbeatSeconds))
        if stream.isOverrun { exchange.wire.cut() }
      } else if exchange.isAnswering(sinceBefore: now - .seconds(limits.answerSecondsMax)) {
        exchange.giveUp(with: desk.unavailable(exchange.head))
      }
    }
  }
}

// What the callbacks do; all of it on the threads of the event loops.
extension Engine {
  /// A connection has been accepted.
  func open(_ socket: Int32) -> Wire {
    let wire = Wire(socket: socket, deadline: .now + waitForHead)
    state.withLock { $0.wires[ObjectIdentifier(wire)] = wire }
    return wire
  }

  /// A connection is about to be closed.
  func close(_ wire: Wire) {
    wire.forgetSocket()
    state.withLock { _ = $0.wires.removeValue(forKey: ObjectIdentifier(wire)) }
  }

  /// A request's head has arrived.
  func begin(_ head: RequestHead, on wire: Wire, of connection: ConnectionHandle) -> Exchange {
    let exchange: Exchange
    switch desk.receive(head) {
    case .answered(let response): exchange = Exchange(head, on: wire, answered: response)
    case .awaited(let plan, let answer):
      exchange = Exchange(
        head, on: wire, of: connection, plan, limits: limits, answer: answer)
    }
    wire.expect(by: .now + .seconds(limits.headSecondsMax))
    state.withLock { $0.exchanges[ObjectIdentifier(exchange)] = exchange }
    return exchange
  }

  /// Part of a body has arrived; false when the connection must be cut.
  func receive(_ bytes: [UInt8], for exchange: Exchange, on connection: ConnectionHandle) -> Bool {
    exchange.wire.extend(by: .seconds(1) * Double(bytes.count) / Double(limits.bytesPerSecondMin))
    switch exchange.receive(bytes, on: connection) {
    case .goOn: return true
    case .cut: return false
    case .begin(let body, let answer):
      guard !isClosing else {
        exchange.giveUp(with: desk.unavailable(exchange.head))
        return true
      }
      exchange.note(Task.detached { exchange.answer(await answer(body)) })
      // `close` may have looked for those at work a moment before this one was.
      if isClosing { exchange.giveUp(with: desk.unavailable(exchange.head)) }
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
      case nil: return send(desk.unavailable(exchange.head), since: .now, for: exchange, on: connection)
      }
    case .work(let body, let answer):
      // Under the state's lock, so that none goes to sleep after `close` has woken them all.
      let isAsleep = state.withLock { state in
        if state.phase != .closing { exchange.sleep(connection) }
        return state.phase != .closing
      }
      guard isAsleep else {
        return send(desk.unavailable(exchange.head), since: .now, for: exchange, on: connection)
      }
      exchange.wire.expect(by: nil)
      exchange.note(Task.detached { exchange.answer(await answer(body)) })
      return true
    }
  }

  /// libmicrohttpd is done with a request.
  func finish(_ exchange: Exchange) {
    exchange.finish()
    state.withLock { _ = $0.exchanges.removeValue(forKey: ObjectIdentifier(exchange)) }
    exchange.wire.expect(by: .now + waitForHead)
  }

  private var waitForHead: Duration { .seconds(limits.idleSecondsMax + limits.headSecondsMax) }

  private func send(
    _ response: Response, since: ContinuousClock.Instant, for exchange: Exchange, on connection: ConnectionHandle
  ) -> Bool {
    let isLast = state.withLock { $0.phase != .serving }
    statistics.record(response.status, after: .now - since)
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
