import Contracts
import Core
import Store

/// The applications' ways through their stages.
struct Journeys: Sendable {
  let store: Store
  let vault: any VaultService
  let catalogue: (any CatalogueService)?
  let zone: OfficeZone
  let clock: any WallClock
  let lookUps: LookUpGuard
  var ledger: (any LedgerService)?
  /// Says which acts on one case are two officers' work; nil where no module does.
  var dutyRules: (any DutyService)?

  /// How far a promise may lie beyond one of today: the service was given less time since, or a holiday was taken back.
  private static let promiseSlackDays = 60

  /// The day it is in the office.
  var today: CivilDate { zone.date(of: clock.now) }

  /// Whether the promise cannot be meant: it begins with a visit, and so at the latest today. One that lies far beyond
  /// was made on a wrong date, and when it was to be kept is not known.
  func isPromisedOnWrongDate(_ standing: CaseTable.Case) -> Bool {
    guard let catalogue, let promised = standing.promisedFor, let service = catalogue.service(standing.service) else {
      return false
    }
    return promised > lastPromise(of: service, by: catalogue)
  }

  /// The last day for which a promise of the service can be meant.
  func lastPromise(of service: OfferedService, by catalogue: any CatalogueService) -> CivilDate {
    catalogue.workingDay(service.promisedWorkingDays, after: today).adding(days: Self.promiseSlackDays)
  }
}

extension Journeys: TrackingService {
  func open(
    _ number: ApplicationNumber, subject: SubjectID, service: OfferedService, in transaction: borrowing Transaction
  ) throws {
    guard let first = service.stages.first else { throw Problem(.unavailable, "tracking.no-stages") }
    let entrance = CaseTable.Entrance(stage: first.code, at: clock.now, by: .applicant)
    try CaseTable.insert(number, subject: subject, service: service.code, entrance, in: transaction)
  }

  func finishVisit(
    of number: ApplicationNumber, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Stage? {
    try principal.require(.serve)
    guard let standing = try CaseTable.find(number, in: transaction), standing.ending == nil,
      let service = catalogue?.service(standing.service), service.stage(standing.stage)?.ending == .visit,
      let next = service.stage(after: standing.stage)
    else { return nil }
    // The first finished visit starts the promise's clock; later ones, such as the collection, do not move it.
    let promise = standing.promisedFor ?? catalogue?.workingDay(service.promisedWorkingDays, after: today)
    let entrance = CaseTable.Entrance(stage: next.code, at: clock.now, by: principal)
    guard try CaseTable.move(standing, promisedFor: promise, entrance, in: transaction) else { return nil }
    try noteHandOver(of: number, entering: next, by: principal, in: transaction)
    return next
  }

  func takeBackVisit(
    of number: ApplicationNumber, entering stage: String, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Bool {
    try principal.require(.serve)
    guard let standing = try CaseTable.find(number, in: transaction), standing.stage == stage,
      catalogue?.service(standing.service)?.stage(stage)?.ending != Stage.Ending.none
    else { return false }
    return try CaseTable.takeBack(standing, by: principal, in: transaction)
  }

  /// The last stage is that in which the document is in the person's hands: they get a receipt.
  func noteHandOver(
    of number: ApplicationNumber, entering stage: Stage, by principal: Principal,
    in transaction: borrowing Transaction
  ) throws {
    guard stage.ending == .none, let statement = ReceiptStatement(.handOver, about: number.description) else { return }
    try ledger?.issueReceipt(statement, by: principal, in: transaction)
  }

  /// What proves that the document was handed over; nil before it was.
  func handOver(of number: ApplicationNumber) async throws -> Receipt? {
    guard let ledger else { return nil }
    return try await store.read { try ledger.receipt(on: .handOver, about: number.description, in: $0) }
  }

  func timeline<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> Timeline? {
    guard let standing = try CaseTable.find(number, in: database) else { return nil }
    return try timeline(of: standing, in: database)
  }

  private func timeline<Database: Queryable & ~Copyable>(
    of standing: CaseTable.Case, in database: borrowing Database
  ) throws -> Timeline {
    let way = Way(
      steps: try CaseTable.steps(of: standing.number, in: database), service: standing.service,
      promisedFor: isPromisedOnWrongDate(standing) ? nil : standing.promisedFor)
    return way.timeline(of: standing.number, by: catalogue?.service(standing.service))
  }

  func timeline(
    of number: ApplicationNumber, bornOn date: Personal<CivilDate>, as principal: Principal, from client: LookUpClient
  ) async throws -> Timeline {
    try await lookUps.prove(number, from: client, otherwise: "tracking.not-found") {
      try await store.write { transaction in
        guard let standing = try CaseTable.find(number, in: transaction),
          try vault.confirm(dateOfBirth: date, of: standing.subject, for: .tracking, as: principal, in: transaction)
        else { return nil }
        return try timeline(of: standing, in: transaction)
      }
    }
  }
}
