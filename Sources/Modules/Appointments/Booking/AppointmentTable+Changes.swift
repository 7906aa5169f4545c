import Contracts
import Core
import Store

extension AppointmentTable {
  // MARK: making

  static func insert(
    code: PublicCode, _ request: SlotRequest, heldUntil: Instant, at now: Instant, numberedBy random: any RandomSource,
    in transaction: borrowing Transaction
  ) throws -> AppointmentID? {
    let number = try AppointmentNumber.draw(from: random) { number in
      try appointment(number, in: transaction) != nil
    }
    return try transaction.value(
      """
      INSERT INTO appointments_appointment
        (place, code, number, submission, kind, state, day, priority, held_until, made_at)
      VALUES (\(PlaceID.office), \(code), \(number), \(request.submission), \(request.kind), \(AppointmentState.held),
        \(request.day), \(request.priority), \(heldUntil), \(now))
      RETURNING id
      """)
  }

  static func insertVisit(
    of appointment: AppointmentID, code: PublicCode, for member: PartyMember, on day: CivilDate,
    at slot: SlotTable.Taken, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO appointments_visit (appointment, code, application, service, person, day, half_hour, at, slot)
      VALUES (\(appointment), \(code), \(member.application), \(member.service), \(member.person), \(day),
        \(slot.halfHour), \(slot.at), \(slot.id))
      """)
  }

  /// The primary key refuses a second one of the same person.
  static func claim(
    _ person: [UInt8], for appointment: AppointmentID, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      "INSERT INTO appointments_claim (person, appointment) VALUES (\(person), \(appointment))")
  }

  // MARK: changing

  /// Confirms a hold that has not lapsed.
  ///
  /// - Returns: whether it was one.
  static func book(_ appointment: AppointmentID, at now: Instant, in transaction: borrowing Transaction) throws -> Bool
  {
    try transaction.run(
      """
      UPDATE appointments_appointment SET state = \(AppointmentState.booked), held_until = NULL, booked_at = \(now)
      WHERE id = \(appointment) AND \(isHeld) AND held_until > \(now)
      """) == 1
  }

  /// The people have come, and may book again.
  static func checkIn(_ appointment: AppointmentID, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      UPDATE appointments_appointment SET state = \(AppointmentState.checkedIn)
      WHERE id = \(appointment) AND state = \(AppointmentState.booked)
      """)
    try transaction.run("DELETE FROM appointments_claim WHERE appointment = \(appointment)")
  }

  /// Takes a visit that was served with another number for the one that was booked: the appointment is used, and gives
  /// no second number.
  static func use(by ticket: TicketMoment, in transaction: borrowing Transaction) throws {
    guard let application = ticket.application else { return }
    let served = try appointments(
      where: """
        state IN \(anyOf: expected) AND id IN (
          SELECT appointment FROM appointments_visit
          WHERE application = \(application) AND service = \(ticket.service) AND day = \(ticket.day) AND ticket IS NULL)
        ORDER BY id
        """, in: transaction)
    for appointment in served {
      for visit in appointment.visits
      where visit.application == application && visit.service == ticket.service && visit.ticket == nil {
        try setTicket(ticket.ticket, of: visit.id, in: transaction)
      }
      guard appointment.state == .booked else { continue }
      try checkIn(appointment.id, in: transaction)
      try transaction.append(AppointmentEvent.checkedIn(appointment))
    }
  }

  static func setTicket(_ ticket: TicketID, of visit: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE appointments_visit SET ticket = \(ticket) WHERE id = \(visit)")
  }

  /// The tickets of visits, in the order of the visits.
  static func tickets(of visits: [Int64], in transaction: borrowing Transaction) throws -> [TicketID] {
    try transaction.rows(
      """
      SELECT ticket FROM appointments_visit WHERE id IN \(anyOf: visits) AND ticket IS NOT NULL ORDER BY at, id
      """
    ) { try $0.get(0) }
  }

  /// Puts the visit at another slot; the appointment keeps its code.
  static func moveVisit(
    _ visit: Int64, to day: CivilDate, _ slot: SlotTable.Taken, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_visit SET day = \(day), half_hour = \(slot.halfHour), at = \(slot.at), slot = \(slot.id)
      WHERE id = \(visit)
      """)
  }

  /// - Parameter isFree: whether the office is the reason: then it counts for nothing.
  static func countMove(
    _ appointment: AppointmentID, to day: CivilDate, isFree: Bool, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_appointment SET day = \(day), moves = moves + \(isFree ? 0 : 1), sequence = sequence + 1
      WHERE id = \(appointment)
      """)
  }

  /// Ends an appointment: its state and its people's claims. Its slots are given back by the caller.
  static func end(
    _ appointment: Appointment, as state: AppointmentState, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_appointment SET state = \(state), held_until = NULL, ended_at = \(now), sequence = sequence + 1
      WHERE id = \(appointment.id)
      """)
    try transaction.run("DELETE FROM appointments_claim WHERE appointment = \(appointment.id)")
  }

  /// Ends the lapsed holds on slots of that kind and day, so that each of them can be given at once.
  static func lapseHolds(
    on day: CivilDate, _ kind: SlotKind, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    let lapsed = try appointments(
      where: "\(isHeld) AND held_until <= \(now) AND day = \(day) AND kind = \(kind)", in: transaction)
    for appointment in lapsed { try lapse(appointment, at: now, in: transaction) }
  }

  /// Ends holds that were not confirmed in time; their slots return at once.
  static func lapseHolds(at now: Instant, limit: Int, in transaction: borrowing Transaction) throws {
    let lapsed = try appointments(
      where: "\(isHeld) AND held_until <= \(now) ORDER BY held_until LIMIT \(limit)", in: transaction)
    for appointment in lapsed { try lapse(appointment, at: now, in: transaction) }
  }

  static func lapse(_ appointment: Appointment, at now: Instant, in transaction: borrowing Transaction) throws {
    try end(appointment, as: .lapsed, at: now, in: transaction)
    for slot in try SlotTable.slots(of: appointment.id, in: transaction) {
      try SlotTable.giveBack(slot, available: now, in: transaction)
    }
  }
}
