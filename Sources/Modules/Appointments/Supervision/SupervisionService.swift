import Contracts
import Core
import Store

/// What supervisors decide beyond the rules. Each decision has a reason, is recorded, and is seen by all supervisors.
struct SupervisionService: Sendable {
  /// A sentence or two, in Unicode scalars.
  static let reasonCharacterCountMax = 300

  let booking: BookingContext

  /// An exception as it is listed.
  struct Exception: Sendable {
    let kind: ExceptionKind
    let number: AppointmentNumber
    let day: CivilDate
    let reason: String
    let officer: OfficerID
    let madeAt: Instant
  }

  /// A change of one day's slots as it is listed.
  struct CapacityChange: Sendable {
    let day: CivilDate
    let service: ServiceCode?
    let span: OpeningSpan
    let slots: Int
    let reason: String
    let officer: OfficerID
  }

  // MARK: exceptions

  /// Allows one exception for an appointment. The same submission does it once.
  ///
  /// - Throws: `Problem` `appointment.unknown`, `.ended`, `.reason-missing`; `forbidden`.
  func allow(
    _ kind: ExceptionKind, for number: AppointmentNumber, because reason: String, by principal: Principal,
    submission: String
  ) async throws {
    let officer = try principal.requireOfficer(with: .capacity)
    try requireReason(reason)
    try await booking.store.write { transaction in
      guard let appointment = try AppointmentTable.appointment(number, in: transaction) else {
        throw Problem(.notFound, "appointment.unknown")
      }
      let isNew = try SupervisionTable.insert(
        kind, of: appointment.id, because: reason, by: officer, at: booking.clock.now, submission: submission,
        in: transaction)
      guard isNew else { return }
      guard appointment.state == .booked else { throw Problem(.conflict, "appointment.ended") }
      switch kind {
      case .move: try SupervisionTable.grantMove(appointment.id, in: transaction)
      case .admission: try SupervisionTable.admit(appointment.id, in: transaction)
      case .cancellation: try BookingService(booking: booking).cancel(appointment, in: transaction)
      }
      try transaction.append(AppointmentEvent.excepted(appointment.id, kind))
    }
  }

  // MARK: capacity

  /// Sets how many slots each half-hour of a stretch of one day has, and plans the day anew.
  ///
  /// - Throws: `Problem` `appointment.reason-missing`, `.change-times`; `forbidden`.
  func change(
    _ day: CivilDate, _ change: DayPlan.Change, because reason: String, by principal: Principal, submission: String
  ) async throws {
    let officer = try principal.requireOfficer(with: .capacity)
    try requireReason(reason)
    guard change.span.from < change.span.to, day >= booking.today, (0...500).contains(change.slots) else {
      throw Problem(.invalid, "appointment.change-times")
    }
    try await booking.store.write { transaction in
      try SupervisionTable.insert(
        change, on: day, because: reason, by: officer, at: booking.clock.now, submission: submission, in: transaction)
      try AppointmentKeeper(booking: booking).plan(day, in: transaction)
    }
  }

  private func requireReason(_ reason: String) throws {
    guard (5...Self.reasonCharacterCountMax).contains(reason.unicodeScalars.count) else {
      throw Problem(.invalid, "appointment.reason-missing", ["max": String(Self.reasonCharacterCountMax)])
    }
  }
}
