/// What parses requests and sends answers at one listener, and asks a `Receiving` what becomes of each.
///
/// The server holds its engines as this and nothing more; `Engine`, in the folder of that name, is the one of libmicrohttpd.
protocol Serving: Sendable {
  /// Where its requests come in.
  var listener: Listener { get }
  /// How many requests are open, from their heads to the ends of their answers.
  var openCount: Int { get }
  /// How it does.
  var currentStatistics: WebStatistics { get }

  /// Begins to serve on a socket that listens, which is its own from now on.
  ///
  /// - Throws: `WebServer.Failure`; the socket is closed then.
  func start(on socket: ListeningSocket, certificates: Certificates?) throws(WebServer.Failure)
  /// What must happen from time to time: deadlines and heartbeats.
  func tend(at now: ContinuousClock.Instant)

  // In this order, when it stops.

  /// Accepts no more connections.
  func quiesce()
  /// Ends every event stream after what is pending.
  func closeStreams()
  /// Answers every request on the spot from now on, also those that wait for a handler.
  func close()
  /// Joins its threads and closes the socket; blocks.
  func stop()
}

/// A certificate chain and its key, in PEM.
struct Certificates: Sendable {
  let certificate: String
  let key: String
}
