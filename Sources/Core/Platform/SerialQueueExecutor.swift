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

  public init(label: String) { queue = DispatchQueue(label: label) }

  public func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let executor = unsafe asUnownedSerialExecutor()
    queue.async { unsafe unowned.runSynchronously(on: executor) }
  }

  /// Lets `assumeIsolated` hold in a block that runs on the queue without being a task, such as a
  /// dispatch source's handler.
  public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }
}
