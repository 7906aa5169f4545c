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
    let server: WebServer
    do {
      server = try await startServer(on: passed.filter { !$0.isUnix }, unless: signals)
    } catch {
      await house.stop()
      throw error
    }
    let kiosk = try await startKiosk(on: passed.first { $0.isUnix }?.descriptor)
    let watchdog = Watchdog(house: house, server: server)
    watchdog.start()

    let address = "http://\(house.settings.web.address):\(server.port)"
    let hallAddress = "http://\(house.settings.web.hall.address):\(server.port(of: .hall))"
    let status = { @Sendable in
      let troubles = [
        house.clock.doubt?.report, house.damage.report, house.space.report, house.work.report, house.reloads.report,
      ]
      return (["Serving \(address)"] + troubles.compactMap { $0 }).joined(separator: "; ")
    }
    let keeper = ClockKeeper(clock: house.clock, store: house.store, work: house.work, log: house.log) {
      Systemd.status(status())
    }
    house.work.whenChanged { Systemd.status(status()) }
    let control = ControlSocket(log: house.log) { words in
      try await ClockCommand.answer(words, clock: house.clock, in: house, keep: keeper.confirm)
    }
    try await control.listen(at: house.places.control)
    house.log.notice("ready", ["address": address, "hall.address": hallAddress, "kiosk.socket": house.kioskSocket])
    Systemd.ready(status: status())
    keeper.start()
    house.damage.start { Systemd.status(status()) }
    let startAnew = { @Sendable in signals.startAnew() }
    let spaceKeeper = SpaceKeeper(
      space: house.space, log: house.log, whenWritable: house.store.isReadOnly ? startAnew : nil
    ) { Systemd.status(status()) }
    spaceKeeper.start()

    var code = ExitCode.ok
    for await signal in signals.stream {
      if signal == .startAnew {
        house.log.notice("the state can be written again: to be started anew")
        code = .tryAgain
      }
      guard signal == .reload else { break }
      Systemd.reloading()
      if await house.reload() { house.log.notice("reloaded") }
      Systemd.ready(status: status())
    }

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
}
