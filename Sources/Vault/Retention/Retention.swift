import Contracts
import Core
import Store

/// Removes what has been kept for as long as it may be: records whose time is over and, with their last record, people.
///
/// In two steps, so that a mistyped rule or a date that was wrong when it was confirmed takes nothing: what will be removed
/// is announced first, and goes once it has been announced for as long as the guard says. Until then the announcement can
/// be taken back. An announcement is a moment for each kind: what was sealed before it.
struct Retention: Sendable {
  /// How many records go in one transaction: some 10 ms, in which others wait for the writer.
  private static let batchCount = 200

  /// What a rule did, or would do.
  struct Finding: Sendable, Equatable {
    let rule: RetentionRule
    /// Records last sealed before this moment: their time is over and they were announced long enough ago. Nil while
    /// nothing was.
    let before: Instant?
    var recordCount: Int
    /// How many of that kind there are.
    let totalCount: Int
    /// Whether they are more than may go without a confirmation.
    let needsConfirmation: Bool
  }

  /// What will be removed, and when.
  struct Announcement: Sendable, Equatable {
    let rule: RetentionRule
    /// Records last sealed before this moment.
    let before: Instant
    let recordCount: Int
    /// How many of that kind there are.
    let totalCount: Int
    /// The day from which they go.
    let from: CivilDate
    /// Whether they are more than may go without a confirmation.
    let needsConfirmation: Bool
    /// Whether they are more of their kind than go in an ordinary night, confirmed or not.
    let isLarge: Bool
  }

  /// What all rules did, or would do.
  struct Report: Sendable, Equatable {
    var findings: [Finding] = []
    /// People who have no record left and were erased. Not counted in advance.
    var personCount = 0

    var recordCount: Int { findings.reduce(0) { $0 + $1.recordCount } }
  }

  let vault: Vault

  private var settings: RetentionGuard { vault.policy.retentionGuard }
  private var grace: Duration { .hours(24 * settings.graceDays) }

  /// Says what `run` would do now.
  func plan() async throws -> Report {
    try await vault.store.read { snapshot in
      Report(findings: try vault.policy.retention.map { try finding($0, in: snapshot) })
    }
  }

  /// Says what goes when, of what has been announced and the rules still have it.
  func announcements() async throws -> [Announcement] {
    let now = vault.clock.now
    return try await vault.store.read { snapshot in
      try vault.policy.retention.compactMap { rule in
        let announced = try snapshot.row(
          """
          SELECT before, at FROM vault_retention_announced
          WHERE kind = \(rule.record) AND at > \(now - grace) AND before <= \(horizon(of: rule, at: now))
          ORDER BY before DESC LIMIT 1
          """
        ) { row in try (before: row.get(0) as Instant, at: row.get(1) as Instant) }
        guard let announced else { return nil }
        return try announcement(rule, before: announced.before, at: announced.at, in: snapshot)
      }
    }
  }

  /// Says what `announce` would add now: what falls under the rules as they stand, and was not announced yet.
  func nextAnnouncements() async throws -> [Announcement] {
    let now = vault.clock.now
    return try await vault.store.read { snapshot in
      try vault.policy.retention.compactMap { rule in
        let before = horizon(of: rule, at: now)
        guard let next = try announcement(rule, before: before, at: now, in: snapshot) else { return nil }
        let told: Instant? = try snapshot.value(
          "SELECT max(before) FROM vault_retention_announced WHERE kind = \(rule.record) AND before <= \(before)")
        let toldCount = try told.map { try count(rule.record, before: $0, in: snapshot) } ?? 0
        return next.recordCount > toldCount ? next : nil
      }
    }
  }

  /// Nil where there is nothing of which to speak.
  private func announcement(
    _ rule: RetentionRule, before: Instant, at moment: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Announcement? {
    let (count, total) = try (
      count(rule.record, before: before, in: database), totalCount(rule.record, in: database)
    )
    guard count > 0 else { return nil }
    return Announcement(
      rule: rule, before: before, recordCount: count, totalCount: total, from: vault.zone.date(of: moment + grace),
      needsConfirmation: !settings.allows(count, of: total), isLarge: settings.isLarge(count, of: total))
  }

  /// Records last sealed before this moment are past their time once what is announced at `now` may go.
  private func horizon(of rule: RetentionRule, at now: Instant) -> Instant { now - .hours(24 * rule.days) + grace }

  /// Announces what will be removed once the grace is over: what is then past its time.
  func announce() async throws {
    let (rules, now) = (vault.policy.retention, vault.clock.now)
    try await vault.store.write { transaction in
      for rule in rules {
        let before = horizon(of: rule, at: now)
        // A rule that was made longer takes back what was announced under the shorter one.
        try transaction.run(
          "DELETE FROM vault_retention_announced WHERE kind = \(rule.record) AND before > \(before)")
        try transaction.run(
          """
          INSERT INTO vault_retention_announced (kind, before, at) VALUES (\(rule.record), \(before), \(now))
          ON CONFLICT DO NOTHING
          """)
        // Only the latest of those that are in force already is ever asked for.
        try transaction.run(
          """
          DELETE FROM vault_retention_announced WHERE kind = \(rule.record) AND before < (
            SELECT max(before) FROM vault_retention_announced WHERE kind = \(rule.record) AND at <= \(now - grace))
          """)
      }
    }
  }

  /// Takes all announcements back.
  ///
  /// - Returns: how many records would have gone.
  func takeBack() async throws -> Int {
    let pending = try await announcements().reduce(0) { $0 + $1.recordCount }
    try await vault.store.write { try $0.run("DELETE FROM vault_retention_announced") }
    return pending
  }

  /// Removes what was announced long enough ago, and leaves a ledger entry for each record.
  ///
  /// - Parameter isConfirmed: whether a sysadmin has looked at the plan; else what is more than the guard allows stays.
  func run(isConfirmed: Bool = false) async throws -> Report {
    let plan = try await plan().findings
    var report = Report(
      findings: plan.map { planned in
        var finding = planned
        finding.recordCount = 0
        return finding
      })
    // What is held outside the Vault goes first: once a person is erased, its holder may take it along at any
    // moment, and where this run is cut off in between, no entry of its own would be left.
    let held = plan.indices.filter { vault.agingHolding(plan[$0].rule.record) != nil }
    for index in held + plan.indices.filter({ !held.contains($0) }) {
      let planned = plan[index]
      guard let before = planned.before, isConfirmed || !planned.needsConfirmation else { continue }
      while true {
        let (records, people) = try await vault.store.write { transaction in
          try removeBatch(planned.rule.record, before: before, in: transaction)
        }
        if records == 0 { break }
        report.findings[index].recordCount += records
        report.personCount += people
      }
    }
    try await vault.settleErasures()
    return report
  }

  private func finding(_ rule: RetentionRule, in database: borrowing some Queryable & ~Copyable) throws -> Finding {
    let now = vault.clock.now
    let announced: Instant? = try database.value(
      "SELECT max(before) FROM vault_retention_announced WHERE kind = \(rule.record) AND at <= \(now - grace)")
    let before = announced.map { min($0, now - .hours(24 * rule.days)) }
    let count = try before.map { try self.count(rule.record, before: $0, in: database) } ?? 0
    let total = try totalCount(rule.record, in: database)
    return Finding(
      rule: rule, before: before, recordCount: count, totalCount: total,
      needsConfirmation: !settings.allows(count, of: total))
  }

  private func totalCount(_ kind: RecordKind, in database: borrowing some Queryable & ~Copyable) throws -> Int {
    let records: Int? = try database.value("SELECT count(*) FROM vault_records WHERE kind = \(kind)")
    return (records ?? 0) + (try vault.agingHolding(kind)?.count(in: database) ?? 0)
  }

  private func count(
    _ kind: RecordKind, before: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Int {
    let records: Int? = try database.value(
      "SELECT count(*) FROM vault_records WHERE kind = \(kind) AND sealed_at < \(before)")
    return (records ?? 0) + (try vault.agingHolding(kind)?.count(before: before, in: database) ?? 0)
  }

  private func removeBatch(
    _ kind: RecordKind, before: Instant, in transaction: borrowing Transaction
  ) throws -> (records: Int, people: Int) {
    let subjects = try transaction.rows(
      """
      SELECT subject FROM vault_records WHERE kind = \(kind) AND sealed_at < \(before)
      ORDER BY sealed_at LIMIT \(Self.batchCount)
      """
    ) { row in try row.get(0) as SubjectID }
    var people = 0
    let besides =
      try vault.agingHolding(kind)?.remove(before: before, limit: Self.batchCount, in: transaction) ?? []
    for subject in besides { try note(kind, subject, in: transaction) }
    for subject in subjects {
      try transaction.run("DELETE FROM vault_records WHERE subject = \(subject) AND kind = \(kind)")
      try transaction.run("DELETE FROM vault_blind_index WHERE subject = \(subject) AND kind = \(kind)")
      try transaction.run("DELETE FROM vault_history WHERE subject = \(subject) AND kind = \(kind)")
      try note(kind, subject, in: transaction)
      // With the last record the key has nothing left to open, except in old backups.
      let left: Int? = try transaction.value("SELECT count(*) FROM vault_records WHERE subject = \(subject)")
      guard left == 0 else { continue }
      _ = try vault.erase(subject, for: .retention, as: .system("vault"), in: transaction)
      people += 1
    }
    return (subjects.count + besides.count, people)
  }

  private func note(_ kind: RecordKind, _ subject: SubjectID, in transaction: borrowing Transaction) throws {
    try vault.append(
      LedgerEntry(.retention, by: .system("vault"), about: subject, facts: [LedgerFact("record", kind)]),
      in: transaction)
  }
}
