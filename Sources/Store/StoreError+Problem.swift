public import Core

extension StoreError {
  /// Whether the disk is full, fails or refuses writing; nothing was changed, and it may go another time.
  public var isOfDisk: Bool {
    switch self {
    case .full, .disk: true
    case .constraint, .column, .nulInText, .statement, .busy, .corrupt, .unprotected, .rolledBack, .failed, .overloaded,
      .closed, .cannotOpen, .notOurs, .newer, .older, .superseded, .migration, .eventsRemoved, .eventTooLarge:
      false
    }
  }
}

extension StoreError: ProblemBearing {
  /// The store is away for now when it is busy, overrun or closed, or its disk full or failing. Text that cannot be kept
  /// came from a caller; all else is a fault.
  public var problem: Problem? {
    switch self {
    case .busy, .full, .disk, .overloaded, .closed: Problem(.unavailable, "unavailable")
    case .nulInText: Problem(.invalid, "bad-request")
    case .constraint, .column, .statement, .corrupt, .unprotected, .rolledBack, .failed, .cannotOpen, .notOurs, .newer,
      .older, .superseded, .migration, .eventsRemoved, .eventTooLarge:
      nil
    }
  }
}
