/// What went wrong, whose move it is, and how to go on: one value that the log line, the API
/// document, the page and the kiosk screen each show in their own way.
///
/// The words are messages `problem.<code>.title` and `problem.<code>.mend`.
public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is; decides the HTTP status and the exit code.
  public enum Kind: Sendable, Equatable {
    /// The caller sent something that cannot be right (422, EX_DATAERR).
    case invalid
    /// There is no such thing, or not for this caller (404, EX_NOINPUT).
    case notFound
    /// The caller must sign in first (401, EX_NOPERM).
    case signInNeeded
    /// The caller may not do that (403, EX_NOPERM).
    case forbidden
    /// It clashes with the present state, which has changed since the caller looked (409, EX_TEMPFAIL).
    case conflict
    /// More than the limit that the problem's words name (413, EX_DATAERR).
    case tooLarge
    /// Too often in too short a time (429, EX_TEMPFAIL).
    case tooMany
    /// A part of the system is away for now (503, EX_UNAVAILABLE).
    case unavailable
    /// The program is wrong; the journal has the details (500, EX_SOFTWARE).
    case fault
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// Stable, dotted, in English: `ticket.already-called`.
  public let code: String
  /// What the words name: limits, deadlines, present states. Never personal data. A date stands here as `YYYY-MM-DD`, for
  /// programs; people read it as all dates are written in their language.
  public let arguments: [String: String]

  /// A problem of this kind, whose words are those of `code`.
  public init(_ kind: Kind, _ code: StaticString, _ arguments: [String: String] = [:]) {
    self.kind = kind
    self.code = code.description
    self.arguments = arguments
  }

  /// The same problem with other arguments.
  public func with(_ arguments: [String: String]) -> Problem { Problem(kind, code: code, arguments) }

  private init(_ kind: Kind, code: String, _ arguments: [String: String]) {
    self.kind = kind
    self.code = code
    self.arguments = arguments
  }

  /// The code and the arguments, for a log line; people read `title` and `mend`.
  public var description: String { "\(code) \(arguments)" }

  /// What went wrong, in the reader's language.
  public func title(_ words: Words) -> String { say("title", words) }

  /// Whose move it is and how to go on, in the reader's language.
  public func mend(_ words: Words) -> String { say("mend", words) }

  /// The same as a face says it that has words of its own for some problems: those of `family` and the code.
  public func mend(_ words: Words, of family: StaticString) -> String {
    let own = MessageKey(family, named: code)
    return words.has(own) ? say(own, words) : mend(words)
  }

  private func say(_ part: String, _ words: Words) -> String {
    say(MessageKey("problem", named: "\(code).\(part)"), words)
  }

  private func say(_ key: MessageKey, _ words: Words) -> String {
    words(key)
      .filling(arguments.mapValues { text in CivilDate(iso: text).map(words.longDate) ?? text })
  }
}
