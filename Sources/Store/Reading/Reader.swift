import Dispatch
import Synchronization

/// One session that reads, and the queue on which it does.
final class Reader: Sendable {
  let queue: DispatchQueue
  // Held only on the queue; the mutex proves to the compiler what the queue already guarantees.
  private let session: Mutex<(any DatabaseSession)?>

  init(_ session: sending any DatabaseSession, number: Int) {
    self.session = Mutex(session)
    queue = DispatchQueue(label: "gapura.store.reader.\(number)")
  }

  /// Runs the job on a snapshot of its own; called on the queue.
  func serve(_ job: ReadJob) {
    let answer: Answer = session.withLock { session in
      guard let session else { return Answer(StoreError.closed, to: job.fail) }
      do {
        // The snapshot is taken by the first statement, and holds until the end.
        try session.perform(.beginReading)
        let answer = job.run(Snapshot(of: session))
        session.rollBack()
        return answer
      } catch {
        session.rollBack()
        return Answer(error, to: job.fail)
      }
    }
    answer.deliver()
  }

  /// Gives back what its session keeps in memory, after what is already on the queue.
  func giveBackMemory() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.session.withLock { session in if let session { session.giveBackMemory() } }
        continuation.resume()
      }
    }
  }

  /// Closes after what is already on the queue.
  func close() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.session.withLock { $0 = nil }
        continuation.resume()
      }
    }
  }
}
