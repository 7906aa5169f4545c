public import Core
internal import Dispatch

/// Listens for kiosk terminals and runs their sessions; the protocol is `KioskProtocol`'s.
///
/// Everything happens on a queue of its own and never waits: a terminal that does not read, or sends
/// garbage, is told why and let go without the others noticing.
public actor KioskListener {
  private let executor = SerialQueueExecutor(label: "kiosk.listener")
  /// The serial queue on which all of it runs, its sockets' events too.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  let flow: KioskFlow
  let services: KioskServices
  let clock: any WallClock
  let log: any Log
  let limits: KioskLimits
  /// What call displays show; nil where there is no queue.
  let hall: HallTerminal.Source?
  var connections: [Int: TerminalConnection] = [:]
  private var connectionCount = 0
  private var accepting: (any DispatchSourceRead)?
  private var ticking: Periodic?
  /// Waits in `stop` for the listening socket to be closed.
  private var closed: CheckedContinuation<Void, Never>?

  /// `clock` only measures how long something lasts; `UptimeClock` is not moved by setting the time.
  public init(
    flow: KioskFlow, services: KioskServices, log: any Log, clock: any WallClock = UptimeClock(),
    limits: KioskLimits = KioskLimits(), hall: HallTerminal.Source? = nil
  ) {
    self.hall = hall
    self.flow = flow
    self.services = services
    self.log = log
    self.clock = clock
    self.limits = limits
  }

  deinit { ticking?.cancel() }

  /// How many terminals are connected.
  public var sessionCount: Int { connections.count }

  /// Listens at a path, for the owner and the group only (mode 0660).
  ///
  /// - Throws: `UnixSocketError`, with what to do about it.
  public func listen(at path: String) throws {
    listen(on: try UnixSocket.listen(at: path))
  }

  /// Listens on a socket that is bound and listening already, such as systemd hands in; takes it over.
  public func listen(on descriptor: Int32) {
    UnixSocket.setNonBlocking(descriptor)
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
    source.setEventHandler { [weak self] in self?.assumeIsolated { $0.accept(descriptor) } }
    source.setCancelHandler { [weak self] in
      UnixSocket.close(descriptor)
      self?.assumeIsolated { $0.didClose() }
    }
    source.activate()
    accepting = source
    startTicking()
  }

  /// Tells every terminal that the daemon stops, and closes; afterwards the path is free.
  public func stop() async {
    ticking?.cancel()
    ticking = nil
    for connection in connections.values {
      bye(.stopping, to: connection)
      close(connection)
    }
    guard let accepting else { return }
    self.accepting = nil
    accepting.cancel()
    await withCheckedContinuation { closed = $0 }
  }

  private func didClose() {
    closed?.resume()
    closed = nil
  }

  private func startTicking() {
    let periodic = Periodic(every: limits.tickInterval, from: .afterInterval)
    periodic.start { [weak self] in await self?.tick() }
    ticking = periodic
  }

  private func accept(_ listening: Int32) {
    guard let descriptor = UnixSocket.accept(from: listening) else { return }
    connectionCount += 1
    let id = connectionCount
    let connection = TerminalConnection(
      id: id, descriptor: descriptor, at: clock.now, inputBytesPerSecondMax: limits.inputBytesPerSecondMax,
      queue: executor.queue, onReadable: { [weak self] in self?.assumeIsolated { $0.receive(id) } })
    connections[id] = connection
    if connections.count > limits.sessionCountMax { bye(.full, to: connection) }
  }

  func after(_ duration: Duration, _ body: @escaping @Sendable (isolated KioskListener) -> Void) {
    executor.queue.asyncAfter(deadline: .now() + .milliseconds(Int(duration.milliseconds))) { [weak self] in
      self?.assumeIsolated { body($0) }
    }
  }
}
