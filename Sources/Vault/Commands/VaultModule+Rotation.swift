import Contracts
import Core
import Crypto
import Dispatch
import Glibc
import Store

extension VaultModule {
  var rotateCommand: Command {
    Command(
      ["vault", "rotate"], usage: "[--new-root-key FILE | --new-credential PATH]",
      summary: "Wrap every data key under a new key-encryption key, and those under a new root key if one is named.",
      run: rotate)
  }

  @Sendable private func rotate(_ input: CommandInput) async throws -> CommandOutput {
    let (file, credential) = (input.options["new-root-key"], input.options["new-credential"])
    guard input.arguments.isEmpty, input.options.count <= 1, input.options.isEmpty || file != nil || credential != nil
    else { throw UsageError("give --new-root-key FILE or --new-credential PATH or neither") }
    let newRoot = try await newRoot(file: file, credential: credential)
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
    vault.log.note(.keyChanged, ["key.change": (file ?? credential) == nil ? "rotated" : "root-key-replaced"])
    var lines = [
      "\(end.total) data keys wrapped under key-encryption key version \(end.target); older versions destroyed"
    ]
    if let path = file ?? credential { lines += advice(newRootKey: path, isCredential: credential != nil) }
    return CommandOutput(lines)
  }

  /// What is to be done after another root key has come into force: no copy of the key ring from before opens with it.
  private func advice(newRootKey path: String, isCredential: Bool) -> [String] {
    [
      "the root key in \(path) is in force: move the old one away, put this one in its place, then restart gapura",
      "the old root key is accepted until gapura has started with the new one",
      "copy the key ring now, since no earlier copy of it opens with the new root key: systemctl start "
        + "gapura-backup.service, or gapura vault backup-ring DIRECTORY",
      "keep the old root key, or its shares, for as long as copies of the key ring from before are kept "
        + "(\(vault.policy.keyRingCopyDays) days): they open with nothing else",
      "make new recovery shares: gapura vault shares --threshold 2 --count 3"
        + (isCredential ? " --credential \(path)" : ", once the new root key is in the old one's place"),
    ]
  }

  /// The root key to change to. One that is not there yet is made, so that it never lies about before it is needed;
  /// one that is there is taken, so that a rotation that was broken off can be given again.
  private func newRoot(file: String?, credential: String?) async throws -> NewRootKey? {
    if let path = credential {
      if unsafe access(path, F_OK) == 0 { return try await source.credentialTool.decryptRootKey(at: path) }
      let fresh = NewRootKey(RootKey(try library.randomKey()))
      try await source.credentialTool.write(fresh, to: path)
      return fresh
    }
    guard let path = file else { return nil }
    if unsafe access(path, F_OK) != 0 { try source.write(RootKey(try library.randomKey()), to: path) }
    return NewRootKey(try source.readFile(path))
  }

  /// Runs what waits for the disk or for a process on a queue of its own, never on the cooperative pool.
  func onQueue<T: Sendable>(_ label: String, _ body: @escaping @Sendable () throws -> T) async throws -> T {
    let queue = DispatchQueue(label: label)
    return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
