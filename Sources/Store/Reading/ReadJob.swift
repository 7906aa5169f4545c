/// A read closure that waits for a reader, and the caller who waits for its value.
struct ReadJob: Sendable {
  /// Runs the closure; its answer is delivered when the snapshot has been given back.
  let run: @Sendable (borrowing Snapshot) -> Answer
  /// Tells the caller that it could not be run.
  let fail: @Sendable (any Error) -> Void

  init<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Snapshot) throws -> T,
    answering continuation: CheckedContinuation<T, any Error>
  ) {
    run = { snapshot in
      let outcome: Result<T, any Error>
      do { outcome = .success(try body(snapshot)) } catch { outcome = .failure(error) }
      return Answer(outcome, to: continuation)
    }
    fail = { continuation.resume(throwing: $0) }
  }
}
