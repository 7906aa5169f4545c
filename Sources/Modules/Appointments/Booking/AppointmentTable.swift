import Contracts
import Core
import Store

/// Every statement on appointments, their visits and claims.
enum AppointmentTable {
  private static let columns: SQL =
    """
    id, code, kind, state, day, priority, moves, moves_granted, is_admitted, made_at, held_until, sequence, number
    """

  // MARK: finding

  static func appointment<Database: Queryable & ~Copyable>(
    code: PublicCode, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "code = \(code)", in: database)
  }

  static func appointment<Database: Queryable & ~Copyable>(
    _ number: AppointmentNumber, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "number = \(number)", in: database)
  }

  static func appointment<Database: Queryable & ~Copyable>(
    _ id: AppointmentID, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "id = \(id)", in: database)
  }

  static func appointment<Database: Queryable & ~Copyable>(
    submission: String, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(where: "submission = \(submission)", in: database)
  }

  /// The appointment to which a visit's code belongs.
  static func appointment<Database: Queryable & ~Copyable>(
    visit code: PublicCode, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: "id = (SELECT appointment FROM appointments_visit WHERE code = \(code))", in: database)
  }

  /// The first appointment from `day` on with a visit for the application.
  static func next<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, from day: CivilDate, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: """
        state IN ('booked', 'checked-in') AND day >= \(day) AND id IN (
          SELECT appointment FROM appointments_visit WHERE application = \(application))
        ORDER BY day, id LIMIT 1
        """, in: database)
  }

  /// The living appointment of a person.
  static func appointment<Database: Queryable & ~Copyable>(
    claimedBy person: [UInt8], in transaction: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: "id = (SELECT appointment FROM appointments_claim WHERE person = \(person))", in: transaction)
  }

  /// When places were kept for a person that were not confirmed, the earliest first.
  static func lapsedHolds(
    of person: [UInt8], since first: Instant, at now: Instant, in transaction: borrowing Transaction
  ) throws -> [Instant] {
    try transaction.rows(
      """
      SELECT DISTINCT a.id, a.made_at FROM appointments_visit v JOIN appointments_appointment a ON a.id = v.appointment
      WHERE v.person = \(person) AND a.state = 'lapsed' AND a.made_at > \(first)
        AND a.made_at <= \(Instant.latest(at: now))
      ORDER BY a.made_at, a.id
      """
    ) { try $0.get(1) }
  }

  /// Booked appointments of days before `day`.
  static func past<Database: Queryable & ~Copyable>(
    before day: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [Appointment] {
    try appointments(where: "state = 'booked' AND day < \(day) ORDER BY day LIMIT \(limit)", in: database)
  }

  /// How many appointments those days had, also those that ended in another way.
  static func count<Database: Queryable & ~Copyable>(
    on days: Set<CivilDate>, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      """
      SELECT count(*) FROM appointments_appointment
      WHERE day IN \(anyOf: days) AND state IN ('booked', 'checked-in', 'missed')
      """) ?? 0
  }

  /// Kept and booked appointments from `day` on that are for these applications alone. A person who has
  /// been forgotten already does not count.
  static func coming(
    onlyFor applications: [ApplicationNumber], from day: CivilDate, in transaction: borrowing Transaction
  ) throws -> [Appointment] {
    try appointments(
      where: """
        state IN ('held', 'booked') AND day >= \(day) AND id IN (
          SELECT appointment FROM appointments_visit WHERE application IN \(anyOf: applications))
        AND NOT \(isOthers(than: applications)) ORDER BY id
        """, in: transaction)
  }

  /// The first appointment of a day that is not over, with a visit for the application that has not become a ticket.
  static func next<Database: Queryable & ~Copyable>(
    for application: ApplicationNumber, at now: Instant, after lastDayOver: CivilDate, in database: borrowing Database
  ) throws -> Appointment? {
    try appointment(
      where: """
        (state = 'booked' OR state = 'held' AND held_until > \(now)) AND day > \(lastDayOver) AND id IN (
          SELECT appointment FROM appointments_visit WHERE application = \(application) AND ticket IS NULL)
        ORDER BY day, id LIMIT 1
        """, in: database)
  }

  /// Whether an appointment has a visit of another known person.
  private static func isOthers(than applications: [ApplicationNumber]) -> SQL {
    """
    EXISTS (
      SELECT 1 FROM appointments_visit other WHERE other.appointment = appointments_appointment.id
        AND other.person IS NOT NULL AND other.application NOT IN \(anyOf: applications))
    """
  }

  /// The appointments of a stretch of days for the supervisors' page, in order.
  static func appointments<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, limit: Int, in database: borrowing Database
  ) throws -> [Appointment] {
    try appointments(
      where: """
        day BETWEEN \(first) AND \(last) AND state IN ('booked', 'checked-in', 'missed')
        ORDER BY day, (SELECT min(at) FROM appointments_visit WHERE appointment = appointments_appointment.id), id
        LIMIT \(limit)
        """, in: database)
  }

  private static func appointment<Database: Queryable & ~Copyable>(
    where condition: SQL, in database: borrowing Database
  ) throws -> Appointment? {
    try appointments(where: condition, in: database).first
  }

  private static func appointments<Database: Queryable & ~Copyable>(
    where condition: SQL, in database: borrowing Database
  ) throws -> [Appointment] {
    let heads = try database.rows("SELECT \(columns) FROM appointments_appointment WHERE \(condition)") { row in
      try Head(row)
    }
    return try heads.map { head in head.with(try visits(of: head.id, in: database)) }
  }

  private static func visits<Database: Queryable & ~Copyable>(
    of appointment: AppointmentID, in database: borrowing Database
  ) throws -> [Appointment.Visit] {
    try database.rows(
      """
      SELECT id, code, application, service, day, slot, at, ticket FROM appointments_visit
      WHERE appointment = \(appointment) ORDER BY id
      """
    ) { row in
      try Appointment.Visit(
        id: row.get(0), code: row.get(1), application: row.get(2), service: row.get(3), day: row.get(4),
        slot: row.get(5), at: row.get(6), ticket: row.get(7))
    }
  }

  /// The row of the appointment itself.
  private struct Head {
    let id: AppointmentID
    let code: PublicCode
    let number: AppointmentNumber
    let kind: PlaceKind
    let state: AppointmentState
    let day: CivilDate
    let priority: PriorityGroup?
    let moves: Int
    let movesGranted: Int
    let isAdmitted: Bool
    let madeAt: Instant
    let heldUntil: Instant?
    let sequence: Int

    init(_ row: borrowing Row) throws {
      id = try row.get(0)
      code = try row.get(1)
      kind = try row.get(2)
      state = try row.get(3)
      day = try row.get(4)
      priority = try row.get(5)
      moves = try row.get(6)
      movesGranted = try row.get(7)
      isAdmitted = try row.get(8)
      madeAt = try row.get(9)
      heldUntil = try row.get(10)
      sequence = try row.get(11)
      number = try row.get(12)
    }

    func with(_ visits: [Appointment.Visit]) -> Appointment {
      Appointment(
        id: id, code: code, number: number, kind: kind, state: state, day: day, priority: priority, moves: moves,
        movesGranted: movesGranted, isAdmitted: isAdmitted, madeAt: madeAt, heldUntil: heldUntil, sequence: sequence,
        visits: visits)
    }
  }

  // MARK: making

  static func insert(
    code: PublicCode, _ request: PlaceRequest, heldUntil: Instant, at now: Instant, numberedBy random: any RandomSource,
    in transaction: borrowing Transaction
  ) throws -> AppointmentID? {
    let number = try AppointmentNumber.draw(from: random) { number in
      try appointment(number, in: transaction) != nil
    }
    return try transaction.value(
      """
      INSERT INTO appointments_appointment (code, number, submission, kind, state, day, priority, held_until, made_at)
      VALUES (\(code), \(number), \(request.submission), \(request.kind), 'held', \(request.day), \(request.priority),
        \(heldUntil), \(now))
      RETURNING id
      """)
  }

  static func insertVisit(
    of appointment: AppointmentID, code: PublicCode, for member: PartyMember, on day: CivilDate,
    at place: PlaceTable.Taken, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO appointments_visit (appointment, code, application, service, person, day, slot, at, place)
      VALUES (\(appointment), \(code), \(member.application), \(member.service), \(member.person), \(day),
        \(place.slot), \(place.at), \(place.id))
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
      UPDATE appointments_appointment SET state = 'booked', held_until = NULL, booked_at = \(now)
      WHERE id = \(appointment) AND state = 'held' AND held_until > \(now)
      """) == 1
  }

  /// The people have come, and may book again.
  static func checkIn(_ appointment: AppointmentID, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "UPDATE appointments_appointment SET state = 'checked-in' WHERE id = \(appointment) AND state = 'booked'")
    try transaction.run("DELETE FROM appointments_claim WHERE appointment = \(appointment)")
  }

  /// Takes a visit that was served with another number for the one that was booked: the appointment is used, and gives
  /// no second number.
  static func use(by ticket: TicketMoment, in transaction: borrowing Transaction) throws {
    guard let application = ticket.application else { return }
    let served = try appointments(
      where: """
        state IN ('booked', 'checked-in') AND id IN (
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

  /// Puts the visit at another place; the appointment keeps its code.
  static func moveVisit(
    _ visit: Int64, to day: CivilDate, _ place: PlaceTable.Taken, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_visit SET day = \(day), slot = \(place.slot), at = \(place.at), place = \(place.id)
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

  /// Ends an appointment: its state and its people's claims. Its places are given back by the caller.
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

  /// Ends the lapsed holds on places of that kind and day, so that each of them can be given at once.
  static func lapseHolds(
    on day: CivilDate, _ kind: PlaceKind, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    let lapsed = try appointments(
      where: "state = 'held' AND held_until <= \(now) AND day = \(day) AND kind = \(kind)", in: transaction)
    for appointment in lapsed { try lapse(appointment, at: now, in: transaction) }
  }

  /// Ends holds that were not confirmed in time; their places return at once.
  static func lapseHolds(at now: Instant, limit: Int, in transaction: borrowing Transaction) throws {
    let lapsed = try appointments(
      where: "state = 'held' AND held_until <= \(now) ORDER BY held_until LIMIT \(limit)", in: transaction)
    for appointment in lapsed { try lapse(appointment, at: now, in: transaction) }
  }

  static func lapse(_ appointment: Appointment, at now: Instant, in transaction: borrowing Transaction) throws {
    try end(appointment, as: .lapsed, at: now, in: transaction)
    for place in try PlaceTable.places(of: appointment.id, in: transaction) {
      try PlaceTable.giveBack(place, available: now, in: transaction)
    }
  }

  // MARK: forgetting

  /// A person who has been served, or did not come, may book again.
  static func dropPastClaims(before day: CivilDate, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      DELETE FROM appointments_claim
      WHERE appointment IN (SELECT id FROM appointments_appointment WHERE day < \(day) AND state <> 'held')
      """)
  }

  static func dropPastClaims(
    of people: [[UInt8]], before day: CivilDate, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      DELETE FROM appointments_claim WHERE person IN \(anyOf: people)
        AND appointment IN (SELECT id FROM appointments_appointment WHERE day < \(day) AND state <> 'held')
      """)
  }

  /// Forgets who an erased person is, since with the root key all NIKs could be tried against the hash; why they had
  /// the priority line, and what a supervisor wrote about them. What was booked stays for the hall's counts, and
  /// leads to no person.
  static func forget(
    _ subject: SubjectID, of applications: [ApplicationNumber], in transaction: borrowing Transaction
  ) throws {
    let visits: SQL = "FROM appointments_visit WHERE application IN \(anyOf: applications)"
    // Another application of the same person keeps its own, so only what these visits claim goes.
    try transaction.run(
      """
      DELETE FROM appointments_claim WHERE appointment IN (SELECT appointment \(visits))
        AND person IN (SELECT person \(visits) AND person IS NOT NULL)
      """)
    try transaction.run(
      "UPDATE appointments_visit SET person = NULL WHERE application IN \(anyOf: applications)")
    try transaction.run(
      "UPDATE appointments_entry SET person = NULL WHERE application IN \(anyOf: applications)")
    try transaction.run("DELETE FROM appointments_person WHERE subject = \(subject)")
    // Among several people the reason may be another's.
    try transaction.run(
      """
      UPDATE appointments_appointment SET priority = NULL
      WHERE id IN (SELECT appointment \(visits)) AND NOT \(isOthers(than: applications))
      """)
    try transaction.run(
      "UPDATE appointments_exception SET reason = '' WHERE appointment IN (SELECT appointment \(visits))")
  }

  static func forgetPeople(
    before day: CivilDate, _ instant: Instant, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    // Made again from the sealed record whenever the person comes back.
    try transaction.run(
      "DELETE FROM appointments_person WHERE used_at < \(instant) OR used_at > \(Instant.latest(at: now))")
    try transaction.run(
      "UPDATE appointments_visit SET person = NULL WHERE day < \(day) AND person IS NOT NULL")
  }
}
