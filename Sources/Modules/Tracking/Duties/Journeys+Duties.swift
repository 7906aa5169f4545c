import Contracts
import Core
import Store

extension Journeys {
  /// What has been done on a case, and by whom.
  func duties<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in service: OfferedService?, in database: borrowing Database
  ) throws -> CaseDuties {
    CaseDuties(
      steps: try CaseTable.entrances(of: number, in: database), of: service,
      leftBy: try AcquaintanceTable.officers(of: number, in: database))
  }

  /// An officer knows the person: no stage of the case is theirs to decide from now on.
  func leave(_ known: Acquaintance, in transaction: borrowing Transaction) throws {
    guard try CaseTable.find(known.application, in: transaction) != nil else { return }
    try AcquaintanceTable.insert(known.application, known.officer, at: clock.now, in: transaction)
  }

  /// Sees to it that an act that is another officer's work is refused, or looked over afterwards.
  ///
  /// - Throws: `Problem` `tracking.other-officer` where another officer has to do it; `forbidden`.
  func requireDuty(
    _ right: Right, on number: ApplicationNumber, of service: OfferedService, by principal: Principal,
    in transaction: borrowing Transaction
  ) throws {
    try principal.require(right)
    let verdict = try duties(of: number, in: service, in: transaction)
      .verdict(on: right, by: principal.officerID, dutyRules)
    switch verdict {
    case .free: return
    case .refused, .known: throw Problem(.conflict, "tracking.other-officer")
    case .checkedAfterwards(let earlier):
      guard let officer = principal.officerID else { return }
      try CheckTable.insert(number, right, after: earlier, by: officer, at: clock.now, in: transaction)
      try transaction.append(Event(kind: "duty.done-alone", entity: number.description))
    }
  }

  /// An officer has looked over what another one did alone.
  ///
  /// - Throws: `Problem` `tracking.no-check`, `tracking.checked-already`, `tracking.own-check` for the officer who did it;
  ///   `forbidden`.
  func confirmCheck(_ id: Int64, by principal: Principal) async throws {
    let officer = try principal.requireOfficer(with: .check)
    let now = clock.now
    try await store.write { transaction in
      guard let check = try CheckTable.find(id, in: transaction) else { throw Problem(.notFound, "tracking.no-check") }
      guard check.officer != officer else { throw Problem(.conflict, "tracking.own-check") }
      guard try CheckTable.confirm(id, by: officer, at: now, in: transaction) else {
        throw Problem(.conflict, "tracking.checked-already")
      }
      try transaction.append(Event(kind: "duty.checked", entity: check.number.description))
    }
  }
}
