import Core
import Dispatch
import Store
import Web

/// Feeds the service manager's watchdog, but only while the writer and the listener really answer.
final class Watchdog: Sendable {
  private let composition: Composition
  private let server: WebServer
  /// Twice in each of the manager's intervals; nil where it does not watch.
  private let periodic = Systemd.watchdogInterval.map { Periodic(every: $0 / 2) }

  init(composition: Composition, server: WebServer) {
    self.composition = composition
    self.server = server
  }

  /// Begins, where the manager watches.
  func start() {
    let log = composition.log
    periodic?.start(failed: { log.error("the watchdog was not fed", ["reason": $0.inLog]) }) { [composition, server] in
      try await composition.store.probe()
      try await server.probe()
      Systemd.alive()
    }
  }

  func stop() { periodic?.cancel() }
}
