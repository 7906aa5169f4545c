import Contracts
import Core
import Store

/// Brings a day's slots in the table in line with its plan. A slot that was given stays given.
enum PlanTable {
  /// What there should be, or is, of one kind in one half-hour of a service.
  private struct Cell: Hashable {
    let service: ServiceCode
    let halfHour: CivilTime
    let kind: SlotKind
  }

  /// What decides when a slot is released.
  struct Slip: Sendable {
    let kind: SlotKind
    let halfHour: CivilTime
    let number: Int
  }

  /// - Parameter release: from when a slot can be booked.
  /// - Returns: whether anything was changed.
  static func apply(
    _ plan: DayPlan, to day: CivilDate, release: (Slip) -> Instant,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    let wanted = Dictionary(grouping: plan.slots) { Cell(service: $0.service, halfHour: $0.halfHour, kind: $0.kind) }
    let present = try cells(of: day, in: transaction)
    var isChanged = false
    for cell in Set(wanted.keys).union(present.keys) {
      let slots = wanted[cell, default: []]
      let lack = slots.count - present[cell, default: 0]
      guard lack != 0 else { continue }
      isChanged = true
      if lack < 0 {
        try withdraw(-lack, of: cell, on: day, in: transaction)
      } else {
        let restored = try restore(lack, of: cell, on: day, in: transaction)
        for slot in slots.suffix(lack - restored) {
          let slip = Slip(kind: slot.kind, halfHour: slot.halfHour, number: slot.number)
          try insert(slot, on: day, release: release(slip), in: transaction)
        }
      }
    }
    return isChanged
  }

  private static func cells(of day: CivilDate, in transaction: borrowing Transaction) throws -> [Cell: Int] {
    let rows: [(Cell, Int)] = try transaction.rows(
      """
      SELECT service, half_hour, kind, count(*) FROM appointments_slot
      WHERE place = \(PlaceID.office) AND day = \(day) AND withdrawn = 0 GROUP BY service, half_hour, kind
      """
    ) { row in try (Cell(service: row.get(0), halfHour: row.get(1), kind: row.get(2)), row.get(3)) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Free slots go first. Where too few are free, slots that people have are marked, and go when they are given back.
  private static func withdraw(
    _ count: Int, of cell: Cell, on day: CivilDate, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE appointments_slot SET withdrawn = 1 WHERE id IN (
        SELECT id FROM appointments_slot
        WHERE place = \(PlaceID.office) AND day = \(day) AND service = \(cell.service)
          AND half_hour = \(cell.halfHour) AND kind = \(cell.kind) AND withdrawn = 0
        ORDER BY CASE WHEN appointment IS NULL AND draw IS NULL THEN 0 ELSE 1 END, number DESC LIMIT \(count))
      """)
  }

  private static func restore(
    _ count: Int, of cell: Cell, on day: CivilDate, in transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.run(
      """
      UPDATE appointments_slot SET withdrawn = 0 WHERE id IN (
        SELECT id FROM appointments_slot
        WHERE place = \(PlaceID.office) AND day = \(day) AND service = \(cell.service)
          AND half_hour = \(cell.halfHour) AND kind = \(cell.kind) AND withdrawn = 1
        ORDER BY CASE WHEN appointment IS NULL THEN 1 ELSE 0 END, number LIMIT \(count))
      """)
  }

  private static func insert(
    _ slot: DayPlan.Slot, on day: CivilDate, release: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO appointments_slot (place, day, service, half_hour, number, at, kind, released_at, available_at)
      SELECT \(PlaceID.office), \(day), \(slot.service), \(slot.halfHour), coalesce(max(number), 0) + 1, \(slot.at),
        \(slot.kind), \(release), 0
      FROM appointments_slot
      WHERE place = \(PlaceID.office) AND day = \(day) AND service = \(slot.service) AND half_hour = \(slot.halfHour)
      """)
  }

  /// Moves releases that lie ahead to where the rules have them now.
  static func moveReleases(
    on day: CivilDate, at now: Instant, release: (Slip) -> Instant, in transaction: borrowing Transaction
  ) throws {
    let ahead: [(id: Int64, slip: Slip, at: Instant)] = try transaction.rows(
      """
      SELECT id, kind, half_hour, number, released_at FROM appointments_slot
      WHERE place = \(PlaceID.office) AND day = \(day) AND released_at > \(now)
      """
    ) { row in
      (try row.get(0), Slip(kind: try row.get(1), halfHour: try row.get(2), number: try row.get(3)), try row.get(4))
    }
    for slot in ahead {
      let fresh = release(slot.slip)
      guard fresh != slot.at else { continue }
      try transaction.run("UPDATE appointments_slot SET released_at = \(fresh) WHERE id = \(slot.id)")
    }
  }

  static func changes<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [DayPlan.Change] {
    try database.rows(
      """
      SELECT service, begins, ends, slots FROM appointments_change
      WHERE place = \(PlaceID.office) AND day = \(day) ORDER BY id
      """
    ) { row in
      try DayPlan.Change(service: row.get(0), span: OpeningSpan(from: row.get(1), to: row.get(2)), slots: row.get(3))
    }
  }
}
