public import Core

extension StoreError: ProblemBearing {
  /// The store is away for now when it is busy, full, overrun or closed; all else is a fault.
  public var problem: Problem? {
    switch self {
    case .busy, .full, .overloaded, .closed: Problem(.unavailable, "unavailable")
    default: nil
    }
  }
}
