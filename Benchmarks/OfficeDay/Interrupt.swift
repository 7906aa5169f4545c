import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// Ends the program in order when somebody presses Ctrl-C, so that no server is left behind.
final class Interrupt {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter tidy: what must be done before.
  init(_ tidy: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        tidy()
        exit(128 + number)
      }
      source.activate()
      return source
    }
  }
}
