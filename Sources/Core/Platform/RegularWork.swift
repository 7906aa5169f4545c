import Synchronization

/// Which of the things that are done again and again could not be done when they were last due, for health to say so: they
/// have no caller who is told. Each is tried again when it comes round; that is no reason to send people elsewhere.
public final class RegularWork: Sendable {
  private struct State {
    var failing: Set<String> = []
    var changed: @Sendable () -> Void = {}
  }

  private let state = Mutex(State())

  /// Nothing has failed yet.
  public init() {}

  /// Does something that comes round again, and notes whether it could be done.
  ///
  /// - Parameter name: what a sysadmin calls it.
  /// - Throws: what the work throws. Being told to end is no failure.
  public func run<Value>(_ name: StaticString, _ work: () async throws -> Value) async throws -> Value {
    do {
      let value = try await work()
      note(name, isDone: true)
      return value
    } catch let error as CancellationError {
      throw error
    } catch {
      note(name, isDone: false)
      throw error
    }
  }

  /// Notes whether it could be done, for callers that do it in another way.
  public func note(_ name: StaticString, isDone: Bool) {
    let changed: (@Sendable () -> Void)? = state.withLock { state in
      let isNews =
        isDone ? state.failing.remove(name.description) != nil : state.failing.insert(name.description).inserted
      return isNews ? state.changed : nil
    }
    changed?()
  }

  /// Calls a closure whenever what fails has changed.
  public func whenChanged(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.changed = body } }

  /// What a sysadmin is told; nil while everything could be done.
  public var report: String? {
    let failing = state.withLock { $0.failing.sorted() }
    guard !failing.isEmpty else { return nil }
    return "could not be done and is tried again: \(failing.joined(separator: ", ")); the log says why"
  }
}
