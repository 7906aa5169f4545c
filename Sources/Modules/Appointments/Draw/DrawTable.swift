import Contracts
import Core
import Store

enum DrawTag {}
typealias DrawID = ID<DrawTag>

/// A fair draw of slots.
struct Draw: Sendable, Equatable {
  let id: DrawID
  let service: ServiceCode
  let first: CivilDate
  let last: CivilDate
  let opens: Instant
  let closes: Instant
  /// Nothing until it is revealed with the outcome.
  var seed: [UInt8]
  /// The number from which the seed is made, with a key that is not in the database. nil for draws of before.
  let seedSource: [UInt8]?
  let commitment: [UInt8]
  /// nil until it has been drawn.
  var entriesHash: [UInt8]?
  let slots: Int
  /// When entering ended: from then on no entry is taken, also when the clock is set back, and results are written.
  let closedAt: Instant?
  var drawnAt: Instant?
  /// SHA-256 of the public list; nil until it has been drawn.
  let listHash: [UInt8]?

  func isOpen(at now: Instant) -> Bool { closedAt == nil && drawnAt == nil && opens <= now && now < closes }

  func isDue(at now: Instant) -> Bool { drawnAt == nil && (closedAt != nil || closes <= now) }
}

/// One entry of a draw, as its table keeps it.
struct DrawEntry: Sendable {
  let code: PublicCode
  let draw: DrawID
  let application: ApplicationNumber
  let wish: CivilDate?
  let isStrict: Bool
  /// The entry's rank, from 1; nil until it has been drawn.
  let rank: Int?
  let slot: Int64?
  let appointment: AppointmentID?
}

/// Every statement on draws and their entries.
enum DrawTable {
  private static let columns: SQL =
    """
    id, service, first_day, last_day, opens_at, closes_at, seed, seed_source, commitment, entries_hash, slots,
    closed_at, drawn_at, list_hash
    """

  static func draw<Database: Queryable & ~Copyable>(_ id: DrawID, in database: borrowing Database) throws -> Draw? {
    try draws(where: "id = \(id)", in: database).first
  }

  static func draw<Database: Queryable & ~Copyable>(
    submission: String, in database: borrowing Database
  ) throws -> Draw? {
    try draws(where: "submission = \(submission)", in: database).first
  }

  /// The latest first.
  static func latest<Database: Queryable & ~Copyable>(limit: Int, in database: borrowing Database) throws -> [Draw] {
    try draws(where: "place = \(PlaceID.office) ORDER BY id DESC LIMIT \(limit)", in: database)
  }

  static func due<Database: Queryable & ~Copyable>(at now: Instant, in database: borrowing Database) throws -> [Draw] {
    let isDue: SQL = "drawn_at IS NULL AND (closes_at <= \(now) OR closed_at IS NOT NULL)"
    return try draws(where: "place = \(PlaceID.office) AND \(isDue) ORDER BY closes_at", in: database)
  }

  private static func draws<Database: Queryable & ~Copyable>(
    where condition: SQL, in database: borrowing Database
  ) throws -> [Draw] {
    try database.rows("SELECT \(columns) FROM appointments_draw WHERE \(condition)") { row in
      try Draw(
        id: row.get(0), service: row.get(1), first: row.get(2), last: row.get(3), opens: row.get(4),
        closes: row.get(5), seed: row.get(6), seedSource: row.get(7), commitment: row.get(8), entriesHash: row.get(9),
        slots: row.get(10), closedAt: row.get(11), drawnAt: row.get(12), listHash: row.get(13))
    }
  }

  /// What a supervisor asks for.
  struct Plan: Sendable {
    let service: ServiceCode
    let first: CivilDate
    let last: CivilDate
    let closes: Instant
    let submission: String
  }

  static func insert(
    _ plan: Plan, seedSource: [UInt8], commitment: [UInt8], at now: Instant, by officer: OfficerID,
    in transaction: borrowing Transaction
  ) throws -> DrawID? {
    try transaction.value(
      """
      INSERT INTO appointments_draw
        (place, service, first_day, last_day, opens_at, closes_at, seed, seed_source, commitment, slots, officer,
          submission)
      VALUES (\(PlaceID.office), \(plan.service), \(plan.first), \(plan.last), \(now), \(plan.closes), \([UInt8]()),
        \(seedSource), \(commitment), 0, \(officer), \(plan.submission))
      RETURNING id
      """)
  }

  /// Sets the web's slots of the days aside that cannot be booked yet.
  ///
  /// - Returns: how many.
  static func setAside(
    for draw: DrawID, _ plan: Plan, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Int {
    let count = try transaction.run(
      "UPDATE appointments_slot SET draw = \(draw) WHERE \(canBeDrawn(by: plan, at: now))")
    try transaction.run("UPDATE appointments_draw SET slots = \(count) WHERE id = \(draw)")
    return count
  }

  /// How many slots a draw would set aside now.
  static func drawableCount<Database: Queryable & ~Copyable>(
    by plan: Plan, at now: Instant, in database: borrowing Database
  ) throws -> Int {
    try database.value("SELECT count(*) FROM appointments_slot WHERE \(canBeDrawn(by: plan, at: now))") ?? 0
  }

  private static func canBeDrawn(by plan: Plan, at now: Instant) -> SQL {
    """
    place = \(PlaceID.office) AND day BETWEEN \(plan.first) AND \(plan.last) AND service = \(plan.service)
      AND kind = \(SlotKind.web) AND withdrawn = 0 AND appointment IS NULL AND draw IS NULL AND released_at > \(now)
    """
  }

  /// Ends entering, and notes what the draw is held for: from here on its outcome is settled.
  static func close(_ draw: DrawID, at now: Instant, in transaction: borrowing Transaction) throws {
    let isFirst = try transaction.run(
      "UPDATE appointments_draw SET closed_at = \(now) WHERE id = \(draw) AND closed_at IS NULL")
    guard isFirst == 1 else { return }
    try transaction.run(
      """
      INSERT INTO appointments_draw_slot (draw, slot, day, at)
      SELECT draw, id, day, at FROM appointments_slot
      WHERE draw = \(draw) AND withdrawn = 0 AND appointment IS NULL
      """)
  }

  /// What the draw was held for, in the order of the times.
  static func notedSlots<Database: Queryable & ~Copyable>(
    of draw: DrawID, in database: borrowing Database
  ) throws -> [DrawLots.Slot] {
    try database.rows(
      "SELECT slot, day, at FROM appointments_draw_slot WHERE draw = \(draw) ORDER BY day, at, slot"
    ) { try DrawLots.Slot(id: $0.get(0), day: $0.get(1), at: $0.get(2)) }
  }

  // MARK: entries

  static func entries<Database: Queryable & ~Copyable>(
    of draw: DrawID, in database: borrowing Database
  ) throws -> [DrawEntry] {
    try entries(where: "draw = \(draw) ORDER BY rank, code", in: database)
  }

  static func entry<Database: Queryable & ~Copyable>(
    _ code: PublicCode, in database: borrowing Database
  ) throws -> DrawEntry? { try entries(where: "code = \(code)", in: database).first }

  static func entry(
    of person: [UInt8], in draw: DrawID, _ transaction: borrowing Transaction
  ) throws -> DrawEntry? {
    try entries(where: "draw = \(draw) AND person = \(person)", in: transaction).first
  }

  /// The entries of one draw for these applications.
  static func entries<Database: Queryable & ~Copyable>(
    of applications: [ApplicationNumber], in draw: DrawID, _ database: borrowing Database
  ) throws -> [DrawEntry] {
    try entries(where: "draw = \(draw) AND application IN \(anyOf: applications) ORDER BY code", in: database)
  }

  static func entryCount<Database: Queryable & ~Copyable>(
    of draw: DrawID, in database: borrowing Database
  ) throws -> Int {
    try database.value("SELECT count(*) FROM appointments_entry WHERE draw = \(draw)") ?? 0
  }

  private static func entries<Database: Queryable & ~Copyable>(
    where condition: SQL, in database: borrowing Database
  ) throws -> [DrawEntry] {
    try database.rows(
      """
      SELECT code, draw, application, wish, is_strict, rank, slot, appointment FROM appointments_entry
      WHERE \(condition)
      """
    ) { row in
      try DrawEntry(
        code: row.get(0), draw: row.get(1), application: row.get(2), wish: row.get(3), isStrict: row.get(4),
        rank: row.get(5), slot: row.get(6), appointment: row.get(7))
    }
  }

  static func insert(_ entry: DrawEntry, person: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws
  {
    try transaction.run(
      """
      INSERT INTO appointments_entry (code, draw, person, application, wish, is_strict, entered_at)
      VALUES (\(entry.code), \(entry.draw), \(person), \(entry.application), \(entry.wish), \(entry.isStrict), \(now))
      """)
  }

  /// Takes entries out of the draws that people can still enter. Later the outcome is settled, and an entry without a person
  /// gets no slot.
  static func withdraw(_ applications: [ApplicationNumber], in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      DELETE FROM appointments_entry WHERE application IN \(anyOf: applications)
        AND draw IN (SELECT id FROM appointments_draw WHERE closed_at IS NULL AND drawn_at IS NULL)
      """)
  }

  // MARK: drawing

  static func person(of entry: PublicCode, in transaction: borrowing Transaction) throws -> [UInt8]? {
    try transaction.value("SELECT person FROM appointments_entry WHERE code = \(entry)")
  }

  static func setResult(
    of entry: PublicCode, rank: Int, slot: Int64?, appointment: AppointmentID?, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_entry SET rank = \(rank), slot = \(slot), appointment = \(appointment)
      WHERE code = \(entry)
      """)
  }

  /// Gives a slot that was set aside, also when the office has taken slots out of that half-hour since: the draw was
  /// held for it, and a slot that was given stays given.
  static func give(
    _ slot: Int64, of draw: DrawID, to appointment: AppointmentID, in transaction: borrowing Transaction
  ) throws -> SlotTable.Taken? {
    try transaction.row(
      """
      UPDATE appointments_slot SET appointment = \(appointment), draw = NULL
      WHERE id = \(slot) AND draw = \(draw) AND appointment IS NULL
      RETURNING id, half_hour, at
      """
    ) { try SlotTable.Taken(id: $0.get(0), halfHour: $0.get(1), at: $0.get(2)) }
  }

  /// Publishes the outcome; what is left can be booked by all from now on.
  ///
  /// - Parameter released: a moment of today at which no release begins: slots of a draw call no waiting room.
  static func finish(
    _ drawing: Drawing, listHash: [UInt8], at now: Instant, released: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_draw SET drawn_at = \(now), seed = \(drawing.seed),
        entries_hash = \(drawing.entriesHash), list_hash = \(listHash)
      WHERE id = \(drawing.draw.id) AND drawn_at IS NULL
      """)
    try transaction.run(
      """
      UPDATE appointments_slot SET draw = NULL,
        released_at = CASE WHEN released_at > \(now) THEN \(released) ELSE released_at END
      WHERE draw = \(drawing.draw.id)
      """)
  }

  static func forgetPeople(before day: CivilDate, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      UPDATE appointments_entry SET person = NULL
      WHERE person IS NOT NULL AND draw IN (SELECT id FROM appointments_draw WHERE last_day < \(day))
      """)
  }
}
