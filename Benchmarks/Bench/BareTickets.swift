import Bare
import Foundation
import Measuring

/// The rows that the queue wrote for its tickets, written once more by SQLite alone under the same settings.
struct BareTickets {
  /// What Store asks of SQLite as well.
  static let settings = [
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF", "secure_delete = ON", "wal_autocheckpoint = 1000",
  ]
  /// Drawing the next number of a series changes a row that is there.
  private static let drawNumber = """
    INSERT INTO queue_series (place, day, letter, last) VALUES (1, '2026-11-23', 'A', 1)
    ON CONFLICT (place, day, letter) DO UPDATE SET last = last + 1 RETURNING last
    """

  private struct Table {
    let name: String
    let rows: [[BareValue]]
    let rowsPerTicket: Int
  }

  private let schema: [String]
  private let tables: [Table]
  let ticketCount: Int

  /// Reads what `database` holds after nothing but tickets have been issued.
  init(from database: String) throws {
    let source = try BareDatabase(at: database, isReadOnly: true)
    let count = try source.rows("SELECT 1 FROM queue_ticket").count
    let names = try source.texts(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'queue_%' OR name = 'store_events')")
    tables = try names.map { name in
      let rows = try source.rows("SELECT * FROM \(name) ORDER BY rowid")
      return Table(name: name, rows: rows, rowsPerTicket: rows.count / max(count, 1))
    }
    .filter { $0.rowsPerTicket > 0 }
    let written = (tables.map(\.name) + ["queue_series"]).map { "'\($0)'" }.joined(separator: ", ")
    schema = try source.texts(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN (\(written)) ORDER BY type DESC, name")
    ticketCount = count
  }

  /// Rows that one ticket writes, the changed one among them.
  var rowsPerTicket: Int { 1 + tables.reduce(0) { $0 + $1.rowsPerTicket } }

  /// Tickets a second.
  ///
  /// - Parameters:
  ///   - batch: tickets a commit.
  ///   - limit: how many to write.
  func rate(batch: Int, limit: Int, in directory: URL) throws -> Double {
    let bare = try BareDatabase(at: directory.appendingPathComponent("bare-\(UUID().uuidString).db").path)
    for setting in Self.settings { try bare.run("PRAGMA \(setting)") }
    for statement in schema { try bare.run(statement) }
    let number = try BareStatement(Self.drawNumber, of: bare)
    let inserts = try tables.map { table in
      let places = (1...table.rows[0].count).map { "?\($0)" }.joined(separator: ", ")
      return try BareStatement("INSERT INTO \(table.name) VALUES (\(places))", of: bare)
    }
    let count = min(limit, ticketCount)
    let clock = ContinuousClock()
    let start = clock.now
    for first in stride(from: 0, to: count, by: batch) {
      try bare.run("BEGIN IMMEDIATE")
      for ticket in first..<min(first + batch, count) {
        _ = try number.step()
        number.reset()
        for (table, insert) in zip(tables, inserts) { try write(ticket, of: table, with: insert) }
      }
      try bare.run("COMMIT")
    }
    return Double(count) / (clock.now - start).seconds
  }

  private func write(_ ticket: Int, of table: Table, with insert: BareStatement) throws {
    for row in table.rows[(ticket * table.rowsPerTicket)..<((ticket + 1) * table.rowsPerTicket)] {
      for (place, value) in row.enumerated() { insert.bind(Int32(place + 1), value) }
      _ = try insert.step()
      insert.reset()
    }
  }
}
