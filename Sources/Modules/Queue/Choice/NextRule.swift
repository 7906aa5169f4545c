/// Which line the next person comes from.
///
/// The priority line goes first, but while ordinary people wait no more than `priorityRunMax`
/// priority tickets are called one after another, so that nobody starves. Within a line the
/// longest waiting goes first.
public struct NextRule: Sendable {
  /// Three priority calls to one ordinary one while both lines wait.
  public static let shipped = NextRule(priorityRunMax: 3)

  public let priorityRunMax: Int

  public init(priorityRunMax: Int) {
    precondition(priorityRunMax > 0, "at least one priority call comes before an ordinary one")
    self.priorityRunMax = priorityRunMax
  }

  enum Line: Equatable {
    case priority
    case ordinary
  }

  /// - Parameter priorityRun: how many priority tickets were called last, one after another.
  /// - Returns: nil when nobody waits.
  func line(priorityWaits: Bool, ordinaryWaits: Bool, priorityRun: Int) -> Line? {
    switch (priorityWaits, ordinaryWaits) {
    case (false, false): nil
    case (true, false): .priority
    case (false, true): .ordinary
    case (true, true): priorityRun >= priorityRunMax ? .ordinary : .priority
    }
  }
}
