import Core

/// The part in which a person acts on a ticket.
enum TicketActor: String, Sendable, CaseIterable {
  /// The person who holds the ticket, on a phone or at a kiosk.
  case holder
  case officer
  case supervisor
  /// The queue itself: a time limit, the end of the day.
  case system

  /// The parts that a principal may act in; a supervisor may do all that an officer may.
  static func parts(of principal: Principal) -> Set<TicketActor> {
    switch principal {
    case .officer(_, .clerk): [.officer]
    case .officer(_, .supervisor): [.officer, .supervisor]
    case .applicant, .kiosk: [.holder]
    case .system: [.system]
    }
  }
}
