internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#endif

/// Ends a program in order when a person presses Ctrl-C, so that no server is left behind.
public final class Interrupt {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter tidy: what must be done before.
  public init(_ tidy: @escaping @Sendable () -> Void) {
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
