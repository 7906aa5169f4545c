import Client
import Day
import Foundation

/// `gapura-bench`: figures as ratios against the bare libraries, all in one run, so that a slow machine does not
/// change the verdict.
enum BenchCommand {
  /// Everything random comes from it.
  static let seed: UInt64 = 1

  /// By the names with which each can be run alone.
  private static let parts: [(name: String, run: @Sendable () async throws -> Void)] = [
    ("tickets", tickets), ("sealing", sealing), ("visits", visits), ("followers", followers), ("footprint", footprint),
    ("phone", phone), ("flood", flood),
  ]

  /// What a part throws at its end that did not reach what it is measured by.
  private struct MissedGoals: Error { let names: [String] }

  /// - Parameter names: the parts to run; all where there are none.
  /// - Returns: 1 where something could not be measured or a goal was missed.
  static func run(_ names: [String]) async -> Int32 {
    guard names.allSatisfy({ name in parts.contains { $0.name == name } }) else {
      Output.line("usage: gapura-bench [\(parts.map(\.name).joined(separator: "|"))]…")
      return 64
    }
    do {
      var missed: [String] = []
      for part in parts where names.isEmpty || names.contains(part.name) {
        do { try await part.run() } catch let goals as MissedGoals { missed += goals.names }
      }
      for goal in missed { Output.line("gapura-bench: missed: \(goal)") }
      return missed.isEmpty ? 0 : 1
    } catch {
      Output.line("gapura-bench: \(error)")
      return 1
    }
  }

  private static func withOffice<Value>(_ work: (OfficeProcess) async throws -> Value) async throws -> Value {
    let office = try OfficeProcess(at: nil)
    defer { office.remove() }
    try office.openAroundTheClock()
    return try await work(office)
  }

  // MARK: Durable tickets

  /// Each figure is the best of so many, taken in turns, so that a noisy neighbour disturbs all alike.
  private static let roundCount = 3
  private static let batches = [1, 8, 64, 512, 4096]

  @Sendable private static func tickets() async throws {
    Output.title("durable ticket issues against bare SQLite writing the same rows")
    var (one, many) = (Measured.none, Measured.none)
    var bare: [Int: Double] = [:]
    var rowCount = 0
    for _ in 0..<roundCount {
      try await withOffice { office in
        let measured = try await MeasuredModules.open(office)
        one = max(one, try await TicketBench(measured: measured).rate(takers: 1, ticketCount: 1024))
        await measured.close()
      }
      try await withOffice { office in
        let measured = try await MeasuredModules.open(office)
        many = max(many, try await TicketBench(measured: measured).rate(takers: 64, ticketCount: 4096))
        let database = measured.database
        await measured.close()
        let rows = try BareTickets(from: database)
        rowCount = rows.rowsPerTicket
        for batch in batches {
          let rate = try rows.rate(batch: batch, limit: batch == 1 ? 1024 : 4096, in: office.directory)
          bare[batch] = max(bare[batch] ?? 0, rate)
        }
      }
    }
    let best = bare.max { $0.value < $1.value } ?? (1, 1)
    Output.row("rows a ticket", "\(rowCount)")
    Output.row("service, 1 taker", perSecond: one.rate, note: one.latencies.summary)
    Output.row("service, 64 takers", perSecond: many.rate, note: many.latencies.summary)
    for (batch, rate) in bare.sorted(by: { $0.key < $1.key }) {
      Output.row("bare SQLite, \(batch) tickets a commit", perSecond: rate)
    }
    Output.ratio("1 taker : bare, one commit a row", one.rate, bare[1] ?? 1)
    Output.ratio("64 takers : bare, one commit a row", many.rate, bare[1] ?? 1)
    Output.ratio("64 takers : bare, best batch (\(best.key))", many.rate, best.value)
  }

  // MARK: Sealing

  @Sendable private static func sealing() async throws {
    Output.title("sealed records against bare libcrypto (AES-256-GCM of the same bytes)")
    var (sealed, bare, withRow) = (0.0, 0.0, 0.0)
    for _ in 0..<roundCount {
      try await withOffice { office in
        let measured = try await MeasuredModules.open(office)
        let bench = SealBench(measured: measured)
        sealed = max(sealed, try await bench.vaultRate())
        bare = max(bare, bench.bareRate())
        withRow = max(withRow, try bench.bareRateWithRow(in: office.directory))
        await measured.close()
      }
    }
    Output.row("Vault, in a transaction", perSecond: sealed)
    Output.row("bare libcrypto, \(SealBench.paddedByteCount) bytes", perSecond: bare)
    Output.row("bare libcrypto and a bare row", perSecond: withRow)
    Output.ratio("Vault : bare libcrypto", sealed, bare)
    Output.ratio("Vault : bare libcrypto and a bare row", sealed, withRow)
  }

  // MARK: Visits

  @Sendable private static func visits() async throws {
    Output.title("visits through HTTP: number, call, start, finish; the bare steps, or with every page on the way")
    try await withOffice { office in
      let bench = try VisitBench(office, counterCount: 64)
      for style in VisitStyle.allCases {
        for (clients, visits) in [(1, 200), (16, 960), (64, 1920)] {
          let result = try await bench.rate(clients: clients, visitCount: visits, style)
          Output.row(
            "\(style), \(clients) client\(clients == 1 ? "" : "s")", perSecond: result.visits.rate,
            note: result.visits.latencies.summary)
          Output.row("  server's processor time a visit", "\(result.serverTime)")
        }
      }
    }
  }

  // MARK: Displays and phones

  @Sendable private static func followers() async throws {
    // A fifth of them displays, as many as the environment says.
    let wanted = ProcessInfo.processInfo.environment["GAPURA_BENCH_FOLLOWERS"].flatMap { Int($0) } ?? 1000
    let displays = max(1, wanted / 5)
    let phones = max(1, wanted - displays)
    Output.title("a call, to \(displays) open displays and \(phones) phone pages, through HTTP")
    try await withOffice { office in
      let result = try await FollowBench(office: office, displayCount: displays, phoneCount: phones).measure()
      Output.row("commit to bytes received, p50/p90/p99", result.commit.summary)
      Output.row("  at the displays", result.displays.summary)
      Output.row("  on the phones", result.phones.summary)
      Output.row("officer's key to bytes received", result.key.summary)
      Output.row("streams that missed a call", "\(result.missed)")
      Output.row("bytes to each stream for a call", "\(result.bytesReceivedPerCall)")
      Output.row("memory of the server for each stream", "\(result.byteCountPerStream / 1024) KiB")
    }
  }

  // MARK: A phone on a slow line

  @Sendable private static func phone() async throws {
    Output.title("a phone that was never here, at 250/50 kbit/s and 300 ms, through nginx with TLS: first words")
    try await withOffice { office in
      let results = try await PhoneBench(office: office).measure()
      for result in results {
        Output.row("\(result.page), p50/p90/p99", result.paints.summary)
        Output.row("  bytes down the line", "\(result.byteCount)")
        Output.row("  goal for the half: \(result.goal)", result.isKept ? "kept" : "MISSED")
      }
    }
  }

  // MARK: A flood

  @Sendable private static func flood() async throws {
    Output.title("an officer's call over the hall's listener, while one client floods the portal")
    try await withOffice { office in
      let result = try await FloodBench(office: office).measure()
      Output.row("quiet, p50/p90/p99", result.quiet.summary)
      Output.row("flooded, p50/p90/p99", result.flooded.summary)
      Output.row("  pages and refusals of the flooder", "\(result.pagesPerSecond)/s, \(result.refusalsPerSecond)/s")
      for (part, processors) in result.costs { Output.row("  processors for its \(part)", hundredths: processors) }
      let goals = [
        ("p99 flooded : quiet", result.slowness, FloodBench.Result.slownessMax),
        ("processors for the flooder", result.processors, FloodBench.Result.processorMax),
      ]
      let missed = goals.filter { name, figure, most in !Output.goal(name, figure, atMost: most) }.map(\.0)
      guard missed.isEmpty else { throw MissedGoals(names: missed) }
    }
  }

  // MARK: Footprint

  @Sendable private static func footprint() async throws {
    Output.title("footprint of the release executable")
    let executable = OfficeProcess.builtExecutable
    let size = try FileManager.default.attributesOfItem(atPath: executable.path)[.size] as? Int ?? 0
    Output.row("size on disk", "\(size / 1024) KiB")
    try await withOffice { office in
      let starts = try Footprint.startTimes(of: office, count: 9)
      Output.row("start to READY", starts.summary)
    }
    try await withOffice { office in
      let day = try await Footprint.day(at: office, peopleCount: 200, seed: seed)
      Output.row("resident after start", "\(day.residentBefore) KiB")
      Output.row("resident after a day of 200", "\(day.residentAfter) KiB")
      Output.row("that day's requests", "\(day.result.latencies.count), \(day.result.requestsPerSecond)/s")
      Output.row("their time", day.result.latencies.summary)
      Output.row("its kiosk answers", day.result.kioskLatencies.summary)
      Output.row("its errors, disagreements", "\(day.result.errors.count), \(day.result.disagreements.count)")
    }
  }
}
