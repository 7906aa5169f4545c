public import Contracts
import Core
import Crypto
import Ledger
import Store

extension VaultModule: Commanding {
  /// A screen of them: more say no more.
  private static let faultCountMax = 20
  /// Pages that get an event of their own; the others are counted in one.
  private static let toldPageCountMax = 5

  /// `vault check`, `vault init`, and the commands for rotation, retention, recovery, the key ring and the ledger.
  public func commands() -> [Command] {
    [
      Command(
        ["vault", "check"], usage: "",
        summary: "Read all that is kept and prove that it is as it was written: pages, records, documents, ledger.",
        run: check),
      Command(
        ["vault", "init"], usage: "[--file PATH | --credential PATH] [--threshold K --count N]",
        summary: "Make the root key: a file for development, or a credential encrypted with systemd-creds.",
        run: createRootKey),
      rotateCommand,
    ] + retentionCommands + recoveryCommands + keyRingCommands + ledgerCommands
  }

  @Sendable private func check(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.isEmpty else { throw UsageError("vault check takes no arguments") }
    try await vault.open()
    var condition: (kekVersion: Int, ledgerSize: Int64)?
    // Damage that is met here is named by the inspectors, page by page.
    do { condition = try await vault.condition() } catch StoreError.corrupt {}
    var outcomes: [Inspection] = []
    for inspector in try vault.allInspectors {
      do {
        outcomes.append(try await inspector(input.showProgress))
      } catch StoreError.corrupt {
        outcomes.append(Inspection(unit: "", faults: ["a list of what is kept cannot be read to its end"]))
      } catch let error as StoreError where error.isOfDisk {
        outcomes.append(Inspection(unit: "", unread: [error.inLog]))
      }
    }
    let faults = outcomes.flatMap(\.faults)
    guard faults.isEmpty else {
      tell(outcomes)
      if faults.allSatisfy({ $0.hasPrefix("\(source.keyRing.file): ") }) { throw ringDamage(outcomes) }
      let areOfFiles = outcomes.allSatisfy { $0.faults.isEmpty || $0.isOfFiles }
      throw areOfFiles
        ? Problem(.invalid, "store.file-faults", Self.listed(faults))
        : Problem(.invalid, "store.faults", Self.listed(faults))
    }
    let unread = outcomes.flatMap(\.unread)
    guard unread.isEmpty else { throw Problem(.unavailable, "store.unchecked", Self.listed(unread)) }
    guard let condition else { throw StoreError.corrupt }
    let ledger = try await vault.inspectLedger()
    return CommandOutput(
      ["root key fits; key-encryption key version \(condition.kekVersion)", "ledger intact: \(ledger.size) entries"]
        + outcomes.map { "intact: \($0.count) \($0.unit)" })
  }

  /// Where the key ring alone is damaged the data stays.
  private func ringDamage(_ outcomes: [Inspection]) -> Problem {
    let pages = outcomes.flatMap(\.pages).map { "\($0.file), page \($0.number)" }
    let rest = pages.count > Self.faultCountMax ? ["… \(pages.count - Self.faultCountMax)"] : []
    let path = pages.isEmpty ? source.keyRing.file : (pages.prefix(Self.faultCountMax) + rest).joined(separator: "; ")
    return Problem(.invalid, "store.ring-damaged", ["path": path, "state": source.keyRing.directory])
  }

  /// Tells those who watch and the service what was found, and nothing of whose it is.
  private func tell(_ outcomes: [Inspection]) {
    for outcome in outcomes where !outcome.faults.isEmpty {
      let pages = outcome.pages.prefix(Self.toldPageCountMax)
      for page in pages {
        vault.log.record(.damageFound, [("store.file", page.file), ("store.page", String(page.number))])
      }
      let rest = outcome.faults.count - pages.count
      guard rest > 0 else { continue }
      let unit = outcome.unit.isEmpty ? "a list of what is kept" : outcome.unit
      vault.log.record(.damageFound, [("vault.found", unit), ("vault.count", String(rest))])
    }
    notice?.tell(outcomes.flatMap(\.pages))
  }

  private static func listed(_ faults: [String]) -> [String: String] {
    let named = faults.prefix(faultCountMax)
    let rest = faults.count > named.count ? ["… \(faults.count - named.count)"] : []
    return ["count": String(faults.count), "list": (named + rest).map { "  " + $0 }.joined(separator: "\n")]
  }

  @Sendable private func createRootKey(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options["file"] == nil || input.options["credential"] == nil,
      input.options.keys.allSatisfy({ ["file", "credential", "threshold", "count"].contains($0) })
    else { throw UsageError("give --file PATH or --credential PATH or neither") }
    let numbers = try ShareNumbers(input.options)
    // With another root key everything sealed so far would be unreadable.
    guard try await !hasBegun() else { throw Problem(.conflict, "vault.already-begun") }
    let root = NewRootKey(RootKey(try library.randomKey()))
    let shares = try numbers.map { try lines($0, of: root.key) }
    vault.log.note(.keyChanged, ["key.change": "root-key-made"])
    if let path = input.options["credential"] {
      try await source.credentialTool.write(root, to: path)
      return CommandOutput(
        [
          "encrypted root key written to \(path)",
          "load it with LoadCredentialEncrypted=\(RootKeySource.name):\(path)",
          "it opens on this machine alone",
        ] + (shares ?? Self.recoveryAdvice("--credential \(path)")))
    }
    let path = input.options["file"] ?? source.developmentFile
    try source.write(root.key, to: path)
    return CommandOutput(["root key written to \(path), mode 0600"] + (shares ?? Self.recoveryAdvice("")))
  }

  /// What is said when no shares were asked for at once.
  private static func recoveryAdvice(_ option: String) -> [String] {
    [
      "without it nobody can ever read the data: make a recovery copy now, as shares on paper that several people keep:",
      "  gapura vault shares --threshold 2 --count 3 \(option)",
      "gapura vault recover takes them back",
    ]
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
