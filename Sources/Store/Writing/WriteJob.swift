/// A write closure that waits for its turn, and the caller who waits for its outcome.
struct WriteJob: Sendable {
  /// Runs the closure; its answer is delivered only when its change is durable.
  let run: @Sendable (borrowing Transaction) throws -> Answer
  /// Tells the caller that nothing was changed.
  let fail: @Sendable (any Error) -> Void

  init<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Transaction) throws -> T,
    answering continuation: CheckedContinuation<T, any Error>
  ) {
    run = { transaction in Answer(.success(try body(transaction)), to: continuation) }
    fail = { continuation.resume(throwing: $0) }
  }
}
