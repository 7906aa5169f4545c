import Dispatch
import Synchronization

/// One connection that reads, and the queue on which it does.
final class Reader: Sendable {
  let queue: DispatchQueue
  // Held only on the queue; the mutex proves to the compiler what the queue already guarantees.
  private let connection: Mutex<Connection?>

  init(_ connection: sending Connection, number: Int) {
    self.connection = Mutex(connection)
    queue = DispatchQueue(label: "gapura.store.reader.\(number)")
  }

  /// Runs the job on a snapshot of its own; called on the queue.
  func serve(_ job: ReadJob) {
    let answer: Answer = connection.withLock { connection in
      guard let connection else { return Answer(StoreError.closed, to: job.fail) }
      do {
        // The snapshot is taken by the first statement, and holds until the end.
        try connection.command("BEGIN")
        let answer = job.run(Snapshot(of: connection))
        connection.rollBack()
        return answer
      } catch {
        connection.rollBack()
        return Answer(error, to: job.fail)
      }
    }
    answer.deliver()
  }

  /// Closes after what is already on the queue.
  func close() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.connection.withLock { $0 = nil }
        continuation.resume()
      }
    }
  }
}
