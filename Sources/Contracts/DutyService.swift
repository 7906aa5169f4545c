public import Core

/// What follows where one officer does two acts on one case that are two officers' work.
public enum DutyRule: String, Sendable, CaseIterable {
  /// The second act is refused: another officer does it.
  case refused
  /// It is done, and another officer looks it over afterwards: for an office in which too few people work.
  case checkedAfterwards = "checked-afterwards"
}

/// Which acts on one case need different officers. Provided by Officers.
public protocol DutyService: Sendable {
  /// The rule between two acts, in whichever order they are done; nil where one officer may do both.
  func rule(between act: Right, and other: Right) -> DutyRule?
}
