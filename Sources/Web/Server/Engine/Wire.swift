internal import CMicrohttpd
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// One TCP connection, and until when its other end must have done its part.
///
/// libmicrohttpd's own time-out starts anew with each byte, so a client that trickles would keep a
/// connection for ever; the deadlines here do not move unless enough has come.
final class Wire: Sendable {
  private struct State {
    var socket: Int32
    var deadline: ContinuousClock.Instant?
    var target = ""
  }

  /// Where it came in.
  let engine: Engine
  private let state: Mutex<State>

  init(socket: Int32, deadline: ContinuousClock.Instant, of engine: Engine) {
    self.engine = engine
    state = Mutex(State(socket: socket, deadline: deadline))
  }

  /// The request target as it stood in the request line; set before the request's first callback, empty between requests.
  var target: String {
    get { state.withLock { $0.target } }
    set { state.withLock { $0.target = newValue } }
  }

  /// Sets the moment at which the connection is cut; nil while the other end has nothing to do.
  func expect(by deadline: ContinuousClock.Instant?) { state.withLock { $0.deadline = deadline } }

  /// Gives more time.
  func extend(by duration: Duration) {
    state.withLock { state in state.deadline = state.deadline.map { $0 + duration } }
  }

  /// Cuts the connection when its deadline has passed; libmicrohttpd then finds it broken and cleans up.
  func cutIfOverdue(at now: ContinuousClock.Instant) {
    state.withLock { state in
      guard let deadline = state.deadline, deadline < now else { return }
      state.deadline = nil
      Self.shutDown(state.socket)
    }
  }

  /// Cuts the connection.
  func cut() { state.withLock { Self.shutDown($0.socket) } }

  /// The socket is about to be closed and its number may be another's: called before that happens
  /// (MHD_OPTION_NOTIFY_CONNECTION with MHD_CONNECTION_NOTIFY_CLOSED).
  func forgetSocket() { state.withLock { $0.socket = -1 } }

  private static func shutDown(_ socket: Int32) {
    if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
  }
}
