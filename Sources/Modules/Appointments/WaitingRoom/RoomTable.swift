import Core
import Store

/// Every statement on waiting rooms.
enum RoomTable {
  /// The office's room in front of a release.
  private static func id(_ room: Instant) -> SQL {
    "(SELECT id FROM appointments_room WHERE place = \(PlaceID.office) AND release = \(room))"
  }

  /// The holder of a room's pass, as their row says it.
  struct PassHolder: Sendable {
    let room: Instant
    /// nil until the early ones have been put in order.
    let number: Int?
    let admittedAt: Instant?
  }

  static func holder<Database: Queryable & ~Copyable>(
    _ code: PublicCode, in database: borrowing Database
  ) throws -> PassHolder? {
    try database.row(
      """
      SELECT room.release, visitor.number, visitor.admitted_at
      FROM appointments_visitor visitor JOIN appointments_room room ON room.id = visitor.room
      WHERE visitor.code = \(code) AND room.place = \(PlaceID.office)
      """
    ) { row in try PassHolder(room: row.get(0), number: row.get(1), admittedAt: row.get(2)) }
  }

  static func count<Database: Queryable & ~Copyable>(
    _ room: Instant, in database: borrowing Database
  ) throws -> Int {
    try database.value("SELECT count(*) FROM appointments_visitor WHERE room = \(id(room))") ?? 0
  }

  /// How many stand between two numbers.
  static func count<Database: Queryable & ~Copyable>(
    _ room: Instant, after first: Int, before last: Int, in database: borrowing Database
  ) throws -> Int {
    try database.value(
      """
      SELECT count(*) FROM appointments_visitor WHERE room = \(id(room)) AND number > \(first) AND number < \(last)
      """) ?? 0
  }

  /// Whether there is one without a number yet.
  static func isUnshuffled<Database: Queryable & ~Copyable>(
    _ room: Instant, in database: borrowing Database
  ) throws -> Bool {
    try database.value(
      """
      SELECT EXISTS (SELECT 1 FROM appointments_visitor WHERE room = \(id(room)) AND number IS NULL)
      """) ?? false
  }

  static func open(_ room: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO appointments_room (place, release) VALUES (\(PlaceID.office), \(room))
      ON CONFLICT (place, release) DO NOTHING
      """)
  }

  static func enterEarly(
    _ code: PublicCode, room: Instant, lot: Int64, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO appointments_visitor (code, room, lot, entered_at)
      VALUES (\(code), \(id(room)), \(lot), \(now))
      """)
  }

  static func enterBehind(
    _ code: PublicCode, room: Instant, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    let number: Int? = try transaction.value(
      "UPDATE appointments_room SET last = last + 1 WHERE id = \(id(room)) RETURNING last")
    try transaction.run(
      """
      INSERT INTO appointments_visitor (code, room, number, entered_at)
      VALUES (\(code), \(id(room)), \(number), \(now))
      """)
  }

  /// Numbers those who came early by their lots, at the front. Does nothing the second time, but for those who came
  /// early by a clock that was set back: they stand behind the rest.
  static func shuffle(_ room: Instant, in transaction: borrowing Transaction) throws {
    let count = try transaction.run(
      """
      UPDATE appointments_visitor SET number = ordered.position + (
          SELECT last FROM appointments_room WHERE id = \(id(room)))
      FROM (
        SELECT code AS early, row_number() OVER (ORDER BY lot, code) AS position
        FROM appointments_visitor WHERE room = \(id(room)) AND number IS NULL
      ) AS ordered
      WHERE code = ordered.early
      """)
    try transaction.run(
      "UPDATE appointments_room SET last = last + \(count), shuffled = 1 WHERE id = \(id(room))")
  }

  static func noteAdmission(_ code: PublicCode, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      "UPDATE appointments_visitor SET admitted_at = \(now) WHERE code = \(code) AND admitted_at IS NULL")
  }

  /// Removes the visitors of rooms that closed before `instant`.
  static func clear(before instant: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      DELETE FROM appointments_visitor
      WHERE room IN (SELECT id FROM appointments_room WHERE release < \(instant))
      """)
    try transaction.run("DELETE FROM appointments_room WHERE release < \(instant)")
  }
}
