import Synchronization

/// Which of the things that are done again and again could not be done when they were last due, for health to say so: they
/// have no caller who is told. Each is tried again when it comes round; that is no reason to send people elsewhere.
public final class RegularWork: Sendable {
  private struct State {
    var failing: Set<String> = []
    var watched: [String: Periodic] = [:]
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

  /// Takes the figures of what does a piece of work, for `detailedReport`. Each of its turns must be that work, and fail where
  /// the work does.
  public func watch(_ name: StaticString, _ periodic: Periodic) {
    state.withLock { $0.watched[name.description] = periodic }
  }

  /// Calls a closure whenever what fails has changed.
  public func whenChanged(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.changed = body } }

  /// What a sysadmin is told; nil while everything could be done.
  public var report: String? { sentence(state.withLock { $0.failing.sorted() }) }

  /// What a sysadmin is told on asking: as `report`, and of each piece of work how often it has failed and when it last went
  /// well, where that is known. It changes with the time, so it is nothing to be kept.
  public var detailedReport: String? {
    let failing = state.withLock { state in state.failing.sorted().map { (name: $0, periodic: state.watched[$0]) } }
    return sentence(failing.map { work in work.name + (work.periodic?.failures.map { " (\($0))" } ?? "") })
  }

  private func sentence(_ failing: [String]) -> String? {
    guard !failing.isEmpty else { return nil }
    return "could not be done and is tried again: \(failing.joined(separator: ", ")); the log says why"
  }
}

extension Periodic {
  /// How often turns have failed, and when one last went well; nil where none has failed.
  fileprivate var failures: String? {
    let count = figures.errorCount
    guard count > 0 else { return nil }
    let last = sinceLastSuccess.map { "last went well \($0.milliseconds / 60_000) min ago" } ?? "never went well"
    return "failed \(count == 1 ? "once" : "\(count) times") since the start, \(last)"
  }
}
