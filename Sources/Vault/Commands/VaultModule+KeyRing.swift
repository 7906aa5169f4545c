import Contracts
import Core
import Crypto
import Store

extension VaultModule {
  var keyRingCommands: [Command] {
    [
      Command(
        ["vault", "backup-ring"], usage: "DIRECTORY",
        summary: "Copy the key ring to DIRECTORY and delete copies there that are older than they may be.",
        run: backUpRing),
      Command(
        ["vault", "replay-erasures"], usage: "[--confirm]",
        summary:
          "After a restore: erase in the data file and in the key ring whoever either of them knows to be erased.",
        run: replayErasures),
    ]
  }

  @Sendable private func backUpRing(_ input: CommandInput) async throws -> CommandOutput {
    guard let directory = input.arguments.first, input.arguments.count == 1, input.options.isEmpty else {
      throw UsageError("name the directory in which the copies are kept, apart from those of the database")
    }
    let backup = RingBackup(directory: directory, keptDays: vault.policy.keyRingCopyDays, zone: vault.zone)
    let (place, clock) = (source.keyRing, vault.clock)
    // Needs no root key: what it copies stays sealed.
    let result = try await onQueue("vault.ring-backup") {
      guard place.isThere else { throw Problem(.unavailable, "vault.key-ring-missing", ["path": place.file]) }
      return try backup.run(place, by: clock)
    }
    if result.doubt == nil { BackupRecord(state: place.directory).note(.keyRing, at: clock.now) }
    return CommandOutput(
      ["key ring copied to \(result.path), mode 0600"]
        + result.marked.map { "\($0.old) is from a day that is still to come: named \($0.new), it counts from today" }
        + result.deleted.map { "deleted \($0): its time is over" }
        + (result.doubt.map { ["nothing was deleted: \($0.report)"] } ?? []))
  }

  @Sendable private func replayErasures(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.keys.allSatisfy({ $0 == "confirm" }) else {
      throw UsageError("vault replay-erasures takes --confirm or nothing")
    }
    let outcome = try await vault.reconcile(isConfirmed: input.options["confirm"] != nil) ?? Reconciliation.Outcome()
    try await vault.settleErasures()
    var lines = [
      "\(outcome.replayed) erased again in the data file; \(outcome.destroyed) keys destroyed again in the key ring"
    ]
    switch outcome.age {
    case .same: break
    case .dataIsOlder: lines.append("the data file is older than the key ring, as after a restore")
    case .ringIsOlder:
      lines.append(
        "the key ring is older than the data file: put its newest copy back, or people's records stay closed")
    }
    return CommandOutput(lines)
  }
}
