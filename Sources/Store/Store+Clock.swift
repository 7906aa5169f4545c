public import Core

extension Store {
  /// The latest time that was known to have been; nil in a new database.
  public func clockReading() async throws -> ClockReading? {
    try await read { try $0.clockReading() }
  }

  /// Keeps a reading that was believed, in place of the one before.
  public func keep(_ reading: ClockReading) async throws {
    try await write { transaction in
      try transaction.run(
        """
        INSERT INTO store_clock (id, wall, uptime, boot) VALUES (1, \(reading.wall), \(reading.uptime), \(reading.boot))
        ON CONFLICT (id) DO UPDATE SET wall = excluded.wall, uptime = excluded.uptime, boot = excluded.boot
        """)
    }
  }
}

extension Snapshot {
  /// The latest time that was known to have been; nil in a new database.
  public func clockReading() throws -> ClockReading? {
    try row("SELECT wall, uptime, boot FROM store_clock") { row in
      try ClockReading(wall: row.get(0), uptime: row.get(1), boot: row.get(2))
    }
  }
}
