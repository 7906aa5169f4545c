import Client
import Day
import Foundation
import Measuring

// MARK: signing in, against strangers

extension BenchCommand {
  @Sendable static func tries() async throws {
    let count = setting("GAPURA_BENCH_TRIES", or: 200)
    Output.title("\(count) tries to sign in, each under an unknown, a known and a delayed name in turns")
    try await withOffice { office in
      let result = try TryBench(office: office, count: count).measure()
      for (name, times) in [("unknown", result.unknown), ("known", result.known), ("delayed", result.delayed)] {
        Output.row("\(name) names, p50/p90/p99", times.summary)
      }
      let name = "furthest median from that of known names, as a part of it"
      try MissedGoals.check([
        (name: name, isKept: Output.goal(name, result.difference, atMost: TryBench.Result.differenceMax))
      ])
    }
  }

  @Sendable static func storm() async throws {
    let seconds = setting("GAPURA_BENCH_STORM_SECONDS", or: 600)
    let names = setting("GAPURA_BENCH_STORM_NAMES", or: 10_000)
    Output.title("\(StormBench.attackerCount) senders that try \(names) invented names each, over \(seconds) seconds")
    try await withOffice { office in
      let bench = StormBench(office: office, names: names, duration: .seconds(seconds))
      let result = try await bench.measure()
      guard result.own.count > 0, result.new.count > 0, result.answers.values.reduce(0, +) > 0 else {
        throw Trouble("nothing was tried in the storm")
      }
      Output.row("calls, quiet, p50/p90/p99", result.quiet.summary)
      Output.row("calls, in the storm, p50/p90/p99", result.stormy.summary)
      Output.row("sign-ins, officers' own browsers, p50/p90/p99", result.own.summary)
      Output.row("sign-ins, new browsers, p50/p90/p99", result.new.summary)
      for (status, count) in result.answers.sorted(by: { $0.key < $1.key }) {
        Output.row("  answers \(status)", "\(count)")
      }
      Output.row("memory that the server has grown by", "\(result.grownKiB / 1024) MiB")
      try MissedGoals.check(goals(of: result))
    }
  }

  private static func goals(of result: StormBench.Result) -> [(name: String, isKept: Bool)] {
    let goals = [
      ("p99 of calls, storm : quiet", result.slowness, StormBench.Result.slownessMax),
      ("processors for the attackers", result.processors, StormBench.Result.processorMax),
      (
        "slowest sign-in at an own browser in seconds", result.own.percentile(1).seconds,
        StormBench.Result.signInSecondsMax
      ),
      ("officers who were not let in", Double(result.refusedCount), 0),
      ("rows that are kept of failures", Double(result.rowCount), StormBench.Result.rowCountMax),
    ]
    return goals.map { name, figure, most in (name: name, isKept: Output.goal(name, figure, atMost: most)) }
  }
}
