import Core
import Dispatch
import Store
import Web

/// Feeds the service manager's watchdog, but only while the writer and the listener really answer.
final class Watchdog: Sendable {
  private let house: House
  private let server: WebServer
  /// Twice in each of the manager's intervals; nil where it does not watch.
  private let periodic = Systemd.watchdogInterval.map { Periodic(every: $0 / 2) }

  init(house: House, server: WebServer) {
    self.house = house
    self.server = server
  }

  /// Begins, where the manager watches.
  func start() {
    let log = house.log
    periodic?.start(failed: { log.error("the watchdog was not fed", ["reason": $0.inLog]) }) { [house, server] in
      try await house.store.probe()
      try await server.probe()
      Systemd.alive()
    }
  }

  func stop() { periodic?.cancel() }
}
