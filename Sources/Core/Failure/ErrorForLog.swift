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
