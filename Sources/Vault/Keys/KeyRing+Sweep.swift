import Contracts
import Core
import Store

/// How the key ring and the data file stand to each other.
enum RingAge: Equatable, Sendable {
  /// Ring and data were written together.
  case same
  /// The data file was put back from a backup: the ring has keys of people whom it does not know.
  case dataIsOlder
  /// The ring was put back from a backup: there are people whose keys it does not have.
  case ringIsOlder
}

extension KeyRing {
  /// Compares the batch from which the data file last got a person with the batch that the ring made last.
  func age(in database: borrowing some Queryable & ~Copyable) throws -> RingAge {
    let used: Int64 = try database.value("SELECT batch FROM vault_key_ring WHERE id = 1") ?? 0
    let made: Int64 = try file.read { try $0.value("SELECT batch FROM keyring_batch WHERE id = 1") } ?? 0
    if made < used { return .ringIsOlder }
    // One batch may have been made of which no person was registered, when a kill came between.
    return made > used + 1 ? .dataIsOlder : .same
  }

  /// Whether keys were ever made for people here.
  func hasServed() throws -> Bool {
    try file.read { try $0.value("SELECT batch FROM keyring_batch WHERE id = 1") as Int64? ?? 0 } > 0
  }

  /// Destroys the keys that were made ahead for people who never came. Only while no other process has the ring open, and
  /// not beside an older data file: it does not know all who came.
  ///
  /// - Returns: how many were destroyed.
  func sweepPrepared(in transaction: borrowing Transaction) throws -> Int {
    var last = SubjectID(-1)
    var count = 0
    while true {
      let page = try file.read { [last] snapshot in
        try snapshot.rows(
          "SELECT subject FROM keyring_prepared WHERE subject > \(last) ORDER BY subject LIMIT 1000"
        ) { row in try row.get(0) as SubjectID }
      }
      guard let end = page.last else { return count }
      var unknown: [SubjectID] = []
      for subject in page
      where try transaction.value("SELECT 1 FROM vault_subjects WHERE subject = \(subject)") as Int? == nil {
        unknown.append(subject)
      }
      try forget(page, destroying: unknown)
      count += unknown.count
      last = end
    }
  }

  private func forget(_ page: [SubjectID], destroying unknown: [SubjectID]) throws {
    try file.write { transaction in
      for subject in page { try transaction.run("DELETE FROM keyring_prepared WHERE subject = \(subject)") }
      for subject in unknown { try transaction.run("DELETE FROM keyring_keys WHERE subject = \(subject)") }
    }
  }
}
