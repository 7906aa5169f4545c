import Contracts
import Core
import Crypto
import Store

extension VaultModule {
  var recoveryCommands: [Command] {
    [
      Command(
        ["vault", "shares"], usage: "--threshold K --count N [--credential PATH]",
        summary: "Print the root key as N shares on paper, any K of which restore it.", run: printShares),
      Command(
        ["vault", "recover"], usage: "[--file PATH | --credential PATH]",
        summary: "Restore the root key from shares that are typed in, one a line.", run: recover),
    ]
  }

  /// Typing errors that one recovery puts up with: more, and the paper is another one.
  private static let mistakeCountMax = 20

  @Sendable private func printShares(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty,
      input.options.keys.allSatisfy({ ["threshold", "count", "credential"].contains($0) }),
      let numbers = try ShareNumbers(input.options)
    else { throw UsageError("say how many shares there shall be, and how many of them restore the key") }
    let root =
      if let path = input.options["credential"] {
        try await source.credentialTool.decryptRootKey(at: path)
      } else {
        try NewRootKey(source.read())
      }
    try checkIsInForce(root.key)
    vault.log.note(.keyChanged, ["key.change": "shares-printed"])
    return CommandOutput(try lines(numbers, of: root.key))
  }

  /// What is printed of a root key's shares.
  func lines(_ numbers: ShareNumbers, of root: borrowing RootKey) throws -> [String] {
    let shares = try Recovery(library: library).shares(of: root, threshold: numbers.threshold, count: numbers.count)
    return [
      "any \(numbers.threshold) of these \(numbers.count) shares restore the root key; fewer tell nothing of it",
      "write each on paper of its own, give each to another person, and keep none on this machine",
    ]
      + (try shares.map { share in
        "share \(share.point.index) of \(numbers.count): \(try share.text(library: library).exposed)"
      })
  }

  @Sendable private func recover(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.count <= 1,
      input.options.keys.allSatisfy({ ["file", "credential"].contains($0) })
    else { throw UsageError("give --file PATH or --credential PATH or neither") }
    let root = NewRootKey(try Recovery(library: library).rootKey(from: readShares(input)))
    try checkFits(root.key)
    vault.log.note(.keyChanged, ["key.change": "root-key-restored"])
    if let path = input.options["credential"] {
      try await source.credentialTool.write(root, to: path)
      return CommandOutput(["root key restored and encrypted to \(path)"])
    }
    let path = input.options["file"] ?? source.developmentFile
    try source.write(root.key, to: path)
    return CommandOutput(["root key restored to \(path), mode 0600"])
  }

  /// Shares of a root key whose place another one has taken would restore nothing once they are needed.
  ///
  /// - Throws: `Problem` `vault.shares-of-another-key` when there is a key ring and the key is not the newest that opens it.
  private func checkIsInForce(_ root: borrowing RootKey) throws {
    guard source.keyRing.isThere else { return }
    let roots = RootTable(library: library)
    let isInForce = try Store.peek(at: source.keyRing.file) { snapshot -> Bool in
      guard let newest = try roots.newestOrdinal(in: snapshot) else { return true }
      do {
        return try roots.standing(under: root, in: snapshot).ordinal == newest
      } catch let problem as Problem where problem.code == "vault.wrong-root-key" {
        return false
      }
    }
    guard isInForce else { throw Problem(.conflict, "vault.shares-of-another-key") }
  }

  private func readShares(_ input: CommandInput) throws -> [RecoveryShare] {
    var collection = ShareCollection(library: library)
    var step = ShareCollection.Step.ask(share: 1)
    while step != .enough {
      let prompt =
        if case .askAgain(let place) = step { "share \(place) has a mistake in it; type it again" } else {
          "share \(collection.shares.count + 1)"
        }
      // No more input, or an empty line, means that there are no more shares.
      guard collection.mistyped.count <= Self.mistakeCountMax, let line = try? input.readSecret(prompt),
        !line.exposed.isEmpty
      else { throw collection.shortfall }
      step = try collection.take(line)
    }
    return collection.shares
  }

  /// - Throws: `Problem` `vault.wrong-root-key` when there is a key ring and the key is not the one that opens it.
  private func checkFits(_ root: borrowing RootKey) throws {
    guard source.keyRing.isThere else { return }
    let roots = RootTable(library: library)
    try Store.peek(at: source.keyRing.file) { snapshot in
      if try !roots.isEmpty(in: snapshot) { _ = try roots.standing(under: root, in: snapshot) }
    }
  }
}

/// How many shares a key is shared out over, and how many of them restore it.
struct ShareNumbers: Equatable {
  let threshold: Int
  let count: Int

  /// Reads `--threshold` and `--count`; nil when neither is given.
  init?(_ options: [String: String]) throws {
    guard options["threshold"] != nil || options["count"] != nil else { return nil }
    guard let threshold = options["threshold"].flatMap(Int.init), let count = options["count"].flatMap(Int.init) else {
      throw UsageError("--threshold and --count take a number each")
    }
    self.threshold = threshold
    self.count = count
  }
}
