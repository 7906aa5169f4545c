import Bare
import Contracts
import Core
import Day
import Foundation
import Store

/// What was measured: how many a second, and how long each took.
struct Measured: Sendable {
  let rate: Double
  let latencies: Distribution

  init(_ latencies: [Duration], in total: Duration) {
    self.latencies = Distribution(latencies)
    rate = Double(latencies.count) / total.seconds
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// Takes numbers through the queue's service; each is durable when it is handed out.
struct TicketBench: Sendable {
  let house: InHouse

  /// - Parameter takers: how many take numbers at the same time.
  func rate(takers: Int, ticketCount: Int) async throws -> Measured {
    let queue = house.services.require((any QueueService).self)
    let catalogue = house.services.require((any CatalogueService).self)
    let services = catalogue.services(on: OfficeZone.wib.date(of: SystemClock().now)).map(\.code)
    let clock = ContinuousClock()
    let start = clock.now
    let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for taker in 0..<takers {
        group.addTask {
          var latencies: [Duration] = []
          for count in 0..<(ticketCount / takers) {
            let begun = clock.now
            _ = try await queue.takeNumber(
              TicketRequest(
                service: services[(taker + count) % services.count], application: nil, needs: Needs(), channel: .kiosk,
                submission: "\(takers)-\(taker)-\(count)"))
            latencies.append(clock.now - begun)
          }
          return latencies
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return Measured(latencies, in: clock.now - start)
  }

  /// The tables with their indexes as they are, without rows, for the bare side.
  func emptyCopy(in directory: URL) async throws -> String {
    let statements: [String] = try await house.store.read { snapshot in
      try snapshot.rows(
        """
        SELECT sql FROM sqlite_schema
        WHERE sql IS NOT NULL AND tbl_name IN ('queue_series', 'queue_ticket', 'store_events') ORDER BY type DESC, name
        """
      ) { try $0.get(0) }
    }
    let path = directory.appendingPathComponent("bare.db").path
    let bare = try BareDatabase(at: path)
    try bare.run("PRAGMA journal_mode = WAL")
    for statement in statements { try bare.run(statement) }
    return path
  }
}

/// The same rows, written by SQLite alone under the same settings.
struct BareTickets {
  let database: String

  /// - Parameter batch: rows a commit.
  func rate(batch: Int, rowCount: Int) throws -> Double {
    let bare = try BareDatabase(at: database)
    for setting in ["synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "wal_autocheckpoint = 1000"] {
      try bare.run("PRAGMA \(setting)")
    }
    let statements = try Statements(bare)
    let clock = ContinuousClock()
    let start = clock.now
    for first in stride(from: 0, to: rowCount, by: batch) {
      try bare.run("BEGIN IMMEDIATE")
      for row in first..<min(first + batch, rowCount) { try statements.issue("\(batch)-\(row)") }
      try bare.run("COMMIT")
    }
    return Double(rowCount) / (clock.now - start).seconds
  }

  private struct Statements {
    let series: BareStatement
    let ticket: BareStatement
    let event: BareStatement

    init(_ bare: BareDatabase) throws {
      series = try BareStatement(
        """
        INSERT INTO queue_series (day, letter, last) VALUES ('2026-11-23', 'A', 1)
        ON CONFLICT (day, letter) DO UPDATE SET last = last + 1 RETURNING last
        """, of: bare)
      ticket = try BareStatement(
        """
        INSERT INTO queue_ticket (code, day, letter, number, service, priority, channel, submission, state, issued_at)
        VALUES (?1, '2026-11-23', 'A', ?2, 'paspor-elektronik-10', 0, 'kiosk', ?1, 'waiting', 1795000000000)
        RETURNING id
        """, of: bare)
      event = try BareStatement(
        """
        INSERT INTO store_events (instant, kind, entity, payload)
        VALUES (1795000000000, 'ticket.issued', ?1, '{"number":"A-001"}')
        """, of: bare)
    }

    func issue(_ code: String) throws {
      _ = try series.step()
      let number = series.integer(0)
      series.reset()
      ticket.bind(1, code)
      ticket.bind(2, number)
      _ = try ticket.step()
      ticket.reset()
      event.bind(1, code)
      _ = try event.step()
      event.reset()
    }
  }
}
