import Core
import Ledger
import Store

/// Signs a head at intervals while the program runs, and the last one when it ends.
final class HeadSigner: Sendable {
  private static let name: StaticString = "the ledger's signed head"

  private let vault: Vault
  private let work: RegularWork
  private let log: any Log
  private let periodic = Periodic(every: Ledger.headInterval, from: .afterInterval)

  init(vault: Vault, work: RegularWork = RegularWork(), log: any Log) {
    self.vault = vault
    self.work = work
    self.log = log
  }

  func start() {
    work.watch(Self.name, periodic)
    periodic.start(failed: { [self] in tell($0) }) { [self] in try await sign() }
  }

  /// Does nothing unless it was started: a command that only looks signs nothing.
  func stop() async {
    guard await periodic.stop() else { return }
    do { try await sign() } catch { tell(error) }
  }

  private func sign() async throws { _ = try await work.run(Self.name, vault.signHead) }

  private func tell(_ error: any Error) { log.error("the ledger's head was not signed", ["reason": error.inLog]) }
}
