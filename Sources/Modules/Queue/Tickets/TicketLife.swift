import Contracts
import Core

/// The life of a ticket, as data: which action leads from which state to which, who may do it, and
/// whether it can be undone. What is not in the table is refused.
enum TicketLife {
  /// Whether the last action at a counter can be taken back within the configured seconds.
  enum Undo: String, Sendable {
    case never
    /// Everything about the ticket is again as it was before.
    case restores
    /// Likewise, and the application stands again in the stage that the visit has ended; unless that was the hand-over
    /// of the document, whose receipt is in the ledger for good.
    case unlessHandedOver
  }

  struct Transition: Sendable {
    /// Nil where the ticket comes into being.
    let from: TicketState?
    let action: TicketAction
    let to: TicketState
    let by: Set<TicketActor>
    let undo: Undo
  }

  static let transitions: [Transition] = [
    row(nil, .issue, .waiting, .holder, .officer),
    row(.booked, .checkIn, .checkedIn, .holder, .officer),
    row(.checkedIn, .admit, .waiting, .system),

    row(.waiting, .call, .called, .officer, undo: .restores),
    row(.waiting, .callChosen, .called, .officer, undo: .restores),
    row(.waiting, .transfer, .waiting, .supervisor, .system),
    row(.waiting, .cancel, .cancelled, .holder, .supervisor),

    row(.called, .recall, .called, .officer),
    row(.called, .start, .serving, .officer, undo: .restores),
    row(.called, .hold, .hold, .officer, undo: .restores),
    row(.called, .transfer, .waiting, .officer, undo: .restores),
    row(.called, .giveBack, .waiting, .officer, .system, undo: .restores),
    row(.called, .noShow, .noShow, .officer, undo: .restores),
    row(.called, .cancel, .cancelled, .holder, .officer, undo: .restores),

    row(.serving, .finish, .finished, .officer, undo: .unlessHandedOver),
    row(.serving, .finishStep, .waiting, .officer, undo: .restores),
    row(.serving, .hold, .hold, .officer, undo: .restores),
    row(.serving, .transfer, .waiting, .officer, undo: .restores),
    row(.serving, .giveBack, .waiting, .officer, .system, undo: .restores),

    row(.hold, .resume, .called, .officer, undo: .restores),
    row(.hold, .release, .waiting, .officer, .system),
    row(.hold, .noShow, .noShow, .officer, undo: .restores),
    row(.hold, .cancel, .cancelled, .holder, .officer, undo: .restores),

    row(.noShow, .comeBack, .waiting, .holder, .officer),

    row(.booked, .withdraw, .cancelled, .system),
    row(.checkedIn, .withdraw, .cancelled, .system),
    row(.waiting, .withdraw, .cancelled, .system),
    row(.hold, .withdraw, .cancelled, .system),
    row(.noShow, .withdraw, .cancelled, .system),

    row(.booked, .settle, .noShow, .system, .supervisor),
    row(.checkedIn, .settle, .cancelled, .system, .supervisor),
    row(.waiting, .settle, .cancelled, .system, .supervisor),
    row(.called, .settle, .noShow, .system, .supervisor),
    row(.serving, .settle, .cancelled, .system, .supervisor),
    row(.hold, .settle, .cancelled, .system, .supervisor),
  ]

  /// The row for an action in a state; nil when the action is not possible there.
  static func transition(_ action: TicketAction, in state: TicketState?) -> Transition? {
    transitions.first { $0.from == state && $0.action == action }
  }

  /// The state that follows, or nil when the action is not possible in `state`.
  static func next(after action: TicketAction, in state: TicketState) -> TicketState? {
    transition(action, in: state)?.to
  }

  /// What an officer at a counter may do with a ticket in `state`.
  static func actions(in state: TicketState) -> [TicketAction] {
    transitions.filter { $0.from == state && $0.by.contains(.officer) }.map(\.action)
  }

  private static func row(
    _ from: TicketState?, _ action: TicketAction, _ to: TicketState, _ by: TicketActor..., undo: Undo = .never
  ) -> Transition {
    Transition(from: from, action: action, to: to, by: Set(by), undo: undo)
  }
}
