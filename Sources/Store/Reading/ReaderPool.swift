import Dispatch
import Synchronization

/// A few connections that read, each on a queue of its own; a job that finds all of them busy waits in line.
final class ReaderPool: Sendable {
  /// More than this many waiting means that reading has stopped: better to say so than to pile up.
  static let waitingCountMax = 20_000

  private struct Line {
    var idle: [Reader]
    var waiting: [ReadJob] = []
    var isClosed = false
    var readCount = 0
  }

  private let readers: [Reader]
  private let line: Mutex<Line>

  init(_ readers: [Reader]) {
    self.readers = readers
    line = Mutex(Line(idle: readers))
  }

  /// How many closures it has taken on.
  var readCount: Int { line.withLock { $0.readCount } }

  /// Runs a closure on a snapshot.
  func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Snapshot) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      submit(ReadJob(body, answering: continuation))
    }
  }

  private func submit(_ job: ReadJob) {
    let refusal: StoreError? = line.withLock { line in
      if line.isClosed { return .closed }
      guard let reader = line.idle.popLast() else {
        if line.waiting.count >= Self.waitingCountMax { return .overloaded }
        line.readCount += 1
        line.waiting.append(job)
        return nil
      }
      line.readCount += 1
      reader.queue.async { self.serve(job, with: reader) }
      return nil
    }
    if let refusal { job.fail(refusal) }
  }

  /// Serves the job and then those that wait, until none is left.
  private func serve(_ first: ReadJob, with reader: Reader) {
    var next: ReadJob? = first
    while let job = next {
      reader.serve(job)
      next = line.withLock { line in
        if line.waiting.isEmpty {
          line.idle.append(reader)
          return nil
        }
        return line.waiting.removeFirst()
      }
    }
  }

  /// Gives back what the connections keep in memory, one after another.
  func giveBackMemory() async {
    for reader in readers { await reader.giveBackMemory() }
  }

  /// Takes no more closures, finishes those that wait, and closes.
  func close() async {
    line.withLock { $0.isClosed = true }
    for reader in readers { await reader.close() }
  }
}
