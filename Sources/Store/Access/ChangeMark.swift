/// How some tables stand for the session that was asked: while its marks are equal, their rows are the same.
public struct ChangeMark: Sendable, Equatable {
  /// The number of the session; another's marks say nothing.
  let session: UInt64
  /// What others have committed.
  let foreign: Int64
  /// What the session itself has changed.
  let own: UInt64
}
