import Contracts
import Core
import Crypto
import FoundationEssentials
import Ledger

extension VaultModule {
  var ledgerCommands: [Command] {
    [
      Command(
        ["ledger", "verify"], usage: "[--since HEAD] [--head FILE]",
        summary: "Check every entry of the ledger (or those after HEAD), and that it goes on from the head in FILE.",
        run: verifyLedger),
      Command(
        ["ledger", "head"], usage: "",
        summary: "Sign the ledger's present head and print it, for a witness elsewhere to keep.", run: printHead),
      Command(
        ["ledger", "key"], usage: "",
        summary: "Print the public key, with which anybody can check heads and receipts.", run: printKey),
    ]
  }

  @Sendable private func verifyLedger(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.keys.allSatisfy({ ["since", "head"].contains($0) }) else {
      throw UsageError("give --since HEAD, --head FILE, both or neither")
    }
    try await vault.open()
    let start = try input.options["since"].map(head)
    let witness = try input.options["head"].map(head)
    let found = try await vault.inspectLedger(since: start, extending: witness) { done, total in
      input.showProgress(CommandProgress("entries", done: Int(done), total: Int(total)))
    }
    let origin = start.map { "from entry \($0.size) on: " } ?? ""
    var lines = ["ledger intact: \(origin)\(found.size) entries, \(found.headCount) signed heads"]
    if let witness { lines.append("it goes on from the head of \(witness.size) entries") }
    return CommandOutput(lines)
  }

  @Sendable private func printHead(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.isEmpty else { throw UsageError("ledger head takes no arguments") }
    try await vault.open()
    guard let head = try await vault.signHead() else { throw Problem(.notFound, "vault.ledger-empty") }
    // What prints the lines puts a line end behind each, the last one too.
    let text = try head.text(vault.opened.ledger.name()).dropLast()
    return CommandOutput(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }

  @Sendable private func printKey(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.isEmpty else { throw UsageError("ledger key takes no arguments") }
    try await vault.open()
    return CommandOutput([try vault.publicKey()])
  }

  /// The head in a file that `ledger head` printed.
  private func head(in path: String) throws -> SignedHead {
    let data = FileManager.default.contents(atPath: path)
    guard let data, data.count <= SignedHead.textByteCountMax,
      let text = String(validating: data, as: UTF8.self),
      let head = try SignedHead(text, of: vault.opened.ledger.name())
    else { throw Problem(.invalid, "vault.ledger-head-unreadable", ["path": path]) }
    return head
  }
}
