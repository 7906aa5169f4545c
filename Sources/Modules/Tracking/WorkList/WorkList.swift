import Contracts
import Core
import Store

/// The applications that wait for an officer's decision, oldest first; before them those that were written on a wrong date.
struct WorkList: Sendable {
  /// How many items are listed: as many as an officer looks through; what is beyond comes up as these are done.
  static let itemCountMax = 100

  /// One application that waits.
  struct Item: Sendable {
    let number: ApplicationNumber
    let serviceName: LocalizedText
    let stage: Stage
    let next: Stage
    let enteredAt: Instant
    /// nil where none was made, or on a wrong date: it is told to officers as little as to its holder.
    let promisedFor: CivilDate?
    let watch: PromiseWatch
    /// Whether it is not known since when it waits, or when it was to be ready.
    let isOfWrongDate: Bool
  }

  let items: [Item]
  /// Whether more are waiting than are shown.
  let isCut: Bool
}

extension WorkList.Item {
  fileprivate var order: (Int, Instant, String) { (isOfWrongDate ? 0 : 1, enteredAt, number.description) }
}

extension Journeys {
  /// The applications whose present stage ends by an officer's decision; none without the catalogue.
  func workList<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> WorkList {
    guard let catalogue else { return WorkList(items: [], isCut: false) }
    var items: [WorkList.Item] = []
    for entered in try CaseTable.stages(in: database) {
      guard let service = catalogue.service(entered.service), let stage = service.stage(entered.stage),
        stage.ending == .officer, let next = service.stage(after: entered.stage)
      else { continue }
      let cases = try CaseTable.standing(
        in: entered.stage, of: entered.service, max: WorkList.itemCountMax + 1, at: clock.now, in: database)
      items += cases.map { item($0, of: service, stage, next, catalogue) }
    }
    items.sort { $0.order < $1.order }
    return WorkList(items: Array(items.prefix(WorkList.itemCountMax)), isCut: items.count > WorkList.itemCountMax)
  }

  private func item(
    _ standing: CaseTable.Case, of service: OfferedService, _ stage: Stage, _ next: Stage,
    _ catalogue: any CatalogueService
  ) -> WorkList.Item {
    let promised = isPromisedOnWrongDate(standing) ? nil : standing.promisedFor
    let isOfWrongDate = promised != standing.promisedFor || standing.enteredAt.isYetToCome(at: clock.now)
    let watch = PromiseWatch(promised, today: today, nextWorkingDay: catalogue.workingDay(1, after: today))
    return WorkList.Item(
      number: standing.number, serviceName: service.name, stage: stage, next: next, enteredAt: standing.enteredAt,
      promisedFor: promised, watch: isOfWrongDate ? .broken : watch, isOfWrongDate: isOfWrongDate)
  }

  /// An officer has decided: the application enters its next stage.
  ///
  /// - Parameter expected: the stage in which the officer saw it; so a second click changes nothing more.
  /// - Throws: `Problem` `tracking.moved-on` when it stands elsewhere by now, `tracking.unknown` when there is no such
  ///   application.
  func advance(
    _ number: ApplicationNumber, from expected: String, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Stage {
    guard let standing = try CaseTable.find(number, in: transaction) else {
      throw Problem(.notFound, "tracking.unknown")
    }
    guard standing.ending == nil, standing.stage == expected, let service = catalogue?.service(standing.service),
      service.stage(expected)?.ending == .officer, let next = service.stage(after: expected)
    else { throw Problem(.conflict, "tracking.moved-on") }
    let entrance = CaseTable.Entrance(stage: next.code, at: clock.now, by: principal)
    guard try CaseTable.move(standing, promisedFor: standing.promisedFor, entrance, in: transaction) else {
      throw Problem(.conflict, "tracking.moved-on")
    }
    try noteHandOver(of: number, entering: next, by: principal, in: transaction)
    return next
  }
}
