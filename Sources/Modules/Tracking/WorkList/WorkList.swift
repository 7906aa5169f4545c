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
    let decider: Decider
  }

  /// Who decides an application, as the list's reader is told.
  enum Decider: Sendable, Equatable {
    /// The reader.
    case reader
    /// An officer whose role gives the right to it.
    case otherRole
    /// Another officer than the reader, who has done what comes before.
    case otherOfficer
  }

  let items: [Item]
  /// Whether more are waiting than are shown.
  let isCut: Bool
}

extension Journeys {
  /// What an officer decides for the applications of one stage, and what is the same for all of them.
  private struct Decision {
    let service: OfferedService
    let stage: Stage
    let next: Stage
    let lastPromise: CivilDate
    let nextWorkingDay: CivilDate

    func isPromisedOnWrongDate(_ standing: CaseTable.Case) -> Bool {
      standing.promisedFor.map { $0 > lastPromise } ?? false
    }
  }

  /// An application, and the decision for which it waits.
  private typealias Waiting = (standing: CaseTable.Case, decision: Decision)

  /// The applications whose present stage ends by an officer's decision; none without the catalogue.
  ///
  /// - Throws: `Problem` `forbidden`.
  func workList<Database: Queryable & ~Copyable>(
    as principal: Principal, in database: borrowing Database
  ) throws -> WorkList {
    try principal.requireSight(of: .workList)
    let (now, countMax) = (clock.now, WorkList.itemCountMax + 1)
    var misdated: [Waiting] = []
    var waiting: [Waiting] = []
    for decision in try decisions(in: database) {
      let (stage, service) = (decision.stage.code, decision.service.code)
      misdated += try CaseTable.misdated(
        in: stage, of: service, after: decision.lastPromise, max: countMax, at: now, in: database
      ).map { (standing: $0, decision: decision) }
      // Once there are enough, only what has waited longer than the last of them is read: with each stage it is less.
      let latest = waiting.count < countMax ? nil : waiting.last?.standing.enteredAt
      let cases = try CaseTable.standing(
        in: stage, of: service, until: latest ?? .latest(at: now), max: countMax, in: database)
      guard !cases.isEmpty else { continue }
      waiting = Array(
        (waiting + cases.map { (standing: $0, decision: decision) }).sorted(by: Self.isBefore).prefix(countMax))
    }
    let listed =
      misdated.sorted(by: Self.isBefore) + waiting.filter { !$0.decision.isPromisedOnWrongDate($0.standing) }
    return WorkList(
      items: try listed.prefix(WorkList.itemCountMax).map { waiting in
        item(waiting, decidedBy: try decider(of: waiting, reading: principal, in: database))
      }, isCut: listed.count > WorkList.itemCountMax)
  }

  private func decisions<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> [Decision] {
    guard let catalogue else { return [] }
    let nextWorkingDay = catalogue.workingDay(1, after: today)
    return try CaseTable.stages(in: database).compactMap { reached in
      guard let service = catalogue.service(reached.service), let stage = service.stage(reached.stage),
        stage.ending == .officer, let next = service.stage(after: reached.stage)
      else { return nil }
      return Decision(
        service: service, stage: stage, next: next, lastPromise: lastPromise(of: service, by: catalogue),
        nextWorkingDay: nextWorkingDay)
    }
  }

  private static func isBefore(_ one: Waiting, _ other: Waiting) -> Bool {
    let (first, second) = (one.standing, other.standing)
    guard first.enteredAt == second.enteredAt else { return first.enteredAt < second.enteredAt }
    return first.number.description < second.number.description
  }

  private func decider<Database: Queryable & ~Copyable>(
    of waiting: Waiting, reading principal: Principal, in database: borrowing Database
  ) throws -> WorkList.Decider {
    let (right, service) = (waiting.decision.stage.right, waiting.decision.service)
    guard principal.may(right) else { return .otherRole }
    let done = try duties(of: waiting.standing.number, in: service, in: database)
    switch done.verdict(on: right, by: principal.officerID, dutyRules) {
    case .free, .checkedAfterwards: return .reader
    case .refused, .known: return .otherOfficer
    }
  }

  private func item(_ waiting: Waiting, decidedBy decider: WorkList.Decider) -> WorkList.Item {
    let (standing, decision) = waiting
    let isPromisedOnWrongDate = decision.isPromisedOnWrongDate(standing)
    let isOfWrongDate = isPromisedOnWrongDate || standing.enteredAt.isYetToCome(at: clock.now)
    let promised = isPromisedOnWrongDate ? nil : standing.promisedFor
    let watch = PromiseWatch(promised, today: today, nextWorkingDay: decision.nextWorkingDay)
    return WorkList.Item(
      number: standing.number, serviceName: decision.service.name, stage: decision.stage, next: decision.next,
      enteredAt: standing.enteredAt, promisedFor: promised, watch: isOfWrongDate ? .broken : watch,
      isOfWrongDate: isOfWrongDate, decider: decider)
  }

  /// An officer has decided: the application enters its next stage.
  ///
  /// - Parameter expected: the stage in which the officer saw it; so a second click changes nothing more.
  /// - Throws: `Problem` `tracking.moved-on` when it stands elsewhere by now, `tracking.unknown` when there is no such
  ///   application; `tracking.other-officer` where another one has to decide; `forbidden`.
  func advance(
    _ number: ApplicationNumber, from expected: String, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Stage {
    try principal.require(.workList)
    guard let standing = try CaseTable.find(number, in: transaction) else {
      throw Problem(.notFound, "tracking.unknown")
    }
    guard standing.ending == nil, standing.stage == expected, let service = catalogue?.service(standing.service),
      let stage = service.stage(expected), stage.ending == .officer, let next = service.stage(after: expected)
    else { throw Problem(.conflict, "tracking.moved-on") }
    try requireDuty(stage.right, on: number, of: service, by: principal, in: transaction)
    let entrance = CaseTable.Entrance(stage: next.code, at: clock.now, by: principal)
    guard try CaseTable.move(standing, promisedFor: standing.promisedFor, entrance, in: transaction) else {
      throw Problem(.conflict, "tracking.moved-on")
    }
    try noteHandOver(of: number, entering: next, by: principal, in: transaction)
    return next
  }
}
