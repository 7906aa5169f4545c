import Day
import Foundation
import Measuring

// MARK: an office of five years

extension BenchCommand {
  private static let reportMillisecondsMax = 30.0
  private static let unknownTableMillisecondsMax = 5.0
  private static let reportMegabytesMax = 5.0
  /// How many times what it takes in an office of ten days a page may take in one of five years.
  private static let growthMax = 1.5
  private static let portalSlownessMax = 2.0

  @Sendable static func years() async throws {
    Output.title("an office of five years, as the simulator has played it, against one of ten days")
    try sayGrowth()
    let bench = YearsBench()
    let pages = try bench.comparePages()
    Output.row("/metrics, ten days and five years", milliseconds(pages.young.metrics, pages.old.metrics))
    Output.row("work list, ten days and five years", milliseconds(pages.young.workList, pages.old.workList))
    let month = try await bench.month()
    Output.row("month report", month.report.summary)
    Output.row("the portal, quiet", month.portalQuiet.summary)
    Output.row("the portal, while a month is read", month.portalMeanwhile.summary)
    let portal = month.portalMeanwhile.percentile(0.99) / month.portalQuiet.percentile(0.99)
    let goals: [(name: String, figure: Double, most: Double)] = [
      ("/metrics, five years : ten days", growth(pages.young.metrics, pages.old.metrics), growthMax),
      ("work list, five years : ten days", growth(pages.young.workList, pages.old.workList), growthMax),
      ("month report, p50 in ms", month.report.percentile(0.5).inMilliseconds, reportMillisecondsMax),
      ("portal's p99 while a month is read : quiet", portal, portalSlownessMax),
      ("memory added by month reports in MB", Double(max(0, month.addedKiB)) / 1024, reportMegabytesMax),
      (
        "an unknown table's CSV, p50 in ms", month.unknownTable.percentile(0.5).inMilliseconds,
        unknownTableMillisecondsMax
      ),
    ]
    try MissedGoals.check(
      goals.map { goal in (name: goal.name, isKept: Output.goal(goal.name, goal.figure, atMost: goal.most)) })
  }

  private static func sayGrowth() throws {
    let growth = try PastOffice.growth(of: YearsBench.old)
    guard let first = growth.first, let last = growth.last else { throw Trouble("growth.txt says nothing") }
    for year in [first, last] {
      let (size, events) = (year[1] / 1_048_576, year[3] / 1_048_576)
      Output.row("database after \(year[0]) days", "\(size) MB, of it \(events) MB in \(year[2]) events")
    }
    Output.less("database after a simulated year in MB", Double(first[1]) / 1_048_576)
  }

  /// The median of the rounds' ratios: each round asked both.
  private static func growth(_ young: [Double], _ old: [Double]) -> Double {
    zip(young, old).map { young, old in old / max(young, .leastNormalMagnitude) }.median
  }

  private static func milliseconds(_ young: [Double], _ old: [Double]) -> String {
    [young, old].map { String(format: "%.1f", $0.median) }.joined(separator: " and ") + " ms"
  }
}
