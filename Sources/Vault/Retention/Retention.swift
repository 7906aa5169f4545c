import Contracts
import Core
import Store

/// Removes what has been kept for as long as it may be: records whose time is over and, with their last record, people.
struct Retention: Sendable {
  /// How many records go in one transaction: some 10 ms, in which others wait for the writer.
  private static let batchCount = 200

  /// What a rule did, or would do.
  struct Finding: Sendable, Equatable {
    let rule: RetentionRule
    /// Records last sealed before this moment.
    let before: Instant
    var recordCount: Int
  }

  /// What all rules did, or would do.
  struct Report: Sendable, Equatable {
    var findings: [Finding] = []
    /// People who have no record left and were erased. Not counted in advance.
    var personCount = 0

    var recordCount: Int { findings.reduce(0) { $0 + $1.recordCount } }
  }

  let vault: Vault

  /// Says what `run` would do now.
  func plan() async throws -> Report {
    let (rules, now) = (vault.policy.retention, vault.clock.now)
    return try await vault.store.read { snapshot in
      Report(
        findings: try rules.map { rule in
          let before = now - .hours(24 * rule.days)
          let records: Int? = try snapshot.value(
            "SELECT count(*) FROM vault_records WHERE kind = \(rule.record) AND sealed_at < \(before)")
          let besides = try vault.agingHolding(rule.record)?.count(before: before, in: snapshot)
          return Finding(rule: rule, before: before, recordCount: (records ?? 0) + (besides ?? 0))
        })
    }
  }

  /// Does it, and leaves a ledger entry for each record.
  func run() async throws -> Report {
    let (rules, now) = (vault.policy.retention, vault.clock.now)
    var report = Report()
    for rule in rules {
      var finding = Finding(rule: rule, before: now - .hours(24 * rule.days), recordCount: 0)
      while true {
        let before = finding.before
        let (records, people) = try await vault.store.write { transaction in
          try removeBatch(rule.record, before: before, in: transaction)
        }
        if records == 0 { break }
        finding.recordCount += records
        report.personCount += people
      }
      report.findings.append(finding)
    }
    try await vault.settleErasures()
    return report
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
