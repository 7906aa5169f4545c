import Client
import Day
import Foundation
import Measuring

/// `gapura-bench`: figures as ratios against the bare libraries, all in one run, so that a slow machine does not
/// change the verdict.
enum BenchCommand {
  /// Everything random comes from it.
  static let seed: UInt64 = 1

  /// What is measured under a name of its own.
  private struct Part {
    let name: String
    /// Whether it is played only where it is named.
    var isAskedFor = false
    let run: @Sendable () async throws -> Void
  }

  private static let parts = [
    Part(name: "journal", run: journal), Part(name: "tickets", run: tickets), Part(name: "sealing", run: sealing),
    Part(name: "visits", run: visits), Part(name: "followers", run: followers), Part(name: "displays", run: displays),
    Part(name: "footprint", run: footprint), Part(name: "day", run: day), Part(name: "years", run: years),
    Part(name: "phone", run: phone), Part(name: "flood", run: flood), Part(name: "tries", run: tries),
    Part(name: "storm", run: storm),
    Part(name: "profile", isAskedFor: true, run: profile),
  ]

  /// What a part throws at its end that did not reach what it is measured by.
  struct MissedGoals: Error {
    let names: [String]

    /// - Parameter goals: each with whether it was kept.
    /// - Throws: itself with those that were not.
    static func check(_ goals: [(name: String, isKept: Bool)]) throws {
      let missed = goals.filter { !$0.isKept }.map(\.name)
      guard missed.isEmpty else { throw MissedGoals(names: missed) }
    }
  }

  /// - Parameter names: the parts to run; all where there are none.
  /// - Returns: 1 where something could not be measured or a goal was missed.
  static func run(_ names: [String]) async -> Int32 {
    guard names.allSatisfy({ name in parts.contains { $0.name == name } }) else {
      Output.line("usage: gapura-bench [\(parts.map(\.name).joined(separator: "|"))]…")
      return 64
    }
    do {
      var missed: [String] = []
      for part in parts where names.contains(part.name) || names.isEmpty && !part.isAskedFor {
        do { try await part.run() } catch let goals as MissedGoals { missed += goals.names }
      }
      for goal in missed { Output.line("gapura-bench: missed: \(goal)") }
      return missed.isEmpty ? 0 : 1
    } catch {
      Output.line("gapura-bench: \(error)")
      return 1
    }
  }

  static func withOffice<Value>(_ work: (OfficeProcess) async throws -> Value) async throws -> Value {
    let office = try OfficeProcess(at: nil)
    defer { office.remove() }
    try office.openAroundTheClock()
    return try await work(office)
  }

  /// A whole number that the environment sets.
  static func setting(_ name: String, or usual: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
  }
}

// MARK: in this process, against the bare libraries

extension BenchCommand {
  /// Each figure is the median of so many, taken in turns, so that a noisy neighbour disturbs all alike.
  private static let roundCount = 5

  @Sendable private static func journal() async throws {
    Output.title(
      "events appended to the journal against bare SQLite writing their rows, medians of \(roundCount) rounds")
    let benches = [(1, 1024), (64, 16_384), (1024, 65_536)].map { JournalBench(batch: $0, count: $1) }
    var (appended, bare): ([Int: [Double]], [Int: [Double]]) = ([:], [:])
    for _ in 0..<roundCount {
      try await withOffice { office in
        for bench in benches {
          appended[bench.batch, default: []].append(try await bench.rate(in: office.directory))
          bare[bench.batch, default: []].append(try bench.bareRate(in: office.directory))
        }
      }
    }
    let rates = benches.map { bench in
      (batch: bench.batch, ours: appended[bench.batch, default: []].median, bare: bare[bench.batch, default: []].median)
    }
    for (batch, ours, bare) in rates {
      Output.row("appends, \(batch) a commit", perSecond: ours)
      Output.row("bare SQLite, \(batch) rows a commit", perSecond: bare)
    }
    for (batch, ours, bare) in rates { Output.ratio("appends, \(batch) a commit : bare rows", ours, bare) }
  }

  private static let batches = [1, 8, 64, 512, 4096]

  @Sendable private static func tickets() async throws {
    Output.title("durable ticket issues against bare SQLite writing the same rows, medians of \(roundCount) rounds")
    var (one, many): ([Measured], [Measured]) = ([], [])
    var rates: [Int: [Double]] = [:]
    var rowCount = 0
    for _ in 0..<roundCount {
      try await withOffice { office in
        let measured = try await MeasuredModules.open(office)
        one.append(try await TicketBench(measured: measured).rate(takers: 1, ticketCount: 1024))
        await measured.close()
      }
      try await withOffice { office in
        let measured = try await MeasuredModules.open(office)
        many.append(try await TicketBench(measured: measured).rate(takers: 64, ticketCount: 4096))
        let database = measured.database
        await measured.close()
        let rows = try BareTickets(from: database)
        rowCount = rows.rowsPerTicket
        for batch in batches {
          let rate = try rows.rate(batch: batch, limit: batch == 1 ? 1024 : 4096, in: office.directory)
          rates[batch, default: []].append(rate)
        }
      }
    }
    Output.row("rows a ticket", "\(rowCount)")
    try say(one: middle(one), many: middle(many), bare: rates.mapValues(\.median))
  }

  /// - Parameter bare: rates of SQLite alone by how many tickets a commit has.
  private static func say(one: Measured, many: Measured, bare: [Int: Double]) throws {
    Output.row("service, 1 taker", perSecond: one.rate, note: one.latencies.summary)
    Output.row("service, 64 takers", perSecond: many.rate, note: many.latencies.summary)
    for (batch, rate) in bare.sorted(by: { $0.key < $1.key }) {
      Output.row("bare SQLite, \(batch) tickets a commit", perSecond: rate)
    }
    let (each, crowd) = (bare[1] ?? 1, bare[64] ?? 1)
    let best = bare.max { $0.value < $1.value } ?? (1, 1)
    let (single, shared) = ("1 taker : bare, one commit a row", "64 takers : bare, 64 tickets a commit")
    let isSingleKept = Output.goal(single, one.rate / each, atLeast: 0.7)
    let isSharedKept = Output.goal(shared, many.rate / crowd, atLeast: 0.35)
    Output.ratio("64 takers : bare, one commit a row", many.rate, each)
    Output.ratio("64 takers : bare, best batch (\(best.key))", many.rate, best.value)
    try MissedGoals.check([(single, isSingleKept), (shared, isSharedKept)])
  }

  private static func middle(_ measured: [Measured]) -> Measured {
    measured.isEmpty ? .none : measured.sorted()[measured.count / 2]
  }

  @Sendable private static func sealing() async throws {
    Output.title(
      "sealed records against bare libcrypto (AES-256-GCM of the same bytes), medians of \(roundCount) rounds")
    var (sealed, bare, withRow): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<roundCount {
      try await withOffice { office in
        let measured = try await MeasuredModules.open(office)
        let bench = SealBench(measured: measured)
        sealed.append(try await bench.vaultRate())
        bare.append(bench.bareRate())
        withRow.append(try bench.bareRateWithRow(in: office.directory))
        await measured.close()
      }
    }
    Output.row("Vault, in a transaction", perSecond: sealed.median)
    Output.row("bare libcrypto, \(SealBench.paddedByteCount) bytes", perSecond: bare.median)
    Output.row("bare libcrypto and a bare row", perSecond: withRow.median)
    Output.ratio("Vault : bare libcrypto", sealed.median, bare.median)
    Output.ratio("Vault : bare libcrypto and a bare row", sealed.median, withRow.median)
  }
}
