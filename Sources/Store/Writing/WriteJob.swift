/// A write closure that waits for its turn, and the caller who waits for its outcome.
struct WriteJob: Sendable {
  /// Tells the caller the value; called only when it is durable.
  typealias Acknowledgement = @Sendable () -> Void

  /// Runs the closure.
  let run: @Sendable (borrowing Transaction) throws -> Acknowledgement
  /// Tells the caller that nothing was changed.
  let fail: @Sendable (any Error) -> Void

  init<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Transaction) throws -> T,
    answering continuation: CheckedContinuation<T, any Error>
  ) {
    run = { transaction in
      let value = try body(transaction)
      return { continuation.resume(returning: value) }
    }
    fail = { continuation.resume(throwing: $0) }
  }
}
