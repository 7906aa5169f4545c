public import Dispatch

/// Runs an actor on a dispatch queue of its own, so that its blocking C calls never hold a thread
/// of the cooperative pool.
///
///     actor Writer {
///       private let executor = SerialQueueExecutor(label: "store.writer")
///       nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
///     }
public final class SerialQueueExecutor: SerialExecutor {
  /// The queue; for dispatch sources that must run with the actor.
  public let queue: DispatchQueue

  /// An executor with a queue of that name, which debuggers and crash reports show.
  public init(label: String) { queue = DispatchQueue(label: label) }

  /// Runs a job on the queue, after those that were enqueued before it.
  public func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let executor = unsafe asUnownedSerialExecutor()
    queue.async { unsafe unowned.runSynchronously(on: executor) }
  }

  /// Lets `assumeIsolated` hold in a block that runs on the queue without being a task, such as a
  /// dispatch source's handler.
  public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

  /// This executor, as an actor names it in `unownedExecutor`; the actor must keep it alive.
  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }
}
