import Contracts
import Core

/// What an officer does with the ticket in hand.
enum CounterAction: String, Sendable, CaseIterable {
  case recall = "panggil-ulang"
  case start = "mulai"
  case finish = "selesai"
  case noShow = "tidak-hadir"
}

/// The life of a ticket: which action leads from which state to which. Anything else is refused.
enum TicketLife {
  static let transitions: [(from: TicketState, action: CounterAction, to: TicketState)] = [
    (.called, .recall, .called),
    (.called, .start, .serving),
    (.called, .noShow, .noShow),
    (.serving, .finish, .finished),
  ]

  /// The state that follows, or nil when the action is not allowed in `state`.
  static func next(after action: CounterAction, in state: TicketState) -> TicketState? {
    transitions.first { $0.from == state && $0.action == action }?.to
  }

  /// What an officer may do with a ticket in `state`.
  static func actions(in state: TicketState) -> [CounterAction] {
    transitions.filter { $0.from == state }.map(\.action)
  }
}
