import Contracts
import Core
import Store

/// Takes what people ask for about their own data, and carries out what a supervisor decides.
struct RightsRequestService: Sendable {
  /// What a page shows; a person with more has asked the same again and again.
  static let listedMax = 50
  /// The openings that a person is shown: some years of an ordinary application.
  static let openingsMax = 200

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let vault: any VaultService
  let rights: any RightsService
  let erasures: any ErasureService
  let oversight: any VaultOversight
  let consents: any ConsentService
  let ledger: any LedgerService
  let applications: any ApplicationService
  let documents: (any DocumentService)?
  let holdings: (any PersonalHoldings)?
  let tracking: (any TrackingService)?
  let visits: (any VisitHistory)?
  let bookings: (any AppointmentHistory)?
  let accessibility: (any AccessibilityService)?
  /// The services on offer, and who may apply for which; nil where none are offered any more.
  let catalogue: (any CatalogueService)?
  let lookUps: LookUpGuard
  /// Whether the state of specimens can be chosen (`Office.acceptsSpecimens`).
  let acceptsSpecimens: Bool
  /// nil without keys: then requests have no PINs.
  let pins: CasePIN?

  /// The application; nil when there is none of that number.
  func application(_ number: ApplicationNumber) async throws -> ApplicationSummary? {
    try await store.read { try applications.application(number, in: $0) }
  }

  /// Takes a request. A person who asks for what they have asked for already gets that case again.
  ///
  /// - Throws: `Problem` `privacy.not-restricted`, `vault.unknown-subject`.
  func take(
    _ kind: RequestKind, for summary: ApplicationSummary, wish: Personal<CorrectionWish>? = nil, by principal: Principal
  ) async throws -> RightsRequest {
    // The person themselves may ask; an officer takes it in for them.
    if principal.officerID != nil { try principal.require(.requests) }
    return try await store.write { transaction in
      if let open = try RequestTable.open(kind, of: summary.subject, in: transaction) { return open }
      let isRestricted = try rights.restrictedSince(summary.subject, in: transaction) != nil
      if kind == .lifting, !isRestricted { throw Problem(.conflict, "privacy.not-restricted") }
      if kind == .restriction, isRestricted { throw Problem(.conflict, "privacy.restricted-already") }
      guard try erasures.receipt(ofErased: summary.subject, in: transaction) == nil else {
        throw Problem(.notFound, "vault.unknown-subject")
      }
      if let wish { try vault.seal(wish, of: summary.subject, in: transaction) }
      let request = try newRequest(kind, for: summary, by: principal, in: transaction)
      try RequestTable.insert(request, in: transaction)
      try transaction.append(Event(kind: "privacy.request-received", entity: "privacy:\(kind.rawValue)"))
      return request
    }
  }

  private func newRequest(
    _ kind: RequestKind, for summary: ApplicationSummary, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> RightsRequest {
    let now = clock.now
    let number = try DataRequestNumber.draw(from: random) { try RequestTable.find($0, in: transaction) != nil }
    return RightsRequest(
      code: PublicCode(from: random), number: number, kind: kind, application: summary.number, subject: summary.subject,
      receivedAt: now, dueAt: now + RightsRequest.term, receivedBy: principal.description)
  }

  /// The request; nil when there is none with that code.
  func request(_ code: PublicCode) async throws -> RightsRequest? {
    try await store.read { try RequestTable.find(code, in: $0) }
  }

  /// The request of that number, for a person who knows its PIN.
  ///
  /// - Throws: `Problem` `privacy.request-not-found`, the same for an unknown number and another PIN; `look-up.too-many`.
  func request(
    _ number: DataRequestNumber, pin: Personal<String>, from client: LookUpClient
  ) async throws -> RightsRequest {
    try await lookUps.prove(number, from: client, otherwise: "privacy.request-not-found") {
      () async throws -> RightsRequest? in
      let found = try await store.read { try RequestTable.find(number, in: $0) }
      return pins?.fits(pin, number) == true ? found : nil
    }
  }

  /// What else seems to be this person's: sent with a telephone number or mail address that stands in the application,
  /// too. Nothing is opened. An officer decides whether it is, since families share a telephone.
  func holdings<Database: Queryable & ~Copyable>(
    for request: RightsRequest, in database: borrowing Database
  ) throws -> [PersonalHolding] {
    guard let holdings, request.kind.reachesHoldings, request.state == .open else { return [] }
    return try holdings.holdings(of: vault.alike(to: request.subject, in: database), in: database)
  }

  /// The references under which nothing is kept.
  func unknown(_ references: [String]) async throws -> [String] {
    guard let holdings else { return references }
    return try await store.read { snapshot in
      try references.filter { try holdings.holding($0, in: snapshot) == nil }
    }
  }

  // MARK: Consent

  /// Agreeing and taking it back are one click each, and hold at once. Taking back is a case all the same, closed in the
  /// moment in which it is made, so that it can be shown that it was.
  func give(_ text: ConsentText, of summary: ApplicationSummary) async throws {
    try await store.write { transaction in
      try consents.give(text, of: summary.subject, by: .ownPage, as: .applicant, in: transaction)
    }
  }

  func withdraw(_ matter: ConsentMatter, of summary: ApplicationSummary) async throws {
    try await store.write { transaction in
      guard try consents.holds(matter, of: summary.subject, in: transaction) else { return }
      try consents.withdraw(matter, of: summary.subject, as: .applicant, in: transaction)
      var request = try newRequest(.withdrawal, for: summary, by: .applicant, in: transaction)
      request.state = .carriedOut
      request.decidedAt = request.receivedAt
      request.decidedBy = Principal.system(PrivacyModule.name).description
      try RequestTable.insert(request, in: transaction)
    }
  }
}
