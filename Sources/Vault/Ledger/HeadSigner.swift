import Core
import Ledger
import Store
import Synchronization

/// Signs a head at intervals while the house is open, and the last one when it closes.
final class HeadSigner: Sendable {
  private let vault: Vault
  private let work: RegularWork
  private let log: any Log
  private let task = Mutex<Task<Void, Never>?>(nil)

  init(vault: Vault, work: RegularWork = RegularWork(), log: any Log) {
    self.vault = vault
    self.work = work
    self.log = log
  }

  func start() {
    task.withLock { task in
      guard task == nil else { return }
      task = Task { [self] in
        while !Task.isCancelled {
          do { try await Task.sleep(for: Ledger.headInterval) } catch { return }
          await sign()
        }
      }
    }
  }

  /// Does nothing unless it was started: a command that only looks signs nothing.
  func stop() async {
    guard
      let running = task.withLock({ task in
        defer { task = nil }
        return task
      })
    else { return }
    running.cancel()
    await running.value
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
