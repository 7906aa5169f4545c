import Core
import Store
import Synchronization

/// Gives memory back once an office has come to rest after some work: else the process would hold for good what its busiest
/// minute has left in caches and between blocks in use.
final class MemoryKeeper: Sendable {
  private let store: Store
  private let rest = Mutex(OfficeRest())
  private let periodic = Periodic(every: .seconds(20), from: .afterInterval)

  init(store: Store) { self.store = store }

  /// Begins.
  func start() -> MemoryKeeper {
    periodic.start { [self] in
      let counters = store.counters
      guard rest.withLock({ $0.hasCome(after: counters.readCount + counters.writeCount) }) else { return }
      await store.giveBackMemory()
      await Allocator.giveBack()
    }
    return self
  }

  func stop() async { await periodic.stop() }
}

/// Whether an office has come to rest after enough work. Decides only.
struct OfficeRest {
  /// Closures of the store from one look to the next: more are asked for while people come.
  static let quietCountMax = 200
  /// Closures after which there is something to give back: some hundred people, or some minutes of a hall.
  static let workCountMin = 2_000

  private var seenCount = 0
  private var givenCount: Int?

  /// - Parameter closureCount: how many there have been since the start.
  /// - Returns: true once for each rest that follows enough work, and for the first one, which follows the start.
  mutating func hasCome(after closureCount: Int) -> Bool {
    defer { seenCount = closureCount }
    let isWorth = givenCount.map { closureCount - $0 >= Self.workCountMin } ?? true
    guard isWorth, closureCount - seenCount <= Self.quietCountMax else { return false }
    givenCount = closureCount
    return true
  }
}
