import Core

/// The part in which a person acts on a ticket.
enum TicketActor: String, Sendable, CaseIterable {
  /// The person who holds the ticket, on a phone or at a kiosk.
  case holder
  /// An officer at a counter.
  case officer
  /// An officer who leads the hall.
  case supervisor
  /// The queue itself: a time limit, the end of the day.
  case system

  /// The parts that a principal may act in; none for an officer who neither serves nor leads the hall.
  static func parts(of principal: Principal) -> Set<TicketActor> {
    switch principal {
    case .officer(_, let rights):
      var parts: Set<TicketActor> = []
      if rights.contains(.serve) { parts.insert(.officer) }
      if rights.contains(.hall) { parts.insert(.supervisor) }
      return parts
    case .applicant, .kiosk: return [.holder]
    case .system: return [.system]
    }
  }
}
