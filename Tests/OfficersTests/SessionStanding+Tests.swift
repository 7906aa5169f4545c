import Web

extension SessionStanding {
  var isOpen: Bool { if case .open = self { true } else { false } }
  var isLocked: Bool { if case .locked = self { true } else { false } }
  var isOver: Bool { if case .over = self { true } else { false } }
  /// Nil where it is not open.
  var isProven: Bool? { if case .open(_, let isProven) = self { isProven } else { nil } }
}
