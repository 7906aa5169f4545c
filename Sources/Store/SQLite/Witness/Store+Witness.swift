public import Core

/// Whether what was acknowledged is still there.
public enum CommitState: Sendable, Equatable {
  /// Everything that the witness knows of.
  case whole
  /// There is no witness, or none that can be read.
  case unwitnessed
  /// The witness knows of commits that the database does not have.
  case lost(LostCommits)
}

extension Store {
  /// What each database leaves beside it besides SQLite's own files: the witness of its last commit.
  public static let witnessSuffix = Witness.suffix

  /// Compares a database with the witness of its last commit, and changes neither. Blocks while it does.
  ///
  /// - Throws: as `peek`.
  public static func commitState(at path: String) throws -> CommitState {
    if let lost = try LostCommits.missing(in: path) { return .lost(lost) }
    if case .lastCommit = Witness.testimony(of: path) { return .whole }
    return .unwitnessed
  }

  /// Checks a database before it is copied: a copy that lacks what was acknowledged would push out those that have it.
  ///
  /// - Throws: `StoreError.rolledBack`; as `peek`.
  public static func requireEveryCommit(of path: String) throws {
    if let lost = try LostCommits.missing(in: path) { throw StoreError.rolledBack(path: path, lost) }
  }

  /// Takes a database without its lost commits for the latest state from now on, and says so in its journal. Only while
  /// no other process has it open.
  ///
  /// - Returns: what was lost; nil when nothing was.
  /// - Throws: as `open`.
  public static func acceptLoss(at path: String, clock: any WallClock, log: any Log) throws -> LostCommits? {
    guard let lost = try LostCommits.missing(in: path) else { return nil }
    let connection = try SQLiteConnection.writer(at: path, clock: clock, log: log)
    try connection.command("BEGIN IMMEDIATE")
    do {
      let changes = connection.changeTotal
      // No number is ever given to a second commit.
      _ = try connection.run("UPDATE store_commits SET number = \(lost.last) WHERE id = 1")
      try Transaction(on: connection, clock: clock).append(
        Event(
          kind: "store.loss-accepted", entity: "store", payload: "{\"first\":\(lost.first),\"last\":\(lost.last)}"))
      _ = try connection.commit(since: changes)
    } catch {
      connection.rollBack()
      throw error
    }
    log.note(
      .lossAccepted,
      ["store.file": path, "store.first": String(lost.first), "store.last": String(lost.last)])
    try witness(at: path, connection)
    return lost
  }

  /// Takes a copy for the latest state from now on: its witness begins at what it has.
  ///
  /// - Throws: as `open`.
  public static func trustCopy(_ path: String) throws {
    try witness(at: path, SQLiteConnection.onlooker(at: path))
  }

  private static func witness(at path: String, _ connection: SQLiteConnection) throws {
    guard Witness.write(try connection.lastCommit(), of: path) else {
      throw StoreError.cannotOpen(path: path + Witness.suffix, reason: "the witness cannot be written")
    }
  }
}
