public import Core

extension StoreError: ProblemBearing {
  /// The store is away for now when it is busy, overrun or closed, or its disk full or failing; all else is a fault.
  public var problem: Problem? {
    switch self {
    case .busy, .full, .disk, .overloaded, .closed: Problem(.unavailable, "unavailable")
    default: nil
    }
  }
}
