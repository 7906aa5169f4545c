import Contracts
import Core
import Store

/// `gapura clock`: whether the machine's date is believed, and how to confirm it. Asks the daemon where one runs, because
/// it would go on doubting otherwise; else the store.
struct ClockCommand {
  static let usage = "usage: gapura clock [trust]"
  private static let believed = "the date is believed"

  let input: CommandLineInput
  let places: Places
  let environment: [String: String]

  /// - Throws: `UsageError`; `Problem` `control.refused`; `StoreError`.
  func run() async throws -> ExitCode {
    guard input.words == ["clock"] || input.words == ["clock", "trust"],
      input.options.keys.allSatisfy(Places.options.contains)
    else { throw UsageError(Self.usage) }
    let lines =
      if let answer = try ControlSocket.ask(input.words.joined(separator: " "), at: places.control) { answer } else {
        try await askStore(input.words)
      }
    for line in lines { print(line) }
    // For scripts: in doubt it is not "all is well".
    return lines.first?.hasPrefix(Self.believed) == true ? .ok : .unavailable
  }

  private func askStore(_ words: [String]) async throws -> [String] {
    try StateOwner.become(ownerOf: places.state)
    let composition = try await Composition.build(
      places: places, environment: environment, log: StandardErrorLog(least: .warning))
    let lines = try await Self.answer(words, clock: composition.clock, in: composition) {
      try await composition.store.keep($0)
    }
    await composition.stop()
    return lines
  }

  /// Answers the words of the command, in the daemon or beside it.
  static func answer(
    _ words: [String], clock: TrustedClock, in composition: Composition, keep: (ClockReading) async throws -> Void
  ) async throws -> [String] {
    switch words {
    case ["clock"]: break
    case ["clock", "trust"]: try await keep(clock.believe())
    default: throw Problem(.notFound, "control.refused")
    }
    let now = composition.office.zone.timestamp(clock.now)
    guard let doubt = clock.doubt else { return ["\(believed): \(now)"] }
    let seen = try await composition.store.clockReading()
    return [
      doubt.report, "the machine's date: \(composition.office.zone.timestamp(SystemClock().now))",
      "last believed: \(seen.map { composition.office.zone.timestamp($0.wall) } ?? "never")",
      "the hall goes on by \(now); nothing of a person is erased, settled or forgotten",
    ]
  }
}
