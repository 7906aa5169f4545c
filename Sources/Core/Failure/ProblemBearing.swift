/// An error of a lower floor that a person can be told of as a problem, so that faces need not know
/// that floor.
public protocol ProblemBearing: Error {
  /// What to tell; nil for a fault of the program, whose details belong in the journal only.
  var problem: Problem? { get }
}

extension Problem: ProblemBearing {
  /// The problem itself.
  public var problem: Problem? { self }
}
