/// Why the store refused or failed. It names tables, columns, modules and files, never values.
public enum StoreError: Error, Sendable, Equatable {
  /// The promise of the schema that a statement would have broken.
  public enum Constraint: String, Sendable {
    /// `UNIQUE` or `PRIMARY KEY`.
    case unique
    /// `REFERENCES`: the row that it names is not there, or another row still names this one.
    case foreignKey
    /// `CHECK`: a value outside of what the column or the table allows.
    case check
    /// `NOT NULL`.
    case notNull
    /// A value of another type than the `STRICT` table's column.
    case dataType
    /// A trigger's `RAISE(ABORT, …)`.
    case trigger
  }

  /// The schema forbids the change. Names `table.column` for unique, not-null and data-type
  /// constraints, the constraint's name (or its expression) for a check, the message for a trigger.
  case constraint(Constraint, [String])
  /// A column was read as a type that it does not hold.
  case column(number: Int, name: String, expected: String, found: String)
  /// A text holds U+0000, which not every engine can keep.
  case nulInText
  /// The statement is not one that may be run: a mistake in the program.
  case statement(sql: String, reason: String)
  /// Another process held the write lock for longer than the busy time-out.
  case busy
  /// The disk is full.
  case full
  /// The disk, or the system that stands before it, does not do what it is asked to; nothing was changed.
  case disk(String)
  /// The file is damaged.
  case corrupt
  /// The file's pages carry no checksums, so that damage to them could not be noticed: an earlier Gapura's file, or one
  /// whose first page is damaged.
  case unprotected(path: String)
  /// The last commits that were acknowledged are not in the file: its log was lost, or it is an older copy.
  case rolledBack(path: String, LostCommits)
  /// SQLite failed otherwise; `code` is its extended result code, `reason` the fixed text for it.
  case failed(code: Int32, reason: String)
  /// More closures are waiting than the limit allows; try again shortly.
  case overloaded
  /// The store has been closed.
  case closed
  /// The file or its directory could not be made or opened.
  case cannotOpen(path: String, reason: String)
  /// The file is no database, or another program's.
  case notOurs(path: String)
  /// The file was last used by a newer Gapura.
  case newer(path: String, version: Int, known: Int)
  /// The file lacks tables that this Gapura needs, and the command that opened it may not make them.
  case older(path: String)
  /// The file is of a format that this Gapura neither reads nor takes over.
  case superseded(path: String, version: Int, known: Int)
  /// A schema does not fit the database, or breaks the rules for schemas.
  case migration(module: String, number: Int, MigrationFault)
  /// The next events after a follower's position are not kept any more, up to this one. What they told is to be read anew
  /// where it stands, and the journal to be followed from there.
  case eventsRemoved(upTo: Int64)
  /// An event's payload is over `Event.payloadByteCountMax`.
  case eventTooLarge(kind: String, byteCount: Int)
}

/// What is wrong with a migration.
public enum MigrationFault: Error, Sendable, Equatable {
  /// The migration was another when it was applied than the program has now.
  case changed
  /// The migration has been applied, and the program does not have it: the program is older than the database.
  case missing
  /// The migration stands at another place than when it was applied, or the numbers are not 1, 2, 3, ….
  case reordered
  /// The migration makes or changes something whose name lacks the module's prefix.
  case foreignName(String)
  /// A foreign key of its table points into another module.
  case foreignReference(table: String, to: String)
  /// The database refused it, or it is no change of tables and rows.
  case failed(reason: String)
  /// Two schemas carry the module's name, or the name is not one lower-case word.
  case badModuleName
}
