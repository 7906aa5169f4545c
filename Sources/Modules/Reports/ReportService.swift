import Contracts
import Core
import Store

/// Makes reports out of the history.
struct ReportService: Sendable {
  let store: Store
  let office: Office
  let history: any QueueHistory
  /// nil where no appointments are kept.
  let appointments: (any AppointmentHistory)?
  let catalogue: (any CatalogueService)?
  let officers: (any OfficerDirectory)?

  /// More would not be read; the CSV of a shorter period has the rest.
  private static let outOfOrderCountMax = 1_000

  /// - Parameter today: the sums of days before it are kept, so that no one reads their steps again; nil keeps none.
  /// - Throws: `Problem` `forbidden`.
  func report(
    _ question: ReportQuestion, on today: CivilDate? = nil, as principal: Principal
  ) async throws -> HallReport {
    try principal.requireSight(of: .reports)
    let (first, last) = (question.period.first, question.period.last)
    let days = try await sums(of: question.period, keepingBefore: today)
    let (use, outOfOrder) = try await store.read { database in
      (
        try appointments?.use(from: first, to: last, of: question.service, in: database) ?? AppointmentUse(),
        try history.callsOutOfOrder(from: first, to: last, limit: Self.outOfOrderCountMax, in: database)
      )
    }
    var report = HallReport(question, days: days, appointments: use)
    report.outOfOrder = outOfOrder.filter { call in
      (question.counter ?? call.counter) == call.counter && (question.officer ?? call.officer) == call.officer
    }
    return report
  }

  /// The account names of officers; none where no module keeps accounts.
  func accountNames() async throws -> [OfficerID: String] { try await officers?.accountNames() ?? [:] }
}

extension ReportService {
  /// The sums of a period's days that had visits. Those that are kept and still hold are taken as they are; of the others the
  /// steps are read, a day at a time, so that other readers come between.
  private func sums(of period: ReportPeriod, keepingBefore today: CivilDate?) async throws -> [DaySums] {
    let found = try await found(in: period)
    var (sums, fresh): ([DaySums], [(sums: DaySums, mark: Int64)]) = ([], [])
    for day in period.days {
      guard let known = found[day], known.mark > 0 else { continue }
      if let kept = known.kept, kept.mark == known.mark, let whole = DaySums(kept.bytes, on: day) {
        sums.append(whole)
        continue
      }
      let (mark, made) = try await counted(day)
      sums.append(made)
      if let today, day < today { fresh.append((made, mark)) }
    }
    await keep(fresh)
    return sums
  }

  /// What is kept of each day that had visits, and the mark of its history as it is now.
  private func found(
    in period: ReportPeriod
  ) async throws -> [CivilDate: (mark: Int64, kept: DaySumsTable.Kept?)] {
    try await store.read { database in
      let kept = try DaySumsTable.kept(from: period.first, to: period.last, zone: office.zone, in: database)
      var found: [CivilDate: (mark: Int64, kept: DaySumsTable.Kept?)] = [:]
      for day in period.days { found[day] = (try history.mark(of: day, in: database), kept[day]) }
      return found
    }
  }

  /// The sums of a day, from its steps, and the mark of those.
  private func counted(_ day: CivilDate) async throws -> (mark: Int64, sums: DaySums) {
    let (mark, steps) = try await store.read { database in
      (try history.mark(of: day, in: database), try history.steps(from: day, to: day, in: database))
    }
    return (mark, DaySums(steps, on: day, zone: office.zone))
  }

  /// Keeps the sums of days that are over. A report is none the worse where that cannot be done: they are counted again.
  private func keep(_ days: [(sums: DaySums, mark: Int64)]) async {
    guard !days.isEmpty else { return }
    try? await store.write { [zone = office.zone] transaction in
      for day in days { try DaySumsTable.keep(day.sums, mark: day.mark, zone: zone, in: transaction) }
    }
  }
}
