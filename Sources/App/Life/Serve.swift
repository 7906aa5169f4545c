import Contracts
import Core
import Kiosk
import Store
import Web

/// `gapura serve`: from start to the last answer.
struct Serve {
  let house: House
  let environment: [String: String]

  /// Serves until the service manager or a person asks to stop, or it must be started anew.
  func run() async throws -> ExitCode {
    let signals = Signals()
    DescriptorLimit.raise()
    try await house.start()
    let passed = Systemd.passedSockets()
    let server = try await startServerOrStop(on: passed.filter { !$0.isUnix }, unless: signals)
    let kiosk = try await startKiosk(on: passed.first { $0.isUnix }?.descriptor)
    let watchdog = Watchdog(house: house, server: server)
    watchdog.start()

    let (address, hallAddress) = addresses(of: server)
    let sayStatus = { @Sendable in Systemd.status(status(at: address)) }
    let keeper = ClockKeeper(clock: house.clock, store: house.store, work: house.work, log: house.log, say: sayStatus)
    house.work.whenChanged(sayStatus)
    let control = ControlSocket(log: house.log) { words in
      try await ClockCommand.answer(words, clock: house.clock, in: house, keep: keeper.confirm)
    }
    try await control.listen(at: house.places.control)
    house.log.notice("ready", ["address": address, "hall.address": hallAddress, "kiosk.socket": house.kioskSocket])
    Systemd.ready(status: status(at: address))
    keeper.start()
    house.damage.start(sayStatus)
    let startAnew = { @Sendable in signals.startAnew() }
    let spaceKeeper = SpaceKeeper(
      space: house.space, log: house.log, whenWritable: house.store.isReadOnly ? startAnew : nil, say: sayStatus)
    spaceKeeper.start()
    let code = await obey(signals, at: address)
    house.log.notice("stopping")
    Systemd.stopping()
    await control.stop()
    watchdog.stop()
    await kiosk.stop()
    await server.stop()
    await keeper.stop()
    await house.damage.stop()
    await spaceKeeper.stop()
    house.work.whenChanged {}
    await house.stop()
    house.log.notice("stopped")
    return code
  }

  /// Where the server does not start, the house is put away again.
  private func startServerOrStop(on passed: [Systemd.PassedSocket], unless signals: Signals) async throws -> WebServer {
    do {
      return try await startServer(on: passed, unless: signals)
    } catch {
      await house.stop()
      throw error
    }
  }

  private func addresses(of server: WebServer) -> (portal: String, hall: String) {
    let web = house.settings.web
    return ("http://\(web.address):\(server.port)", "http://\(web.hall.address):\(server.port(of: .hall))")
  }

  /// Does what signals ask for until one asks to end.
  private func obey(_ signals: Signals, at address: String) async -> ExitCode {
    for await signal in signals.stream {
      if signal == .startAnew {
        house.log.notice("the state can be written again: to be started anew")
        return .tryAgain
      }
      guard signal == .reload else { break }
      Systemd.reloading()
      if await house.reload() { house.log.notice("reloaded") }
      Systemd.ready(status: status(at: address))
    }
    return .ok
  }

  /// The service's status line: where it serves, and what is wrong.
  private func status(at address: String) -> String {
    let troubles = [
      house.clock.doubt?.report, house.damage.report, house.space.report, house.work.report, house.reloads.report,
    ]
    return (["Serving \(address)"] + troubles.compactMap { $0 }).joined(separator: "; ")
  }
}
