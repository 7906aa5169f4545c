import Contracts
import Core
import Kiosk
import Store
import Web

/// `gapura serve`: from start to the last answer.
struct Serve {
  let composition: Composition
  let environment: [String: String]

  /// Serves until the service manager or a person asks to stop, or it must be started anew.
  func run() async throws -> ExitCode {
    let signals = Signals()
    DescriptorLimit.raise()
    try await composition.start()
    let passed = Systemd.passedSockets()
    let server = try await startServerOrStop(on: passed.filter { !$0.isUnix }, unless: signals)
    let kiosk = try await startKiosk(on: passed.first { $0.isUnix }?.descriptor)
    let watchdog = Watchdog(composition: composition, server: server)
    watchdog.start()

    let (address, hallAddress) = addresses(of: server)
    let sayStatus = { @Sendable in Systemd.status(status(at: address)) }
    let (log, store) = (composition.log, composition.store)
    let keeper = ClockKeeper(clock: composition.clock, store: store, work: composition.work, log: log, say: sayStatus)
    composition.work.whenChanged(sayStatus)
    let control = ControlSocket(log: log) { words in try await answer(words, keeper) }
    try await control.listen(at: composition.places.control)
    log.notice("ready", ["address": address, "hall.address": hallAddress, "kiosk.socket": composition.kioskSocket])
    Systemd.ready(status: status(at: address))
    keeper.start()
    composition.damage.start(sayStatus)
    let keepers = startKeepers(signals, say: sayStatus)
    let code = await obey(signals, at: address)
    log.notice("stopping")
    Systemd.stopping()
    await control.stop()
    watchdog.stop()
    await kiosk.stop()
    await server.stop()
    await keeper.stop()
    await composition.damage.stop()
    await keepers.space.stop()
    await keepers.journal.stop()
    await keepers.memory.stop()
    composition.work.whenChanged {}
    await composition.stop()
    log.notice("stopped")
    return code
  }

  /// What looks after the room on the disk, the journal and memory, begun.
  private func startKeepers(
    _ signals: Signals, say: @escaping @Sendable () -> Void
  ) -> (space: SpaceKeeper, journal: JournalKeeper, memory: MemoryKeeper) {
    let (log, store) = (composition.log, composition.store)
    let startAnew = { @Sendable in signals.startAnew() }
    let space = SpaceKeeper(
      space: composition.space, log: log, whenWritable: store.isReadOnly ? startAnew : nil, say: say)
    let journal = JournalKeeper(
      store: store, keeping: composition.settings.journal.keeping, clock: composition.clock, work: composition.work,
      log: log)
    space.start()
    journal.start()
    return (space, journal, MemoryKeeper(store: store).start())
  }

  /// Does what an administrator's command asks for.
  private func answer(_ words: [String], _ keeper: ClockKeeper) async throws -> [String] {
    if words.first == DamageWatch.request { return composition.damage.look(at: Array(words.dropFirst())) }
    return try await ClockCommand.answer(words, clock: composition.clock, in: composition, keep: keeper.confirm)
  }

  /// Where the server does not start, what was put together is stopped again.
  private func startServerOrStop(on passed: [Systemd.PassedSocket], unless signals: Signals) async throws -> WebServer {
    do {
      return try await startServer(on: passed, unless: signals)
    } catch {
      await composition.stop()
      throw error
    }
  }

  private func addresses(of server: WebServer) -> (portal: String, hall: String) {
    let web = composition.settings.web
    return ("http://\(web.address):\(server.port)", "http://\(web.hall.address):\(server.port(of: .hall))")
  }

  /// Does what signals ask for until one asks to end.
  private func obey(_ signals: Signals, at address: String) async -> ExitCode {
    for await signal in signals.stream {
      if signal == .startAnew {
        composition.log.notice("the state can be written again: to be started anew")
        return .tryAgain
      }
      guard signal == .reload else { break }
      Systemd.reloading()
      if await composition.reload() { composition.log.notice("reloaded") }
      Systemd.ready(status: status(at: address))
    }
    return .ok
  }

  /// The service's status line: where it serves, and what is wrong.
  private func status(at address: String) -> String {
    let troubles = [
      composition.clock.doubt?.report, composition.damage.report, composition.space.report, composition.work.report,
      composition.reloads.report, composition.entrance.report,
    ]
    return (["Serving \(address)"] + troubles.compactMap { $0 }).joined(separator: "; ")
  }
}
