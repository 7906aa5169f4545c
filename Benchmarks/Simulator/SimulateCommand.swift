import Core
import Foundation

/// Plays a year of an office through the real queue and says how long people waited, how good the estimates were,
/// and what one counter more or less does.
package enum SimulateCommand {
  static let usage =
    "usage: gapura-simulate [--days 365] [--people 500] [--counters 18] [--seed 1] [--variation-days 90] [--keep DIRECTORY]"

  /// The first weeks, in which there is nothing to learn from, are not compared.
  private static let learningDayCount = 28

  /// - Returns: the exit code.
  package static func run(_ arguments: [String]) async -> Int32 {
    guard let options = SimulateOptions(arguments) else {
      line(usage)
      return 64
    }
    do {
      let clock = ContinuousClock()
      let start = clock.now
      if let kept = options.keptIn { return try await keep(options, in: kept) }
      line("a year of the hall: seed \(options.seed)")
      let (year, storage) = try await play(options, counterCount: options.counterCount, dayCount: options.dayCount)
      report(year, options, took: clock.now - start)
      line("\nthe database: \(tenths(Double(storage.byteCount) / 1_048_576, 10)) MB, \(storage.eventCount) events kept")
      guard options.variationDayCount > 0 else { return 0 }
      line("\none counter more or less, over the first \(options.variationDayCount) days")
      line("  counters  people   wait p50  p90  p99   over 60 min   last one served after closing, p50  p90")
      for count in [options.counterCount - 1, options.counterCount, options.counterCount + 1] where count > 0 {
        let days = try await play(options, counterCount: count, dayCount: options.variationDayCount).days
        row(days, counterCount: count)
      }
      return 0
    } catch {
      line("gapura-simulate: \(error)")
      return 1
    }
  }

  private static func play(
    _ options: SimulateOptions, counterCount: Int, dayCount: Int
  ) async throws -> (days: [(day: Int, outcome: DayOutcome)], storage: (byteCount: Int, eventCount: Int)) {
    let first = CivilDate(iso: "2026-01-01") ?? CivilDate(dayNumber: 0)
    let office = try await SimulatedOffice(counterCount: counterCount, seed: options.seed, from: first)
    var days: [(day: Int, outcome: DayOutcome)] = []
    let storage: (byteCount: Int, eventCount: Int)
    do {
      for day in 0..<dayCount {
        if let outcome = try await office.play(first.adding(days: day), peopleCount: options.peopleCount) {
          days.append((day, outcome))
        }
      }
      storage = try await office.storage()
    } catch {
      await office.close()
      throw error
    }
    await office.close()
    return (days, storage)
  }

  /// Plays the days before the working morning on which tests and benchmarks stand, with applications, and leaves the state.
  private static func keep(_ options: SimulateOptions, in directory: String) async throws -> Int32 {
    line("the past of an office: \(options.dayCount) days, seed \(options.seed)")
    let past = KeptPast(options: options, directory: URL(fileURLWithPath: directory))
    try await past.make { line("  days, bytes of the database, events, bytes of these: \($0)") }
    return 0
  }

  // MARK: saying it

  private static func report(_ year: [(day: Int, outcome: DayOutcome)], _ options: SimulateOptions, took: Duration) {
    let outcomes = year.map(\.outcome)
    let arrivals = outcomes.reduce(0) { $0 + $1.arrivalCount }
    line(
      "  \(outcomes.count) working days, \(arrivals) people, \(options.counterCount) counters, \(took.components.seconds) s"
    )
    line(
      "  finished \(outcomes.reduce(0) { $0 + $1.finishedCount }), not come \(outcomes.reduce(0) { $0 + $1.noShowCount }), "
        + "too late to be served \(outcomes.reduce(0) { $0 + $1.turnedAwayCount })"
        + ", settled at the end of the day \(outcomes.reduce(0) { $0 + $1.leftOpen })")
    let waits = outcomes.flatMap(\.waits)
    line("\nwaits in minutes, from the number to the first call: p50 p90 p99")
    waitRow("everybody", waits)
    waitRow("with an appointment", waits.filter { $0.visitor.appointedAt != nil })
    waitRow("on the priority line", waits.filter { $0.visitor.isPriority })
    waitRow("without either", waits.filter { $0.visitor.appointedAt == nil && !$0.visitor.isPriority })
    let samples = year.filter { $0.day >= learningDayCount }.flatMap(\.outcome.samples)
    line("\nestimates against what happened, after the first \(learningDayCount) days; minutes")
    accuracy("everybody", Accuracy(samples: samples))
    accuracy("no opening, no break within the wait", Accuracy(samples: samples.filter(\.isPlain)))
    accuracy("told more than 20 minutes", Accuracy(samples: samples.filter { $0.expected > 20 }))
  }

  private static func waitRow(_ name: String, _ waits: [DayOutcome.Wait]) {
    let minutes = Quantiles(waits.map(\.minutes))
    line("  \(padded(name, 40))\([0.5, 0.9, 0.99].map { figure(minutes.at($0)) }.joined(separator: "  "))")
  }

  private static func accuracy(_ name: String, _ accuracy: Accuracy) {
    line("  \(name): \(accuracy.count) people")
    line("    median absolute error                   \(figure(accuracy.error))")
    line(
      "    of people waiting × mean ÷ counters     \(figure(accuracy.naiveHallError)) (whole hall)  \(figure(accuracy.naiveLineError)) (own line)"
    )
    line("    = ratio to the better of the two        \(hundredths(accuracy.ratio)) (goal: below 0.67)")
    line(
      "    the range held for                      \(figure(accuracy.coverage)) %, its median width \(figure(accuracy.width))"
    )
  }

  private static func row(_ days: [(day: Int, outcome: DayOutcome)], counterCount: Int) {
    let waits = Quantiles(days.flatMap(\.outcome.waits).map(\.minutes))
    let late = days.flatMap(\.outcome.waits).count { $0.minutes > 60 }
    let last = Quantiles(days.map(\.outcome.lastCall))
    let share = waits.count == 0 ? 0 : Double(late) * 100 / Double(waits.count)
    line(
      "  \(padded(String(counterCount), 10))\(padded(String(waits.count), 9))\(padded(figure(waits.at(0.5)), 10))"
        + "\(padded(figure(waits.at(0.9)), 5))\(padded(figure(waits.at(0.99)), 6))\(padded(figure(share) + " %", 14))"
        + "\(figure(last.at(0.5)))  \(figure(last.at(0.9)))")
  }

  private static func figure(_ value: Double) -> String { tenths(value, 10) }
  private static func hundredths(_ value: Double) -> String { tenths(value, 100) }

  private static func tenths(_ value: Double, _ unit: Int) -> String {
    let whole = Int((value * Double(unit)).rounded())
    let rest = String(whole % unit)
    return "\(whole / unit).\(String(repeating: "0", count: String(unit).count - 1 - rest.count))\(rest)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func line(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}

/// What is played.
struct SimulateOptions {
  var dayCount = 365
  var peopleCount = 500
  var counterCount = 18
  var seed: UInt64 = 1
  var variationDayCount = 90
  /// Where the state is left; nil for a year of which only the account is wanted.
  var keptIn: String?

  /// nil for what cannot be understood.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      guard let text = rest.popFirst() else { return nil }
      if name == "--keep" {
        keptIn = text
        continue
      }
      guard let value = Int(text), value >= 0 else { return nil }
      switch name {
      case "--days": dayCount = value
      case "--people": peopleCount = value
      case "--counters" where value > 0: counterCount = value
      case "--seed": seed = UInt64(value)
      case "--variation-days": variationDayCount = value
      default: return nil
      }
    }
  }
}
