/// How much a log line matters; raw values are syslog's priorities (RFC 5424).
public enum LogLevel: Int, Sendable, Comparable {
  /// Something failed that an administrator has to look at.
  case error = 3
  /// Something is not as it should be, and work goes on.
  case warning = 4
  /// Ordinary, and worth knowing: a start, a stop, a reload.
  case notice = 5
  /// What happened, for those who look for it.
  case info = 6
  /// What only a developer wants to read.
  case debug = 7

  /// What matters more is less: an error comes before a notice.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Where log lines go: the journal with fields, or standard error.
///
/// The message is constant text; what varies goes into dotted fields (`"ticket.number": "A-012"`).
/// Personal data goes into neither.
public protocol Log: Sendable {
  /// Writes one line; never waits for the reader, and never fails.
  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)])

  /// A line with a number of its own, by which it is found whatever its words.
  func record(_ event: SecurityEvent, _ fields: [(name: StaticString, value: String)])

  /// Something that those who watch the office want to know; a storm of them may be put together in one line.
  func note(
    _ event: SecurityEvent, from sender: SecurityEvent.Sender?, _ fields: [(name: StaticString, value: String)])
}

extension Log {
  /// Writes the event's own line, with its number as the field `security.event`.
  public func record(_ event: SecurityEvent, _ fields: [(name: StaticString, value: String)]) {
    record(event.level, event.message, [("security.event", event.rawValue)] + fields)
  }

  /// Writes a line for each event.
  public func note(
    _ event: SecurityEvent, from sender: SecurityEvent.Sender?, _ fields: [(name: StaticString, value: String)]
  ) {
    record(event, fields)
  }

  /// Something failed, and a person must look at it.
  public func error(_ message: StaticString, _ fields: KeyValuePairs<StaticString, String> = [:]) {
    record(.error, message, fields.map { ($0.key, $0.value) })
  }

  /// Something is not as it should be, and the program goes on.
  public func warning(_ message: StaticString, _ fields: KeyValuePairs<StaticString, String> = [:]) {
    record(.warning, message, fields.map { ($0.key, $0.value) })
  }

  /// Something that happens seldom and that a sysadmin wants to know.
  public func notice(_ message: StaticString, _ fields: KeyValuePairs<StaticString, String> = [:]) {
    record(.notice, message, fields.map { ($0.key, $0.value) })
  }

  /// What the program does in the ordinary course.
  public func info(_ message: StaticString, _ fields: KeyValuePairs<StaticString, String> = [:]) {
    record(.info, message, fields.map { ($0.key, $0.value) })
  }
}

/// Swallows every line; for tests and tools that have nothing to say.
public struct SilentLog: Log {
  /// A log without a reader.
  public init() {}
  /// Drops the line.
  public func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {}
}
