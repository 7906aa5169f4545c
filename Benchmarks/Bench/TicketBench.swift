import Bare
import Contracts
import Core
import Day
import Foundation
import Measuring
import Store

/// What was measured: how many a second, and how long each took.
struct Measured: Sendable, Comparable {
  static let none = Measured([], in: .seconds(1))

  let rate: Double
  let latencies: Distribution

  init(_ latencies: [Duration], in total: Duration) {
    self.latencies = Distribution(latencies)
    rate = Double(latencies.count) / total.seconds
  }

  static func < (left: Self, right: Self) -> Bool { left.rate < right.rate }
  static func == (left: Self, right: Self) -> Bool { left.rate == right.rate }
}

/// Takes numbers through the queue's service; each is durable when it is handed out.
struct TicketBench: Sendable {
  /// So many wait at most: a full hall. Then they are sent home, outside what is measured.
  private static let hallCount = 512

  let measured: MeasuredModules

  /// - Parameter takers: how many take numbers at the same time.
  func rate(takers: Int, ticketCount: Int) async throws -> Measured {
    var latencies: [Duration] = []
    var total = Duration.zero
    for first in stride(from: 0, to: ticketCount, by: Self.hallCount) {
      let count = min(Self.hallCount, ticketCount - first)
      let clock = ContinuousClock()
      let start = clock.now
      latencies += try await hall(takers: takers, count: count, key: "\(takers)-\(first)")
      total += clock.now - start
      try await measured.store.write {
        try $0.run("UPDATE queue_ticket SET state = 'finished' WHERE state = 'waiting'")
      }
    }
    return Measured(latencies, in: total)
  }

  private func hall(takers: Int, count: Int, key: String) async throws -> [Duration] {
    let queue = measured.services.require((any QueueService).self)
    let catalogue = measured.services.require((any CatalogueService).self)
    let services = catalogue.services(on: OfficeZone.wib.date(of: SystemClock().now)).map(\.code)
    return try await withThrowingTaskGroup(of: [Duration].self) { group in
      for taker in 0..<takers {
        group.addTask {
          let clock = ContinuousClock()
          var latencies: [Duration] = []
          for turn in 0..<(count / takers) {
            let begun = clock.now
            _ = try await queue.takeNumber(
              TicketRequest(
                service: services[(taker + turn) % services.count], application: nil, needs: Needs(), channel: .kiosk,
                submission: "\(key)-\(taker)-\(turn)"))
            latencies.append(clock.now - begun)
          }
          return latencies
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }
}
