import Contracts
import Core

extension VaultModule {
  var retentionCommand: Command {
    Command(
      ["vault", "retention"], usage: "[--dry-run]",
      summary: "Remove records that have been kept for as long as they may be, or say which those are.",
      run: runRetention)
  }

  @Sendable private func runRetention(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.keys.allSatisfy({ $0 == "dry-run" }) else {
      throw UsageError("vault retention takes --dry-run or nothing")
    }
    let retention = Retention(vault: vault)
    if input.options["dry-run"] != nil {
      let plan = try await retention.plan()
      return CommandOutput(lines(plan, verb: "would be removed") + ["nothing was changed"])
    }
    try vault.clock.requireBelieved()
    try await vault.open()
    let report = try await retention.run()
    return CommandOutput(
      lines(report, verb: "removed") + ["\(report.personCount) people had no record left and were erased"])
  }

  private func lines(_ report: Retention.Report, verb: String) -> [String] {
    report.findings.map { finding in
      "\(finding.rule.record.rawValue): \(finding.recordCount) records sealed before "
        + "\(vault.zone.date(of: finding.before)) \(verb); kept \(finding.rule.days) days (\(finding.rule.basis))"
    }
  }
}
