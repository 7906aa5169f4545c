import Contracts
import Core
import Crypto

extension VaultModule {
  var retentionCommands: [Command] {
    [
      Command(
        ["vault", "retention"], usage: "[--dry-run | --confirm]",
        summary: "Remove announced records that have been kept for as long as they may be, or say which those are.",
        run: runRetention),
      Command(
        ["vault", "undo-retention"], usage: "",
        summary: "Take back what retention has announced and not removed yet; the grace begins anew.",
        run: undoRetention),
    ]
  }

  @Sendable private func runRetention(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.count <= 1,
      input.options.keys.allSatisfy({ ["dry-run", "confirm"].contains($0) })
    else { throw UsageError("vault retention takes --dry-run, --confirm or nothing") }
    let retention = Retention(vault: vault)
    if input.options["dry-run"] != nil {
      let plan = try await retention.plan()
      return CommandOutput(
        lines(plan.findings.filter { !$0.needsConfirmation }, verb: "would be removed now")
          + lines(plan.findings.filter(\.needsConfirmation), verb: "would wait: \(Self.needsConfirmation)")
          + (try await announced(by: retention))
          + (try await retention.nextAnnouncements().map { line($0, "would be announced and go from \($0.from) on") })
          + ["nothing was changed"])
    }
    try vault.clock.requireBelieved()
    try await vault.open()
    try await retention.announce()
    let isConfirmed = input.options["confirm"] != nil
    let waiting = try await retention.plan().findings.filter { $0.needsConfirmation && !isConfirmed }
    let report = try await retention.run(isConfirmed: isConfirmed)
    return CommandOutput(
      lines(report.findings.filter { finding in !waiting.contains { $0.rule == finding.rule } }, verb: "removed")
        + lines(waiting, verb: "wait: \(Self.needsConfirmation)")
        + (try await announced(by: retention))
        + ["\(report.personCount) people had no record left and were erased"])
  }

  @Sendable private func undoRetention(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.isEmpty else {
      throw UsageError("vault undo-retention takes no arguments")
    }
    let count = try await Retention(vault: vault).takeBack()
    return CommandOutput([
      "\(count) records that were announced stay; if a rule in vault.json5 is wrong, correct it before the next night",
      "what is past its time then is announced anew, and goes \(vault.policy.retentionGuard.graceDays) days later",
    ])
  }

  private func lines(_ findings: [Retention.Finding], verb: String) -> [String] {
    findings.map { finding in
      let what = "\(finding.rule.record.rawValue): \(finding.recordCount) of \(finding.totalCount) records"
      let before = finding.before.map { " sealed before \(vault.zone.date(of: $0))" } ?? ""
      return "\(what)\(before) \(verb); kept \(finding.rule.days) days (\(finding.rule.basis))"
    }
  }

  private func announced(by retention: Retention) async throws -> [String] {
    try await retention.announcements().map { announcement in
      line(announcement, "are announced and go from \(announcement.from) on")
        + "; until then: gapura vault undo-retention"
    }
  }

  private func line(_ announcement: Retention.Announcement, _ verb: String) -> String {
    "\(announcement.rule.record.rawValue): \(announcement.recordCount) of \(announcement.totalCount) records "
      + "sealed before \(vault.zone.date(of: announcement.before)) \(verb)"
      + (announcement.needsConfirmation ? ", but wait: \(Self.needsConfirmation)" : "")
  }

  private static let needsConfirmation = "more than may go without confirmation (--confirm)"
}
