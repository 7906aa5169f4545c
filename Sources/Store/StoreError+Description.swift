public import Core

extension StoreError: ErrorForLog {
  /// What failed and, where a sysadmin can mend it, how; in one line, without a value from the tables.
  public var description: String {
    switch self {
    case .constraint(let kind, let names): "\(kind.rawValue) constraint failed: \(names.joined(separator: ", "))"
    case .column(let number, let name, let expected, let found):
      "column \(number) (\(name)) holds \(found), which cannot be read as \(expected)"
    case .nulInText: "a text holds U+0000"
    case .statement(let sql, let reason): "\(reason) in: \(sql)"
    case .busy: "another process holds the database's write lock"
    case .full: "the disk is full"
    case .disk(let reason): "the disk fails: \(reason)"
    case .corrupt: "the database file is damaged; gapura vault check says which, and how to mend it"
    case .unprotected(let path):
      "\(path) has no checksums in its pages: it was made by an earlier Gapura, or its first page is damaged; "
        + "restore a backup"
    case .rolledBack(let path, let lost):
      "commits \(lost.first) to \(lost.last) are missing in \(path), though they were acknowledged; restore a backup, or "
        + "accept the loss: gapura loss accept"
    case .failed(let code, let reason): "\(reason) (SQLite \(code))"
    case .overloaded: "too many requests wait for the database"
    case .closed: "the store is closed"
    case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
    case .notOurs(let path): "\(path) is not a Gapura database"
    case .newer(let path, let version, let known):
      "\(path) has format \(version), and this Gapura knows formats up to \(known): install the newer version"
    case .older(let path):
      "\(path) lacks tables that this Gapura needs: it is an earlier version's, or a module was switched on; start the "
        + "service, which makes them, or run `gapura migrate` while it is stopped"
    case .superseded(let path, let version, let known):
      "\(path) has format \(version), of an earlier build whose tables were still a draft, and this Gapura knows format "
        + "\(known) only and cannot take it over: install the build that made it, or begin with an empty state directory"
    case .migration(let module, let number, let fault): "module \"\(module)\", migration \(number): \(fault)"
    case .eventsRemoved(let last):
      "events up to \(last) are not kept any more, and one who follows has not had them all"
    case .eventTooLarge(let kind, let byteCount):
      "event \(kind) has a payload of \(byteCount) bytes; \(Event.payloadByteCountMax) are allowed"
    }
  }
}

extension MigrationFault: CustomStringConvertible {
  /// What is wrong and how to mend it, to stand behind the module's name and the migration's number.
  public var description: String {
    switch self {
    case .changed: "it has changed since it was applied; put it back and add a new migration"
    case .missing: "it has been applied, but this program does not have it; install the version that does"
    case .reordered: "it is not at its place; migrations are numbered 1, 2, 3, … and never change places"
    case .foreignName(let name): "\"\(name)\" does not carry the module's prefix"
    case .foreignReference(let table, let other): "table \"\(table)\" refers to another module's \"\(other)\""
    case .failed(let reason): reason
    case .badModuleName: "the module's name must be one lower-case word, and must be there once"
    }
  }
}
