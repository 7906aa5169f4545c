import Civil
import Contracts
import Core
import Store

/// What a supervisor decides.
enum RequestDecision: Sendable, Equatable {
  case carryOut(IdentityCheck)
  case refuse(RefusalGround)

  /// The decision of that name in a form: how it was made sure who asks, or why it is refused.
  init?(named name: String) {
    if let check = IdentityCheck(rawValue: name) {
      self = .carryOut(check)
    } else if let ground = RefusalGround(rawValue: name) {
      self = .refuse(ground)
    } else {
      return nil
    }
  }
}

/// What a decision reaches besides the application.
struct Reach: Sendable {
  /// The holdings that were ticked, of `RightsRequestService.holdings(for:in:)`.
  var ticked: Set<SubjectID> = []
  /// What a person has named who alone knows the reference.
  var references: [String] = []
}

extension RightsRequestService {
  /// Decides a request; what it asks for is done in the same transaction.
  ///
  /// - Parameter reach: what else the officer holds for the same person's.
  /// - Throws: `Problem` `privacy.no-request`, `privacy.decided-already`, and what carrying it out throws.
  func decide(
    _ code: PublicCode, _ decision: RequestDecision, reaching reach: Reach = Reach(), by officer: Principal
  ) async throws -> RightsRequest {
    try officer.require(.dataRights)
    let decided = try await store.write { transaction in
      guard var request = try RequestTable.find(code, in: transaction) else {
        throw Problem(.notFound, "privacy.no-request")
      }
      guard request.state == .open else { throw Problem(.conflict, "privacy.decided-already") }
      request.decidedAt = clock.now
      request.decidedBy = officer.description
      switch decision {
      case .refuse(let ground): (request.state, request.refusal) = (.refused, ground)
      case .carryOut(let check):
        let reached = try subjects(within: reach, of: request, in: transaction)
        request.goneBy = try carryOut(request, reaching: reached, by: officer, in: transaction)
        try RequestTable.reach(reached, code, in: transaction)
        (request.state, request.identity) = (.carriedOut, check)
      }
      if request.kind == .rectification, request.goneBy == nil { try forgetWish(of: request.subject, in: transaction) }
      guard try RequestTable.close(request, in: transaction) else {
        throw Problem(.conflict, "privacy.decided-already")
      }
      try transaction.append(Event(kind: "privacy.request-decided", entity: "privacy:\(request.kind.rawValue)"))
      return request
    }
    // The key goes once the decision is durable, and before an answer says that the person is erased.
    if decided.goneBy != nil { try await erasures.settleErasures() }
    return decided
  }

  /// The ticked holdings that still seem to be the person's.
  private func subjects(
    within reach: Reach, of request: RightsRequest, in transaction: borrowing Transaction
  ) throws -> [SubjectID] {
    guard request.kind.reachesHoldings else { return [] }
    let ticked = try holdings(for: request, in: transaction).map(\.subject).filter(reach.ticked.contains)
    let named = try reach.references.compactMap { try holdings?.holding($0, in: transaction)?.subject }
    return Set(ticked + named).subtracting([request.subject]).sorted { $0.rawValue < $1.rawValue }
  }

  /// - Returns: for an erasure, the day from which nothing is left anywhere.
  private func carryOut(
    _ request: RightsRequest, reaching others: [SubjectID], by officer: Principal, in transaction: borrowing Transaction
  ) throws -> CivilDate? {
    let subjects = [request.subject] + others
    switch request.kind {
    case .access, .withdrawal: break
    case .restriction: for subject in subjects { try rights.restrict(subject, as: officer, in: transaction) }
    case .lifting: for subject in subjects { try rights.liftRestriction(of: subject, as: officer, in: transaction) }
    case .rectification: try correct(request.subject, as: officer, in: transaction)
    case .erasure:
      try officer.require(.erasure)
      return try erase(request, reaching: others, by: officer, in: transaction)
    }
    return nil
  }

  private func erase(
    _ request: RightsRequest, reaching others: [SubjectID], by officer: Principal, in transaction: borrowing Transaction
  ) throws -> CivilDate {
    try documents?.removeAll(of: request.subject, in: transaction)
    let receipt = try erasures.erase(request.subject, for: .erasure, as: officer, in: transaction)
    for subject in others { _ = try erasures.erase(subject, for: .erasure, as: officer, in: transaction) }
    // Persons who are erased in one moment are gone from the backups on one day.
    if let statement = ReceiptStatement(.erasure, about: request.application.description, day: receipt.goneBy) {
      try ledger.issueReceipt(statement, by: officer, in: transaction)
    }
    return receipt.goneBy
  }

  /// Closes what else an erased person has asked for, since nothing is left to do it to. They may have been erased by a
  /// decision, by the end of the time for which data are kept, or by a restore that replays it. An open request for the
  /// erasure itself is closed by the decision on it.
  func closeOpen(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    for kind in RequestKind.decided where kind != .erasure {
      guard var other = try RequestTable.open(kind, of: subject, in: transaction) else { continue }
      (other.state, other.decidedAt) = (.lapsed, clock.now)
      other.decidedBy = Principal.system(PrivacyModule.name).description
      _ = try RequestTable.close(other, in: transaction)
    }
  }

  // MARK: Correction

  private func correct(
    _ subject: SubjectID, as officer: Principal, in transaction: borrowing Transaction
  ) throws {
    let sealed = try vault.open(CorrectionWish.self, of: subject, for: .rights, as: officer, in: transaction)
    guard let wish = sealed?.exposed else { throw Problem(.conflict, "privacy.no-wish") }
    try correct(Biodata.self, of: subject, as: officer, in: transaction) { wish.applied(to: $0) }
    try correct(Contact.self, of: subject, as: officer, in: transaction) { wish.applied(to: $0) }
    try correct(TravelDocument.self, of: subject, as: officer, in: transaction) { wish.applied(to: $0) }
  }

  /// - Parameter change: the record as it shall be; nil where nothing of it is to change.
  private func correct<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, as officer: Principal, in transaction: borrowing Transaction,
    _ change: (Record) -> Record?
  ) throws where Record.Field: CaseIterable {
    let present = try vault.open(type, of: subject, for: .rights, as: officer, in: transaction)?.exposed
    guard let present, let changed = change(present), changed != present else { return }
    _ = try rights.rectify(Personal(changed), of: subject, as: officer, in: transaction)
  }

  /// Once it is decided, what was wished for stands in the record or nowhere.
  private func forgetWish(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    try vault.seal(Personal(CorrectionWish(values: [:])), of: subject, in: transaction)
  }

  /// One answer as it stands and as it should be.
  struct Difference: Sendable {
    let field: PersonalField
    let present: Personal<String>?
    let wished: Personal<String>
  }

  /// What a rectification would change; opens those answers alone, for the purpose `rights`.
  func differences(of request: RightsRequest, as officer: Principal) async throws -> [Difference] {
    try officer.require(.dataRights)
    return try await store.write { transaction in
      let wish = try vault.open(CorrectionWish.self, of: request.subject, for: .rights, as: officer, in: transaction)
      guard let wish else { return [] }
      var present: [PersonalField: Personal<String>] = [:]
      try open(Biodata.self, wish, request.subject, officer, into: &present, in: transaction)
      try open(Contact.self, wish, request.subject, officer, into: &present, in: transaction)
      try open(TravelDocument.self, wish, request.subject, officer, into: &present, in: transaction)
      return PersonalField.allCases.compactMap { field in
        wish.exposed[field].map { Difference(field: field, present: present[field], wished: Personal($0)) }
      }
    }
  }

  private func open<Record: PersonalRecord>(
    _ type: Record.Type, _ wish: Personal<CorrectionWish>, _ subject: SubjectID, _ officer: Principal,
    into present: inout [PersonalField: Personal<String>], in transaction: borrowing Transaction
  ) throws {
    let wanted = PersonalField.allCases.filter { $0.record == type.kind && wish.exposed[$0] != nil }
    let fields = wanted.compactMap { field in
      Record.Field(rawValue: field.recordField).map { (field, $0) }
    }
    guard !fields.isEmpty else { return }
    let excerpt = try vault.open(
      type, fields: Set(fields.map(\.1)), of: subject, for: .rights, as: officer, in: transaction)
    for (field, name) in fields { present[field] = excerpt?[name] }
  }
}

extension PersonalField {
  /// What the field is called in its record.
  var recordField: String {
    switch self {
    case .passportNumber: TravelDocument.Field.number.rawValue
    case .passportExpiry: TravelDocument.Field.expiry.rawValue
    case .fullName, .nik, .birthPlace, .dateOfBirth, .sex, .nationality, .telephone, .email, .address: rawValue
    }
  }
}
