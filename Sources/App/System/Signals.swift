import Dispatch
import Glibc
import Synchronization

/// Signals as a stream of values; their default action is switched off.
final class Signals: Sendable {
  enum Signal: Sendable {
    case reload
    case terminate
    /// From within: the state can be written again, for which it must be opened anew.
    case startAnew
  }

  /// Every signal from now on.
  let stream: AsyncStream<Signal>
  private let continuation: AsyncStream<Signal>.Continuation
  private let sources: Mutex<[any DispatchSourceSignal]>
  private let ending: Ending

  /// Whether the process was asked to end.
  private final class Ending: Sendable {
    let isAsked = Mutex(false)
  }

  /// Whether the process has been asked to end, for code that waits for something else than `stream`.
  var haveAskedToEnd: Bool { ending.isAsked.withLock { $0 } }

  init() {
    let (stream, continuation) = AsyncStream<Signal>.makeStream()
    let ending = Ending()
    self.stream = stream
    self.continuation = continuation
    self.ending = ending
    let queue = DispatchQueue(label: "gapura.signals")
    let wanted: [(Int32, Signal)] = [(SIGHUP, .reload), (SIGTERM, .terminate), (SIGINT, .terminate)]
    let sources = wanted.map { number, signal in
      Glibc.signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        if signal == .terminate { ending.isAsked.withLock { $0 = true } }
        continuation.yield(signal)
      }
      source.resume()
      return source
    }
    self.sources = Mutex(sources)
    // A client that hangs up while it is written to must not end the process.
    Glibc.signal(SIGPIPE, SIG_IGN)
  }

  /// Ends the stream's wait from within.
  func startAnew() { continuation.yield(.startAnew) }
}
