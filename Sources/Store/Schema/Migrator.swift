internal import Core

/// Brings the tables of the modules to where their schemas are, in the caller's transaction.
struct Migrator {
  private struct Applied {
    let number: Int
    let name: String
    let checksum: String
  }

  let session: any DatabaseSession
  let clock: any WallClock
  let log: any Log

  /// Checks what has been applied and applies the rest.
  ///
  /// - Throws: `StoreError.migration`, which names the module and the migration.
  func migrate(_ schemas: [Schema]) throws {
    try checkNames(schemas)
    for schema in schemas { try migrate(schema) }
  }

  /// Checks what has been applied, and says whether that is all.
  ///
  /// - Throws: as `migrate`.
  func hasApplied(_ schemas: [Schema]) throws -> Bool {
    try schemas.allSatisfy { schema in
      let applied = try applied(schema.module)
      try check(schema, against: applied)
      return applied.count == schema.migrations.count
    }
  }

  /// Whether no module has tables in the file yet.
  func isNew() throws -> Bool {
    try session.row("SELECT 1 FROM store_migrations WHERE module <> 'store'") { row in try row.get(0) as Int } == nil
  }

  /// The same for one schema, be it Store's own.
  func migrate(_ schema: Schema) throws {
    let applied = try applied(schema.module)
    try check(schema, against: applied)
    for migration in schema.migrations.dropFirst(applied.count) { try apply(migration, of: schema.module) }
  }

  func checkNames(_ schemas: [Schema]) throws(StoreError) {
    // SQLite's prefix and ours are taken.
    var seen: Set<String> = ["sqlite", Schema.store.module]
    for schema in schemas {
      let isWord = !schema.module.isEmpty && schema.module.utf8.allSatisfy { (0x61...0x7a).contains($0) }
      guard isWord, seen.insert(schema.module).inserted else {
        throw .migration(module: schema.module, number: 0, .badModuleName)
      }
    }
  }

  private func applied(_ module: String) throws -> [Applied] {
    try session.rows(
      "SELECT number, name, checksum FROM store_migrations WHERE module = \(module) ORDER BY number"
    ) { row in
      try Applied(number: row.get(0), name: row.get(1), checksum: row.get(2))
    }
  }

  private func check(_ schema: Schema, against applied: [Applied]) throws(StoreError) {
    for (index, migration) in schema.migrations.enumerated() where migration.number != index + 1 {
      throw .migration(module: schema.module, number: migration.number, .reordered)
    }
    for old in applied {
      guard old.number <= schema.migrations.count else {
        throw .migration(module: schema.module, number: old.number, .missing)
      }
      let now = schema.migrations[old.number - 1]
      guard now.checksum != old.checksum || now.name.description != old.name else { continue }
      let moved = schema.migrations.contains { $0.checksum == old.checksum && $0.number != old.number }
      throw .migration(module: schema.module, number: old.number, moved ? .reordered : .changed)
    }
  }

  private func apply(_ migration: Migration, of module: String) throws {
    if let fault = migration.changes.lazy.compactMap({ $0.fault(of: module) }).first {
      throw StoreError.migration(module: module, number: migration.number, fault)
    }
    do {
      try session.apply(migration.changes)
    } catch {
      throw StoreError.migration(module: module, number: migration.number, .failed(reason: error.inLog))
    }
    _ = try session.run(
      """
      INSERT INTO store_migrations (module, number, name, checksum, instant)
      VALUES (\(module), \(migration.number), \(migration.name.description), \(migration.checksum), \(clock.now))
      """)
    log.info(
      "schema migrated",
      ["store.module": module, "store.migration": String(migration.number), "store.name": migration.name.description])
  }
}
