import Synchronization

/// A configuration that is read again while the office is open: the checked value in force, and why what was read last
/// was refused.
///
/// A value is replaced as a whole, and only by one that was read without a fault.
public final class Reloadable<Value: Sendable>: ReloadableFile {
  private struct State {
    var value: Value
    var refusal: (any Error)?
  }

  private let standard: Value
  private let read: @Sendable () throws -> Value?
  private let state: Mutex<State>

  /// Puts `standard` in force; reads nothing yet.
  ///
  /// - Parameters:
  ///   - standard: what holds before the first reading, and where there is no file.
  ///   - read: reads and checks; nil where there is no file.
  public init(_ standard: Value, reading read: @escaping @Sendable () throws -> Value?) {
    self.standard = standard
    self.read = read
    state = Mutex(State(value: standard, refusal: nil))
  }

  /// What is in force.
  public var now: Value { state.withLock { $0.value } }

  /// Why what was read last was refused; nil once a reading was taken over.
  public var refusal: (any Error)? { state.withLock { $0.refusal } }

  /// Reads it again.
  ///
  /// - Throws: what the reading throws, most often `ConfigurationProblem`; what was in force stays in force.
  public func reload() throws {
    do {
      put(try read() ?? standard)
    } catch {
      state.withLock { $0.refusal = error }
      throw error
    }
  }

  /// Puts in force what was not read from the file.
  public func put(_ value: Value) { state.withLock { $0 = State(value: value, refusal: nil) } }
}

/// A `Reloadable` of any value, as the program sees it when it reads all of them again.
public protocol ReloadableFile: Sendable {
  /// Why what was read last was refused; nil once a reading was taken over.
  var refusal: (any Error)? { get }

  /// Reads it again; what is refused leaves in force what was.
  func reload() throws
}

extension [any ReloadableFile] {
  /// Reads each of them again, also those after one that is refused.
  ///
  /// - Throws: the first refusal.
  public func reload() throws {
    for file in self { try? file.reload() }
    for file in self {
      if let refusal = file.refusal { throw refusal }
    }
  }
}
