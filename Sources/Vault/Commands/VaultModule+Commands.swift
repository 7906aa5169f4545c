public import Contracts
import Core
import Store

extension VaultModule: Commanding {
  public func commands() -> [Command] {
    [
      Command(
        ["vault", "check"], usage: "",
        summary: "Prove that the root key fits the database and that the ledger is as it was written.",
        run: check),
      Command(
        ["vault", "init"], usage: "[--file PATH | --credential PATH]",
        summary: "Make the root key: a file for development, or a credential encrypted with systemd-creds.",
        run: createRootKey),
      rotateCommand,
    ] + keyRingCommands + ledgerCommands
  }

  @Sendable private func check(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.isEmpty else { throw UsageError("vault check takes no arguments") }
    try await vault.open()
    let condition = try await vault.condition()
    let inspection = try await vault.inspectLedger()
    return CommandOutput([
      "root key fits; key-encryption key version \(condition.kekVersion)", "ledger intact: \(inspection.size) entries",
    ])
  }

  @Sendable private func createRootKey(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.count <= 1,
      input.options.keys.allSatisfy({ ["file", "credential"].contains($0) })
    else { throw UsageError("give --file PATH or --credential PATH or neither") }
    // With another root key everything sealed so far would be unreadable.
    guard try await !hasBegun() else { throw Problem(.conflict, "vault.already-begun") }
    if let path = input.options["credential"] {
      try await CredentialTool().createRootKey(at: path, library: library)
      return CommandOutput([
        "encrypted root key written to \(path)",
        "load it with LoadCredentialEncrypted=\(RootKeySource.name):\(path)",
        "it opens on this machine alone: keep what `systemd-creds decrypt \(path) -` gives in a safe place elsewhere",
      ])
    }
    let path = input.options["file"] ?? source.developmentFile
    try RootKeyFile.create(path, library: library)
    return CommandOutput(["root key written to \(path), mode 0600; keep a copy apart from the database's backups"])
  }

  private func hasBegun() async throws -> Bool {
    do {
      return try await store.read { snapshot in try Pairing.isPresent(in: snapshot) }
    } catch StoreError.statement {
      // The table is not there yet: the schema is put in place at the first start.
      return false
    }
  }
}
