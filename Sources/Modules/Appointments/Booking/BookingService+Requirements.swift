import Contracts
import Core
import Store

extension BookingService {
  /// - Throws: `Problem` `appointment.one-at-a-time` when the person has an appointment that lies ahead.
  func requireFree<Database: Queryable & ~Copyable>(
    _ person: [UInt8], in database: borrowing Database
  ) throws {
    guard let other = try AppointmentTable.appointment(claimedBy: person, in: database), other.state != .held,
      other.day > booking.lastDayOver
    else { return }
    throw Problem(.conflict, "appointment.one-at-a-time")
  }

  /// - Throws: `Problem` `appointment.too-many-holds` for a person who has let many slots lapse or go.
  func requireFewHolds(of person: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws {
    let rules = booking.rules.now
    let first = now - .minutes(rules.holdsWithinMinutes)
    let holds = try AppointmentTable.lapsedHolds(of: person, since: first, at: now, in: transaction)
    guard holds.count >= rules.holdsMax, let oldest = holds.suffix(rules.holdsMax).first else { return }
    throw Problem(
      .tooMany, "appointment.too-many-holds",
      [
        "max": String(rules.holdsMax), "minutes": String(rules.holdsWithinMinutes),
        "time": clockTime(oldest + .minutes(rules.holdsWithinMinutes)),
      ])
  }

  private func clockTime(_ instant: Instant) -> String {
    booking.zone.time(of: instant + .minutes(1)).spoken
  }

  /// - Throws: `Problem` `appointment.not-offered`.
  func requireOffered() throws {
    guard booking.isOffered else { throw Problem(.unavailable, "appointment.not-offered") }
  }

  /// What can be said before any slot is looked at.
  ///
  /// - Throws: `Problem` `appointment.gone`, `.priority-reason`.
  func requireBookable(_ request: SlotRequest, at now: Instant) throws {
    guard booking.zone.instant(request.day, request.halfHour) > now || isRunning(request, at: now) else {
      throw Problem(.conflict, "appointment.gone")
    }
    guard (request.kind == .priority) == (request.priority != nil) else {
      throw Problem(.invalid, "appointment.priority-reason")
    }
    let today = booking.zone.date(of: now)
    guard request.kind != .walkIn || request.day == today else { throw Problem(.conflict, "appointment.gone") }
  }

  /// A person who comes without an appointment may still be promised a time of the half-hour that runs.
  private func isRunning(_ request: SlotRequest, at now: Instant) -> Bool {
    request.kind == .walkIn
      && booking.zone.instant(request.day, request.halfHour) + .minutes(AppointmentRules.halfHourMinutes) > now
  }
}
