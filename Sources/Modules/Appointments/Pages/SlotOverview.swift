import Contracts
import Core
import HTML
import Store
import Web

/// How the coming days stand, for all to see: what is free, what the priority line still has, and what comes next.
struct SlotOverview: Sendable {
  /// Days that are listed; more would make the page long without helping.
  static let dayCountMax = 21

  let days: [CivilDate]
  let counts: [CivilDate: [SlotKind: SlotTable.DayCount]]
  let next: (at: Instant, count: Int)?

  /// The present one. It is counted out of all slots of three weeks: once, until it is another one.
  static func read(_ booking: BookingContext) async throws -> SlotOverview {
    try await booking.store.read { snapshot in
      let (now, commit) = (booking.clock.now, try snapshot.lastCommit())
      if let kept = booking.overview.kept(at: now, after: commit) { return kept }
      let today = booking.zone.date(of: now)
      let counts = try SlotTable.dayCounts(
        from: today, to: today.adding(days: dayCountMax), after: booking.zone.time(of: now), at: now, in: snapshot)
      let overview = SlotOverview(counts, next: try SlotTable.nextRelease(after: now, in: snapshot))
      booking.overview.keep(
        overview, from: now, until: try end(of: counts, at: now, in: snapshot), after: commit)
      return overview
    }
  }

  private init(_ counts: [SlotTable.DayCount], next: (at: Instant, count: Int)?) {
    let byDay = Dictionary(grouping: counts, by: \.day)
    days = byDay.filter { _, counts in counts.contains { $0.kind != .walkIn && $0.ahead < $0.total } }.keys.sorted()
    self.counts = byDay.mapValues { Dictionary($0.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first }) }
    self.next = next
  }

  /// From when on something else is to be told although nothing is committed: a slot is released or returns, a hold lapses,
  /// or a half-hour begins, which is looked after each minute.
  private static func end(
    of counts: [SlotTable.DayCount], at now: Instant, in snapshot: borrowing Snapshot
  ) throws -> Instant {
    let nextMinute = Instant(milliseconds: (now.milliseconds / 60_000 + 1) * 60_000)
    let lapse = try SlotTable.nextLapse(after: now, in: snapshot)
    return counts.compactMap(\.changesAt).reduce(min(lapse ?? nextMinute, nextMinute), min)
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
