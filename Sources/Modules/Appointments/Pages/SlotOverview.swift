import Contracts
import Core
import HTML
import Store
import Web

/// How the coming days stand, for all to see: what is free, what the priority line still has, and what comes next.
struct SlotOverview: Sendable {
  /// Days that are listed; more would make the page long without helping.
  private static let dayCountMax = 21

  let days: [CivilDate]
  let counts: [CivilDate: [SlotKind: SlotTable.DayCount]]
  let next: (at: Instant, count: Int)?

  static func read(_ booking: BookingContext, service: ServiceCode? = nil) async throws -> SlotOverview {
    let now = booking.clock.now
    let today = booking.today
    return try await booking.store.read { snapshot in
      let counts = try SlotTable.dayCounts(
        from: today, to: today.adding(days: dayCountMax), after: booking.zone.time(of: now), service: service, at: now,
        in: snapshot)
      let byDay = Dictionary(grouping: counts, by: \.day)
      return SlotOverview(
        days: byDay.filter { _, counts in counts.contains { $0.kind != .walkIn && $0.ahead < $0.total } }.keys.sorted(),
        counts: byDay.mapValues { Dictionary($0.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first }) },
        next: try SlotTable.nextRelease(after: now, in: snapshot))
    }
  }

  func count(_ kind: SlotKind, on day: CivilDate) -> SlotTable.DayCount? { counts[day]?[kind] }
}

/// When slots come next, and how many.
struct NextReleaseView {
  let next: (at: Instant, count: Int)?
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    if let next {
      notice(.info, title: words("appointment.release.title")) {
        p {
          words(
            "appointment.release.next",
            [
              "count": String(next.count), "date": words.longDate(context.zone.date(of: next.at)),
              "time": words.time(next.at, in: context.zone),
            ])
        }
      }
    }
  }
}

/// The coming days in a table.
struct OverviewTable {
  let overview: SlotOverview
  let words: Words

  @NodeBuilder var node: Node {
    if !overview.days.isEmpty {
      card(title: words("appointment.overview.title")) {
        p { words("appointment.overview.text") }
        dataTable(
          caption: words("appointment.overview.title"),
          columns: [
            words("appointment.overview.day"), words("appointment.overview.web"),
            words("appointment.overview.priority"), words("appointment.overview.express"),
          ], numeric: [1, 2, 3], isCompact: true,
          rows: overview.days.map { day in
            [.text(words.nearDate(day)), cell(.web, day), cell(.priority, day), cell(.express, day)]
          })
      }
    }
  }

  private func cell(_ kind: SlotKind, _ day: CivilDate) -> Node {
    guard let count = overview.count(kind, on: day) else { return .text("–") }
    let now = words("appointment.overview.of", ["free": String(count.free), "total": String(count.total)])
    guard count.returning > 0 else { return .text(now) }
    return .text("\(now) \(words("appointment.overview.returning", ["count": String(count.returning)]))")
  }
}
