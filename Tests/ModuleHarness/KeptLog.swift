public import Core
import Synchronization

/// Keeps every line, for tests that ask what was said: level, message, and the fields' values.
public final class KeptLog: Log {
  private let kept = Mutex<[String]>([])
  public var lines: [String] { kept.withLock { $0 } }

  public init() {}

  public func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    let values = fields.map { " \($0.name)=\($0.value)" }.joined()
    kept.withLock { $0.append("\(level) \(message)\(values)") }
  }
}
