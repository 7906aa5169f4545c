import Synchronization

/// Something that is done again and again while the house is open: at once and then after each interval.
public final class Periodic: Sendable {
  private let interval: Duration
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Work that is not begun yet.
  ///
  /// - Parameter interval: from the end of one turn to the beginning of the next.
  public init(every interval: Duration) { self.interval = interval }

  /// Begins; a second start does nothing.
  ///
  /// - Parameter body: what is done; it says itself what goes wrong, and is not begun before it has ended.
  public func start(_ body: @escaping @Sendable () async -> Void) {
    task.withLock { task in
      guard task == nil else { return }
      task = Task { [interval] in
        while !Task.isCancelled {
          await body()
          do { try await Task.sleep(for: interval) } catch { return }
        }
      }
    }
  }

  /// Ends it, and waits for what is being done.
  ///
  /// - Returns: false when it was not started.
  @discardableResult
  public func stop() async -> Bool {
    let running = task.withLock { task in
      defer { task = nil }
      return task
    }
    running?.cancel()
    await running?.value
    return running != nil
  }
}
