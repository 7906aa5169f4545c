import Contracts
import Core
import Dispatch
import Store

extension VaultModule {
  var rotateCommand: Command {
    Command(
      ["vault", "rotate"], usage: "[--new-root-key FILE]",
      summary: "Wrap every data key under a new key-encryption key, and those under a new root key if one is given.",
      run: rotate)
  }

  @Sendable private func rotate(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.keys.allSatisfy({ $0 == "new-root-key" }) else {
      throw UsageError("vault rotate takes --new-root-key FILE or nothing")
    }
    let newRoot = try input.options["new-root-key"].map { path in
      NewRootKey(try RootKeyFile.read(path, modeAllowed: 0o600))
    }
    try await vault.open()
    let keyRing = try vault.opened.keyRing
    let end = try await onQueue("vault.rotation") {
      try Rotation(keyRing, to: newRoot).run { progress in
        input.showProgress(CommandProgress("keys", done: progress.done, total: progress.total))
      }
    }
    try await store.write { [vault] transaction in
      try vault.append(
        LedgerEntry(
          .rotation, by: .system("vault"),
          facts: [LedgerFact("version", Int64(end.target)), LedgerFact("keys", Int64(end.total))]),
        in: transaction)
    }
    var lines = [
      "\(end.total) data keys wrapped under key-encryption key version \(end.target); older versions destroyed"
    ]
    if let path = input.options["new-root-key"] {
      lines += [
        "the root key in \(path) is in force: put it in the old one's place, then restart gapura",
        "the old root key is accepted until gapura has started with the new one",
        "make new recovery shares: gapura vault shares --threshold 2 --count 3",
      ]
    }
    return CommandOutput(lines)
  }

  /// Runs what waits for the disk or for a process on a queue of its own, never on the cooperative pool.
  func onQueue<T: Sendable>(_ label: String, _ body: @escaping @Sendable () throws -> T) async throws -> T {
    let queue = DispatchQueue(label: label)
    return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
