import Client
import Day
import Foundation

/// `gapura-bench`: figures as ratios against the bare libraries, all in one run, so that a slow machine does not
/// change the verdict.
enum BenchCommand {
  /// Everything random comes from it.
  static let seed: UInt64 = 1

  /// - Parameter chosen: which parts to measure; none for all.
  static func run(_ chosen: [String]) async -> Int32 {
    let parts: [(name: String, measure: () async throws -> Void)] = [
      ("tickets", tickets), ("sealing", sealing), ("visits", visits), ("footprint", footprint),
    ]
    guard chosen.allSatisfy({ name in parts.contains { $0.name == name } }) else {
      Output.line("usage: gapura-bench [PART ...]; parts: \(parts.map(\.name).joined(separator: ", "))")
      return 64
    }
    do {
      for part in parts where chosen.isEmpty || chosen.contains(part.name) { try await part.measure() }
      return 0
    } catch {
      Output.line("gapura-bench: \(error)")
      return 1
    }
  }

  private static func withOffice<Value>(_ work: (OfficeProcess) async throws -> Value) async throws -> Value {
    let office = try OfficeProcess()
    defer { office.remove() }
    return try await work(office)
  }

  // MARK: Durable tickets

  /// Each figure is the best of so many, taken in turns, so that a noisy neighbour disturbs all alike.
  private static let roundCount = 3
  private static let batches = [1, 8, 64, 512, 4096]

  private static func tickets() async throws {
    Output.title("durable ticket issues against bare SQLite writing the same rows")
    var (one, many) = (Measured.none, Measured.none)
    var bare: [Int: Double] = [:]
    var rowCount = 0
    for _ in 0..<roundCount {
      try await withOffice { office in
        let house = try await InHouse.open(office)
        one = max(one, try await TicketBench(house: house).rate(takers: 1, ticketCount: 1024))
        await house.close()
      }
      try await withOffice { office in
        let house = try await InHouse.open(office)
        many = max(many, try await TicketBench(house: house).rate(takers: 64, ticketCount: 4096))
        let database = house.database
        await house.close()
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

  private static func sealing() async throws {
    Output.title("sealed records against bare libcrypto (AES-256-GCM of the same bytes)")
    var (sealed, bare, withRow) = (0.0, 0.0, 0.0)
    for _ in 0..<roundCount {
      try await withOffice { office in
        let house = try await InHouse.open(office)
        let bench = SealBench(house: house)
        sealed = max(sealed, try await bench.vaultRate())
        bare = max(bare, bench.bareRate())
        withRow = max(withRow, try bench.bareRateWithRow(in: office.directory))
        await house.close()
      }
    }
    Output.row("Vault, in a transaction", perSecond: sealed)
    Output.row("bare libcrypto, \(SealBench.paddedByteCount) bytes", perSecond: bare)
    Output.row("bare libcrypto and a bare row", perSecond: withRow)
    Output.ratio("Vault : bare libcrypto", sealed, bare)
    Output.ratio("Vault : bare libcrypto and a bare row", sealed, withRow)
  }

  // MARK: Visits

  private static func visits() async throws {
    Output.title("complete visits through HTTP: number, call, start, finish, and every page on the way")
    try await withOffice { office in
      let bench = try VisitBench(office, counterCount: 16)
      for (clients, visits) in [(1, 100), (16, 480)] {
        let result = try await bench.rate(clients: clients, visitCount: visits)
        Output.row(
          "\(clients) client\(clients == 1 ? "" : "s")", perSecond: result.rate, note: result.latencies.summary)
      }
    }
  }

  // MARK: Footprint

  private static func footprint() async throws {
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
