import Contracts
import Core
import Store

/// Makes applications, and finds them again.
struct Applications: Sendable {
  /// The privacy notice that stands above the form; raised whenever its words change in substance, so that it
  /// can be shown which notice a person was given (UU 27/2022, article 21).
  static let noticeVersion = 1

  let store: Store
  let vault: any VaultService
  let catalogue: (any CatalogueService)?
  let tracking: (any TrackingService)?
  var ledger: (any LedgerService)?
  let hash: (any KeyedHash)?
  let clock: any WallClock
  let random: any RandomSource
  var consents: (any ConsentService)?
  /// Where an officer who knows the person is told of; nil where no module follows.
  var acquaintances: Acquaintances?

  /// What became of a form that was sent.
  struct Outcome: Sendable, Equatable {
    let number: ApplicationNumber
    /// The same form had been sent before with other answers, which stand.
    var isChangedRepeat = false
  }

  /// Makes the application that the answers ask for: person, sealed records, timeline, application and event
  /// become durable together or not at all.
  ///
  /// - Parameters:
  ///   - submission: the form's own key; a form sent again gives what it gave the first time.
  ///   - agreed: what the person has agreed to besides.
  /// - Throws: `Problem`, `StoreError`.
  func submit(
    _ sheet: AnswerSheet, for service: OfferedService, submission: String, agreed: [ConsentText] = []
  ) async throws -> Outcome {
    let filing = Filing(
      service: service, records: sheet.records, submission: submission,
      fingerprint: fingerprint(of: sheet, service: service.code), agreed: agreed)
    do {
      return try await store.write { transaction in try file(filing, in: transaction) }
    } catch StoreError.constraint(.unique, let columns) where columns.contains("registration_submission.submission") {
      // Another process filed the same form at the same instant; the constraint chose that one.
      return try await store.write { transaction in try file(filing, in: transaction) }
    }
  }

  private struct Filing: Sendable {
    let service: OfferedService
    let records: ApplicantRecords
    let submission: String
    let fingerprint: [UInt8]?
    let agreed: [ConsentText]
  }

  private func file(_ filing: Filing, in transaction: borrowing Transaction) throws -> Outcome {
    if let earlier = try SubmissionTable.find(filing.submission, in: transaction) {
      return Outcome(number: earlier.number, isChangedRepeat: earlier.fingerprint != filing.fingerprint)
    }
    let subject = try vault.createSubject(in: transaction)
    try seal(filing.records, of: subject, in: transaction)
    for text in filing.agreed {
      try consents?.give(text, of: subject, by: .applicationForm, as: .applicant, in: transaction)
    }
    let now = clock.now
    let number = try ApplicationTable.insert(
      service: filing.service, subject: subject, at: now, noticeVersion: Self.noticeVersion, random: random,
      in: transaction)
    try tracking?.open(number, subject: subject, service: filing.service, in: transaction)
    if let statement = ReceiptStatement(.application, about: number.description) {
      try ledger?.issueReceipt(statement, by: .applicant, in: transaction)
    }
    try transaction.append(Event(kind: "application.registered", entity: number.description))
    try SubmissionTable.insert(
      filing.submission, fingerprint: filing.fingerprint, made: number, at: now, in: transaction)
    return Outcome(number: number)
  }

  private func seal(
    _ records: ApplicantRecords, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    var all: [any PersonalRecord] = [records.biodata.exposed]
    if let contact = records.contact { all.append(contact.exposed) }
    if let document = records.travelDocument { all.append(document.exposed) }
    if let statement = records.statement { all.append(statement.exposed) }
    try vault.seal(all: Personal(all), of: subject, in: transaction)
  }

  /// Tells a form sent twice from one sent again with other answers, without keeping the answers: half an
  /// HMAC, forgotten after `submissionRetention`.
  private func fingerprint(of sheet: AnswerSheet, service: ServiceCode) -> [UInt8]? {
    guard let hash else { return nil }
    var message = Array(service.rawValue.utf8)
    for (name, answer) in sheet.answers.exposed.sorted(by: { $0.key < $1.key }) {
      message += [0] + Array(name.utf8) + [0] + Array(answer.utf8)
    }
    return Array(hash.authenticate(message, for: "registration.submission").prefix(16))
  }
}
