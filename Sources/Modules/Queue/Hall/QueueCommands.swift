import Civil
import Contracts
import Core
import Forecast

/// `gapura queue …`.
struct QueueCommands: Sendable {
  let counters: CounterService
  let dayEnd: DayEnd

  func commands() -> [Command] {
    [
      Command(
        ["queue", "close-day"], usage: "[--date YYYY-MM-DD] [--confirm] | --left",
        summary: "Settle every open ticket of today, of the days up to a date, or what a day left (--left); repeatable",
        run: closeDay)
    ]
  }

  @Sendable private func closeDay(_ input: CommandInput) async throws -> CommandOutput {
    guard input.arguments.isEmpty, input.options.keys.allSatisfy(["date", "left", "confirm"].contains) else {
      throw UsageError("queue close-day takes --date YYYY-MM-DD and --confirm, or --left")
    }
    try counters.clock.requireBelieved()
    let close = DayClose(counters: counters)
    if input.options["left"] != nil {
      let settled = try await close.endLeftover(dayEnd, by: .system("command"))
      return CommandOutput(["what was left has ended: \(settled.total) numbers, \(settled.missed) appointments"])
    }
    let today = counters.zone.date(of: counters.clock.now)
    var day = today
    if let written = input.options["date"] {
      guard let date = try? TypedDate.read(written), date <= today else {
        throw UsageError("--date is a day up to today, such as \(today)")
      }
      day = date
    }
    let open = try await close.open(upTo: day)
    guard input.options["confirm"] != nil || !open.isMuch(by: dayEnd.rules.now) else {
      throw Problem(
        .conflict, "queue.close-much", ["count": String(open.numbers.left), "total": String(open.numbers.all)])
    }
    let settled = try await close.close(day, by: .system("command"))
    return CommandOutput([
      "\(day): \(settled.total) open tickets settled, \(settled.noShow) as no-show, \(settled.cancelled) as cancelled"
    ])
  }
}
