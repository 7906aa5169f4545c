import Core
import Store

/// The sums of days that are over. Each stands beside the history's mark of what it was made of, so that one that a later
/// step has overtaken is known, and is made anew.
enum DaySumsTable {
  /// How the bytes are written and what is counted in them: another number with each change, and what was kept before is made
  /// anew.
  private static let form = 2

  static let table = Table(
    "reports_day",
    columns: [
      .integer("place"),
      .text("day"),
      .integer("mark"),
      .text("zone"),
      .integer("form"),
      .bytes("sums"),
    ],
    key: ["place", "day"])

  /// What is kept of one day.
  struct Kept: Sendable {
    let mark: Int64
    let bytes: [UInt8]
  }

  static func kept<Database: Queryable & ~Copyable>(
    from first: CivilDate, to last: CivilDate, zone: OfficeZone, in database: borrowing Database
  ) throws -> [CivilDate: Kept] {
    let rows: [(day: CivilDate, kept: Kept)] = try database.rows(
      """
      SELECT day, mark, sums FROM reports_day
      WHERE place = \(PlaceID.office) AND day >= \(first) AND day <= \(last) AND zone = \(zone) AND form = \(form)
      """
    ) { row in (day: try row.get(0), kept: Kept(mark: try row.get(1), bytes: try row.get(2))) }
    return Dictionary(rows.map { ($0.day, $0.kept) }, uniquingKeysWith: { first, _ in first })
  }

  static func keep(_ sums: DaySums, mark: Int64, zone: OfficeZone, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO reports_day (place, day, mark, zone, form, sums)
      VALUES (\(PlaceID.office), \(sums.day), \(mark), \(zone), \(form), \(sums.bytes))
      ON CONFLICT (place, day)
        DO UPDATE SET mark = excluded.mark, zone = excluded.zone, form = excluded.form, sums = excluded.sums
      """)
  }
}
