internal import Core
internal import Store

/// Counts failures to sign in, durably: a restart does not reset them.
///
/// A try is written down as failed before the password is looked at, so that many tries at the same
/// time cannot slip past the count; success takes it back.
enum SignInGuard {
  /// What failures are counted of, under its keyed hash: a user name from an address, a user name in a known browser, or
  /// an address.
  struct Subject: Sendable {
    let hash: [UInt8]
    let delay: SignInDelay
  }

  /// So many subjects are remembered, some more at times: those with the fewest failures make room, and of these the oldest,
  /// so that invented names push out neither what makes a sender wait nor each other for long.
  static let recordCountMax = 20_000

  /// Counts one try for each subject.
  ///
  /// - Returns: how long to wait before any try is allowed; zero when this one is, and only then it counts.
  static func begin(
    _ subjects: [Subject], at now: Instant, in transaction: borrowing Transaction
  ) throws -> Duration {
    var wait = Duration.zero
    for subject in subjects {
      wait = max(wait, try record(subject, in: transaction).remainingWait(subject.delay, at: now))
    }
    guard wait == .zero else { return wait }
    for subject in subjects {
      let record = try record(subject, in: transaction).failed(subject.delay, at: now)
      try write(record, subject, in: transaction)
    }
    // No record matters for longer than the longest memory.
    try transaction.run("DELETE FROM officers_delay WHERE last_failed < \(now - SignInDelay.account.memory)")
    // Hashes are as good as drawn by lot: one try in some hundred counts the records.
    if subjects.contains(where: { $0.hash.first == 0 }) { try makeRoom(in: transaction) }
    return .zero
  }

  /// How many tries of a subject have failed lately.
  static func failureCount(of subject: Subject, at now: Instant, in transaction: borrowing Transaction) throws -> Int {
    let record = try record(subject, in: transaction)
    return now - record.lastFailedAt < subject.delay.memory ? record.failureCount : 0
  }

  private static func makeRoom(in transaction: borrowing Transaction) throws {
    let count: Int = try transaction.value("SELECT count(*) FROM officers_delay") ?? 0
    guard count > recordCountMax else { return }
    try transaction.run(
      """
      DELETE FROM officers_delay WHERE subject IN (
        SELECT subject FROM officers_delay ORDER BY failures, last_failed LIMIT \(count - recordCountMax * 3 / 4))
      """)
  }

  /// Forgets the failures of a subject that has given the right password.
  static func clear(_ subject: Subject, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_delay WHERE subject = \(subject.hash)")
  }

  /// Takes back the one try: other failures from the same address still count.
  static func takeBack(_ subject: Subject, in transaction: borrowing Transaction) throws {
    var record = try record(subject, in: transaction)
    record.failureCount = max(0, record.failureCount - 1)
    try write(record, subject, in: transaction)
  }

  private static func record(_ subject: Subject, in transaction: borrowing Transaction) throws -> SignInRecord {
    try transaction.row("SELECT failures, last_failed FROM officers_delay WHERE subject = \(subject.hash)") { row in
      try SignInRecord(failureCount: row.get(0), lastFailedAt: row.get(1))
    } ?? SignInRecord()
  }

  private static func write(
    _ record: SignInRecord, _ subject: Subject, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO officers_delay (subject, failures, last_failed)
      VALUES (\(subject.hash), \(record.failureCount), \(record.lastFailedAt))
      ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_failed = excluded.last_failed
      """)
  }
}
