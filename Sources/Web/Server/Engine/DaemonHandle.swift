internal import CMicrohttpd
internal import CRefusals

#if canImport(Glibc)
  internal import Glibc
#endif

/// The running daemon and the callbacks that lead from it to the engine.
@safe struct DaemonHandle: Sendable {
  private let daemon: UInt
  private let engine: UInt
  private let socket: ListeningSocket
  private let acceptor: Acceptor

  /// Starts it; nil when libmicrohttpd refuses (no memory, no threads, a certificate it cannot read), or would answer by
  /// itself.
  init?(engine: Engine, limits: WebLimits, socket: ListeningSocket, certificates: Certificates?) {
    guard unsafe gapura_take_over_refusals(onRefusal) != 0 else { return nil }
    let context = unsafe Unmanaged.passRetained(engine).toOpaque()
    let started = unsafe DaemonHandle.withListener(limits, certificates) { listener in
      unsafe gapura_start_daemon(
        &listener, onRequest, context, onTarget, onCompleted, onConnection)
    }
    guard let started = unsafe started else {
      unsafe Unmanaged<Engine>.fromOpaque(context).release()
      return nil
    }
    guard let acceptor = Acceptor(socket, for: UInt(bitPattern: started), of: engine) else {
      unsafe MHD_stop_daemon(started)
      unsafe Unmanaged<Engine>.fromOpaque(context).release()
      return nil
    }
    daemon = UInt(bitPattern: started)
    self.engine = UInt(bitPattern: context)
    self.socket = socket
    self.acceptor = acceptor
  }

  /// Accepts no more connections; `stop` closes the socket.
  func quiesce() {
    acceptor.end()
    socket.refuse()
  }

  /// Joins the threads and closes the socket. Once, after `quiesce`; blocks.
  func stop() {
    unsafe MHD_stop_daemon(OpaquePointer(bitPattern: daemon))
    socket.close()
    if let context = unsafe UnsafeMutableRawPointer(bitPattern: engine) {
      unsafe Unmanaged<Engine>.fromOpaque(context).release()
    }
  }

  private static func withListener(
    _ limits: WebLimits, _ certificates: Certificates?,
    _ body: (inout gapura_listener) -> OpaquePointer?
  ) -> OpaquePointer? {
    var listener = unsafe gapura_listener()
    unsafe listener.thread_count = UInt32(limits.threadCount)
    // The library deals its limit out to its threads, and turns away where one has its part: with so much room it is
    // `ConnectionBudget` that decides.
    unsafe listener.connection_count_max = UInt32(limits.threadCount * (limits.connectionCountMax + 64))
    unsafe listener.idle_seconds_max = UInt32(limits.idleSecondsMax)
    unsafe listener.connection_memory_bytes = limits.connectionMemoryByteCount
    guard let certificates else { return unsafe body(&listener) }
    return unsafe certificates.key.withCString { key in
      unsafe certificates.certificate.withCString { certificate in
        unsafe listener.tls_key_pem = key
        unsafe listener.tls_certificate_pem = certificate
        return unsafe body(&listener)
      }
    }
  }
}

private func engine(_ context: UnsafeMutableRawPointer?) -> Engine? {
  unsafe context.map { unsafe Unmanaged<Engine>.fromOpaque($0).takeUnretainedValue() }
}

/// MHD_AccessHandlerCallback: once for the head, once for each part of the body, once for its end,
/// and once more after the connection was resumed with the answer.
private func onRequest(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ url: UnsafePointer<CChar>?,
  _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?, _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let engine = unsafe engine(context), let connection = unsafe connection, let slot = unsafe slot,
    let size = unsafe size, let url = unsafe url, let method = unsafe method, let version = unsafe version
  else { return .NO }
  let handle = unsafe ConnectionHandle(connection)
  guard let known = unsafe slot.pointee else {
    guard let wire = unsafe wire(gapura_socket_context(connection)) else { return .NO }
    let head = unsafe RequestHead(
      of: connection, on: engine.listener, method: method, url: url, target: wire.target, version: version)
    let exchange = engine.begin(head, on: wire)
    unsafe slot.pointee = Unmanaged.passRetained(exchange).toOpaque()
    return exchange.mustAnswerAtOnce ? result(engine.goOn(exchange, on: handle)) : .YES
  }
  let exchange = unsafe Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
  guard unsafe size.pointee > 0 else { return result(engine.goOn(exchange, on: handle)) }
  // Copied: libmicrohttpd uses its buffer again as soon as this returns.
  let bytes = unsafe Array(UnsafeRawBufferPointer(start: data, count: size.pointee))
  unsafe size.pointee = 0
  return result(engine.receive(bytes, for: exchange, on: handle))
}

/// gapura_refuser: in place of an answer of libmicrohttpd's own, which ends the connection.
private func onRefusal(_ connection: OpaquePointer?, _ status: UInt32) -> Int32 {
  guard let connection = unsafe connection, let wire = unsafe wire(gapura_socket_context(connection)) else { return 0 }
  let handle = unsafe ConnectionHandle(connection)
  let head = unsafe RequestHead(ofRefused: connection, on: wire.engine.listener, target: wire.target)
  return wire.engine.refuse(head, status: Int(status), on: handle) ? 1 : 0
}

/// MHD_OPTION_URI_LOG_CALLBACK: the request target before libmicrohttpd decodes it in place, where an
/// encoded NUL would cut it short. What it returns is the slot's first value: none.
private func onTarget(
  _ context: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  if let target = unsafe target { unsafe wire(gapura_socket_context(connection))?.target = String(cString: target) }
  return nil
}

/// MHD_RequestCompletedCallback.
private func onCompleted(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
  guard let slot = unsafe slot, let known = unsafe slot.pointee else { return }
  unsafe slot.pointee = nil
  let exchange = unsafe Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
  unsafe engine(context)?.finish(exchange)
}

/// MHD_NotifyConnectionCallback.
private func onConnection(
  _ context: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
  _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ code: MHD_ConnectionNotificationCode
) {
  guard let engine = unsafe engine(context), let slot = unsafe slot, let connection = unsafe connection else { return }
  if code == .CONNECTION_NOTIFY_STARTED {
    let wire = unsafe engine.open(
      gapura_connection_socket(connection), of: RemoteAddress(gapura_client_address(connection)))
    unsafe slot.pointee = Unmanaged.passRetained(wire).toOpaque()
  } else if let known = unsafe slot.pointee {
    unsafe slot.pointee = nil
    unsafe engine.close(Unmanaged<Wire>.fromOpaque(known).takeRetainedValue())
  }
}

private func wire(_ context: UnsafeMutableRawPointer?) -> Wire? {
  unsafe context.map { unsafe Unmanaged<Wire>.fromOpaque($0).takeUnretainedValue() }
}

private func result(_ goesOn: Bool) -> MHD_Result { goesOn ? .YES : .NO }
