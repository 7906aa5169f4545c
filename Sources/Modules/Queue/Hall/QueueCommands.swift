import Civil
import Contracts
import Core

/// `gapura queue …`.
struct QueueCommands: Sendable {
  let counters: CounterDesk

  func commands() -> [Command] {
    [
      Command(
        ["queue", "close-day"], usage: "[--date YYYY-MM-DD]",
        summary: "Settle every open ticket of today, or of the days up to a date; harmless when repeated", run: closeDay
      )
    ]
  }

  @Sendable private func closeDay(_ input: CommandInput) async throws -> CommandOutput {
    try counters.clock.requireBelieved()
    let today = counters.zone.date(of: counters.clock.now)
    var day = today
    if let written = input.options["date"] {
      guard let date = try? TypedDate.read(written), date <= today else {
        throw UsageError("--date is a day up to today, such as \(today)")
      }
      day = date
    }
    let settled = try await DayClose(counters: counters).close(day, by: .system("command"))
    return CommandOutput([
      "\(day): \(settled.total) open tickets settled, \(settled.noShow) as no-show, \(settled.cancelled) as cancelled"
    ])
  }
}
