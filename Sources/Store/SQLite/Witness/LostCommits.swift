import Glibc

/// Commits that were acknowledged and are not in the database.
public struct LostCommits: Sendable, Equatable {
  /// The first of them; 1 when nothing at all is left.
  public let first: Int64
  /// The last that the witness knows of.
  public let last: Int64

  /// How many there are.
  public var count: Int64 { last - first + 1 }

  /// Compares a database with its witness, and changes neither.
  ///
  /// - Throws: as `SQLiteConnection.onlooker`.
  static func missing(in database: String) throws -> LostCommits? {
    // The witness first: what is committed meanwhile may only raise the other.
    guard case .lastCommit(let known) = Witness.testimony(of: database), known > 0 else { return nil }
    let present = isEmpty(database) ? 0 : try SQLiteConnection.onlooker(at: database).lastCommit()
    return present < known ? LostCommits(first: present + 1, last: known) : nil
  }

  private static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 || status.st_size == 0
  }
}
