import Core
import Ledger
import Store

/// Signs a head at intervals while the house is open, and the last one when it closes.
final class HeadSigner: Sendable {
  private let vault: Vault
  private let work: RegularWork
  private let log: any Log
  private let periodic = Periodic(every: Ledger.headInterval, from: .afterInterval)

  init(vault: Vault, work: RegularWork = RegularWork(), log: any Log) {
    self.vault = vault
    self.work = work
    self.log = log
  }

  func start() { periodic.start { [self] in await sign() } }

  /// Does nothing unless it was started: a command that only looks signs nothing.
  func stop() async {
    guard await periodic.stop() else { return }
    await sign()
  }

  private func sign() async {
    do {
      _ = try await work.run("the ledger's signed head", vault.signHead)
    } catch {
      log.error("the ledger's head was not signed", ["reason": error.inLog])
    }
  }
}
