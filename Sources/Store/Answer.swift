/// What a waiting caller will be told; a value, so that it can wait for the commit.
struct Answer: Sendable {
  private let tell: @Sendable () -> Void

  init<T: Sendable>(_ outcome: Result<T, any Error>, to continuation: CheckedContinuation<T, any Error>) {
    tell = { continuation.resume(with: outcome) }
  }

  init(_ error: any Error, to fail: @escaping @Sendable (any Error) -> Void) {
    tell = { fail(error) }
  }

  /// Tells it; once.
  consuming func deliver() { tell() }
}
