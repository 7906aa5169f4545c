import Core
import Dispatch
import Store
import Synchronization
import Web

/// Feeds the service manager's watchdog, but only while the writer and the listener really answer.
final class Watchdog: Sendable {
  private let house: House
  private let server: WebServer
  private let task = Mutex<Task<Void, Never>?>(nil)

  init(house: House, server: WebServer) {
    self.house = house
    self.server = server
  }

  /// Begins, where the manager watches: twice in each of its intervals.
  func start() {
    guard let interval = Systemd.watchdogInterval else { return }
    let log = house.log
    task.withLock { task in
      task = Task { [self] in
        while !Task.isCancelled {
          do {
            try await house.store.probe()
            try await server.probe()
            Systemd.alive()
          } catch {
            log.error("the watchdog was not fed", ["reason": error.inLog])
          }
          try? await Task.sleep(for: interval / 2)
        }
      }
    }
  }

  func stop() { task.withLock { $0?.cancel() } }
}
