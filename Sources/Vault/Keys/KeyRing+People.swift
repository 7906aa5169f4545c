import Contracts
import Core
import Crypto
import Store
import Synchronization

/// People's numbers whose keys are already durable in the ring, to be handed out one after another.
struct PreparedKeys: Sendable {
  var subjects: [SubjectID] = []
  /// The batch that they were made in.
  var batch: Int64 = 0
  /// How many are made next: few for a command that registers one person, many for a server.
  var nextCount = 8

  /// Wastes little when a process ends with keys left over, and makes one fsync serve so many people.
  static let countMax = 256
}

/// A person whose key is to be destroyed.
struct Erasure: Sendable, Equatable {
  let subject: SubjectID
  let erased: Instant
  /// The day by which the last copy of the ring with the key is gone.
  let goneBy: CivilDate
}

extension KeyRing {
  /// A new person's number. Their key is durable in the ring before the number is handed out, so no record is
  /// ever without its key; a number whose transaction is rolled back leaves a key without a person, which is swept.
  func takePrepared(
    drawing random: any RandomSource, in transaction: borrowing Transaction
  ) throws -> SubjectID {
    let (subject, batch) = try prepared.withLock { prepared in
      if prepared.subjects.isEmpty {
        (prepared.batch, prepared.subjects) = try prepare(prepared.nextCount, drawing: random)
        prepared.nextCount = min(prepared.nextCount * 4, PreparedKeys.countMax)
      }
      return (prepared.subjects.removeLast(), prepared.batch)
    }
    try transaction.run("UPDATE vault_key_ring SET batch = \(batch) WHERE batch < \(batch)")
    return subject
  }

  /// Makes so many people's keys with one commit.
  ///
  /// A number is drawn at random: it tells neither how many people there are nor who came first, and a data backup put
  /// back beside a newer ring never gives a number to a second person. 53 bits, so that JSON keeps it exact.
  private func prepare(_ count: Int, drawing random: any RandomSource) throws -> (Int64, [SubjectID]) {
    try file.write { transaction in
      let batch: Int64 =
        try transaction.value("UPDATE keyring_batch SET batch = batch + 1 WHERE id = 1 RETURNING batch") ?? 0
      let kek = try newestKek(in: transaction)
      var subjects: [SubjectID] = []
      // A number drawn twice is left out: among 2^53 that hardly ever happens.
      for _ in 0..<count {
        let subject = SubjectID(Int64(random.uint64() >> 11))
        if try insert(subject, under: kek, batch: batch, in: transaction) { subjects.append(subject) }
      }
      guard !subjects.isEmpty else { throw Problem(.fault, "vault.no-subject") }
      return (batch, subjects.reversed())
    }
  }

  private func insert(
    _ subject: SubjectID, under kek: KeyEncryptionKey, batch: Int64, in transaction: borrowing Transaction
  ) throws -> Bool {
    let key = try DataKey(fresh: library)
    let count = try transaction.run(
      """
      INSERT INTO keyring_keys (subject, key_version, kek_version, wrapped)
      VALUES (\(subject), \(key.version), \(kek.version), \(try kek.wrap(key, of: subject, library: library)))
      ON CONFLICT DO NOTHING
      """)
    guard count == 1 else { return false }
    try transaction.run("INSERT INTO keyring_prepared (subject, batch) VALUES (\(subject), \(batch))")
    return true
  }

  /// Destroys the keys of erased people and puts tombstones in their places; the bytes are gone from the file and its
  /// log when this returns. Once more does no harm.
  func destroy(_ erasures: [Erasure]) throws { try file.destroyKeys(of: erasures) }

  /// The people of these, in the order of their numbers, that have neither key nor tombstone here.
  func strangers(among subjects: [SubjectID]) throws -> [SubjectID] {
    guard let first = subjects.first, let last = subjects.last else { return [] }
    let known = try file.read { snapshot in
      try snapshot.rows(
        """
        SELECT subject FROM keyring_keys WHERE subject BETWEEN \(first) AND \(last)
        UNION ALL SELECT subject FROM keyring_tombstones WHERE subject BETWEEN \(first) AND \(last)
        """
      ) { row in try row.get(0) as SubjectID }
    }
    let isKnown = Set(known)
    return subjects.filter { !isKnown.contains($0) }
  }

  /// The tombstones after that person, in the order of their numbers.
  func tombstones(after subject: SubjectID, limit: Int) throws -> [Erasure] {
    try file.read { try Erasure.tombstones(after: subject, limit: limit, in: $0) }
  }

  /// Whether a person's key was destroyed here.
  func isTombstone(_ subject: SubjectID) throws -> Bool {
    try file.read { snapshot in
      try snapshot.value("SELECT 1 FROM keyring_tombstones WHERE subject = \(subject)") as Int? != nil
    }
  }
}

extension Erasure {
  /// A key ring's tombstones after that person, in the order of their numbers.
  static func tombstones(
    after subject: SubjectID, limit: Int, in ring: borrowing some Queryable & ~Copyable
  ) throws -> [Erasure] {
    try ring.rows(
      """
      SELECT subject, erased, gone_by FROM keyring_tombstones
      WHERE subject > \(subject) ORDER BY subject LIMIT \(limit)
      """
    ) { row in try Erasure(subject: row.get(0), erased: row.get(1), goneBy: row.get(2)) }
  }
}

extension CompanionStore {
  /// `KeyRing.destroy` of a ring whose keys need not be opened for it.
  func destroyKeys(of erasures: [Erasure]) throws {
    guard !erasures.isEmpty else { return }
    try write { transaction in
      for erasure in erasures {
        try transaction.run("DELETE FROM keyring_keys WHERE subject = \(erasure.subject)")
        try transaction.run("DELETE FROM keyring_prepared WHERE subject = \(erasure.subject)")
        try transaction.run(
          """
          INSERT INTO keyring_tombstones (subject, erased, gone_by)
          VALUES (\(erasure.subject), \(erasure.erased), \(erasure.goneBy)) ON CONFLICT DO NOTHING
          """)
      }
    }
    try forgetDeleted()
  }
}
