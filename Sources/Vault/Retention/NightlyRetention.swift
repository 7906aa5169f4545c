import Contracts
import Core
import Store
import Synchronization

/// Runs retention once a night while the program runs. In the daemon and not in a timer unit: it alone has the root
/// key, and needs no second process to hold it.
final class NightlyRetention: Sendable {
  /// When it runs: between the office's evening and the morning's backup.
  static let hour = CivilTime(minuteOfDay: 2 * 60)
  /// How often it looks whether it is time.
  private static let interval = Duration.minutes(10)

  private let vault: Vault
  private let work: RegularWork
  private let periodic = Periodic(every: NightlyRetention.interval)
  private let hasWaiting = Mutex(false)

  init(vault: Vault, work: RegularWork = RegularWork()) {
    self.vault = vault
    self.work = work
  }

  /// Whether a run is due: none on this day yet, and the hour has come. A night that was slept through is made up for
  /// as soon as the program runs again.
  ///
  /// - Parameter lastDay: of the runs up to today.
  static func isDue(now: Instant, lastDay: CivilDate?, in zone: OfficeZone) -> Bool {
    let today = zone.date(of: now)
    guard let lastDay else { return zone.time(of: now) >= hour }
    return today > lastDay && (zone.time(of: now) >= hour || today.dayNumber - lastDay.dayNumber > 1)
  }

  /// Says what is removed now, what waits for a confirmation, and what is announced.
  private func say(_ plan: Retention.Report, _ announcements: [Retention.Announcement]) {
    for finding in plan.findings where finding.recordCount > 0 {
      let fields =
        [
          ("vault.record", finding.rule.record.rawValue), ("vault.records", String(finding.recordCount)),
          ("vault.total", String(finding.totalCount)),
          ("vault.before", finding.before.map { vault.zone.date(of: $0).description } ?? ""),
        ] as [(name: StaticString, value: String)]
      if finding.needsConfirmation {
        vault.log.record(.error, "retention waits: more would be removed than may go without confirmation", fields)
      } else {
        vault.log.record(.notice, "retention will remove", fields)
      }
    }
    for announcement in announcements {
      // A handful goes every night; where much of a kind would, the sysadmin should look while it can be taken back.
      vault.log.record(
        announcement.isLarge ? .warning : .notice, "retention announces",
        [
          ("vault.record", announcement.rule.record.rawValue), ("vault.records", String(announcement.recordCount)),
          ("vault.total", String(announcement.totalCount)),
          ("vault.before", vault.zone.date(of: announcement.before).description),
          ("vault.from", announcement.from.description),
          ("vault.waits-for-confirmation", announcement.needsConfirmation ? "yes" : "no"),
        ])
    }
  }

  /// Says what was sealed on a date that is still to come: its time is counted from there.
  private func sayWhatIsYetToCome(at now: Instant) async throws {
    let latest = Instant.latest(at: now)
    let count = try await vault.store.read { [vault] snapshot in
      var count: Int = try snapshot.value("SELECT count(*) FROM vault_records WHERE sealed_at > \(latest)") ?? 0
      for rule in vault.policy.retention {
        guard let holding = vault.agingHolding(rule.record) else { continue }
        count += try holding.count(in: snapshot) - holding.count(before: latest, in: snapshot)
      }
      return count
    }
    guard count > 0 else { return }
    vault.log.warning(
      "records were sealed on a date that is still to come, and are kept for longer than their time",
      ["vault.records": String(count)])
  }

  /// If it is due, says what it will do, does it, and keeps on which day it did.
  ///
  /// - Returns: nil when it was not due, or the date is in doubt.
  func runIfDue() async throws -> Retention.Report? {
    guard vault.clock.doubt == nil else { return nil }
    let now = vault.clock.now
    let day = vault.zone.date(of: now)
    // A run on a wrong date that was confirmed would otherwise be the latest for years.
    let lastDay: CivilDate? = try await vault.store.read {
      try $0.value("SELECT max(day) FROM vault_retention_runs WHERE day <= \(day)")
    }
    guard Self.isDue(now: now, lastDay: lastDay, in: vault.zone) else { return nil }
    let retention = Retention(vault: vault)
    try await retention.announce()
    let plan = try await retention.plan()
    hasWaiting.withLock { $0 = plan.findings.contains(where: \.needsConfirmation) }
    say(plan, try await retention.announcements())
    let report = try await retention.run()
    try await sayWhatIsYetToCome(at: now)
    for name in ReplacedRing.forget(in: vault.keyRingDirectory, keptDays: vault.policy.keyRingCopyDays, on: day) {
      vault.log.notice("the key ring of before a restore deleted", ["vault.directory": name])
    }
    try await vault.store.write { transaction in
      try transaction.run(
        """
        INSERT INTO vault_retention_runs (day, at, record_count, person_count)
        VALUES (\(day), \(now), \(report.recordCount), \(report.personCount)) ON CONFLICT DO NOTHING
        """)
    }
    vault.log.notice(
      "retention done",
      ["vault.records": String(report.recordCount), "vault.people": String(report.personCount)])
    return report
  }

  /// What waits for a confirmation since the latest night; none once it was confirmed or corrected.
  func waiting() async throws -> [Retention.Finding] {
    guard hasWaiting.withLock({ $0 }) else { return [] }
    let waiting = try await Retention(vault: vault).plan().findings.filter(\.needsConfirmation)
    hasWaiting.withLock { $0 = !waiting.isEmpty }
    return waiting
  }

  func start() {
    work.watch("retention", periodic)
    periodic.start(failed: { [vault] in vault.log.error("retention failed", ["reason": $0.inLog]) }) { [self] in
      _ = try await work.run("retention", runIfDue)
    }
  }

  func stop() async { await periodic.stop() }
}
