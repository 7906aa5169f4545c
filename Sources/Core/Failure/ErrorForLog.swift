/// An error whose own words may stand in the journal and on the health page: they name files, settings, tables and limits,
/// and nothing that a person has typed.
public protocol ErrorForLog: Error, CustomStringConvertible {}

extension Problem: ErrorForLog {}
extension ConfigurationProblem: ErrorForLog {}
extension ConfigurationProblems: ErrorForLog {}
extension UnixSocketError: ErrorForLog {}

extension Error {
  /// What the journal says of it: its words where they may stand there, else only what kind of error it is.
  public var inLog: String { (self as? any ErrorForLog)?.description ?? String(reflecting: type(of: self)) }
}

extension Error {
  /// What a sysadmin is told of it: a problem in its words, with the mend; of others what the journal says.
  public func sentence(_ words: Words?) -> String {
    guard let problem = self as? Problem, let words else { return inLog }
    return "\(problem.title(words)) \(problem.mend(words))"
  }
}
