internal import Contracts
internal import Core
internal import Store

/// Takes reports, and leads them from reception to their end.
struct ComplaintService: Sendable {
  /// A complaint with its way so far.
  struct Progress: Sendable {
    let complaint: Complaint
    let steps: [ComplaintTable.Step]
    /// The answer; nil while there is none.
    let reply: Personal<String>?
  }

  /// More than a supervisor reads; the oldest closed ones drop out.
  static let listedMax = 200

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let zone: OfficeZone
  let days: OfficeDays
  let rules: ComplaintRules
  let vault: (any VaultService)?
  let pins: CasePIN
  let lookUps: LookUpGuard

  /// Whether reports can be taken: they are sealed, or not taken at all.
  var isOpen: Bool { vault != nil }

  /// Keeps a report. The same submission sent again is the same report.
  ///
  /// - Throws: `Problem` `feedback.no-vault`.
  func receive(_ report: ComplaintReport) async throws -> ComplaintNumber {
    let vault = try openVault()
    let now = clock.now
    let day = zone.date(of: now)
    let deadlines = rules.deadlines(on: day)
    let kind = report.category.settled(report.kind)
    let (verifyBy, answerBy) = (
      deadlines.verifyBy(receivedOn: day, days), deadlines.answerBy(kind, receivedOn: day, days)
    )
    return try await store.write { transaction in
      if let earlier = try ComplaintTable.complaint(submittedAs: report.submission, in: transaction) {
        return earlier.number
      }
      let number = try ComplaintNumber.draw(from: random) { number in
        try ComplaintTable.complaint(number, in: transaction) != nil
      }
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(ComplaintContent(report).record, of: subject, in: transaction)
      let new = NewComplaint(
        number: number, submission: report.submission.isEmpty ? number.description : report.submission, kind: kind,
        category: report.category, subject: subject,
        receivedAt: now, verifyBy: verifyBy, answerBy: answerBy, replyDayCount: deadlines.replyDayCount)
      if let id = try ComplaintTable.insert(new, in: transaction) {
        try ComplaintTable.addStep(.received, of: id, by: .applicant, at: now, in: transaction)
        try transaction.append(Event(kind: "complaint.received", entity: "complaint:\(id)"))
      }
      return number
    }
  }

  /// Lets a person in who knows the number and its PIN.
  ///
  /// - Throws: `Problem` `feedback.not-found`, the same for an unknown number and another PIN; `look-up.too-many`.
  func prove(_ number: ComplaintNumber, _ pin: Personal<String>, from client: LookUpClient) async throws {
    _ = try await lookUps.prove(number, from: client, otherwise: "feedback.not-found") { () async throws -> Bool? in
      let isKnown = try await store.read { try ComplaintTable.complaint(number, in: $0) != nil }
      return pins.fits(pin, number) && isKnown ? true : nil
    }
  }

  /// How a report stands, for the holder of its number; nil when there is none of that number.
  func progress(_ number: ComplaintNumber) async throws -> Progress? {
    let vault = vault
    return try await store.write { transaction in
      guard let complaint = try ComplaintTable.complaint(number, in: transaction) else { return nil }
      let steps = try ComplaintTable.steps(of: complaint.id, in: transaction)
      var reply: Personal<String>?
      if complaint.answeredAt != nil, let vault {
        let record = try vault.open(
          Statement.self, of: complaint.subject, for: .tracking, as: .applicant, in: transaction)
        reply = record.flatMap { ComplaintContent($0).reply }
      }
      return Progress(complaint: complaint, steps: steps, reply: reply)
    }
  }

  /// The sender is content: the report is closed.
  func close(_ number: ComplaintNumber) async throws {
    try await step(.close, by: .applicant, find: { try ComplaintTable.complaint(number, in: $0) })
  }

  /// The sender is not content, and says why.
  func reopen(_ number: ComplaintNumber, objection: Personal<String>) async throws {
    try await step(.reopen, by: .applicant, find: { try ComplaintTable.complaint(number, in: $0) }) {
      complaint, transaction in
      try amend(complaint, for: .tracking, by: .applicant, in: transaction) { $0.objection = objection }
    }
  }

  /// The sender has been erased, and with them what it says: nothing more can be done about it.
  func close(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    let now = clock.now
    for complaint in try ComplaintTable.complaints(of: [subject], in: transaction) {
      let state = complaint.state(at: now)
      guard state.isOpen || state == .answered else { continue }
      try move(
        complaint, to: state.isOpen ? .lapsed : .closed, by: .system(FeedbackModule.name), at: now, in: transaction)
    }
  }

  // MARK: For officers who answer complaints

  /// The reports by deadline, without what they say.
  func list() async throws -> [Complaint] {
    let now = clock.now
    return try await store.read { try ComplaintTable.list(at: now, limit: Self.listedMax, in: $0) }
  }

  /// Opens one report for an officer; leaves its row in the audit.
  func open(_ id: Int64, as principal: Principal) async throws -> (Progress, ComplaintContent) {
    try principal.require(.complaints)
    let vault = try openVault()
    return try await store.write { transaction in
      guard let complaint = try ComplaintTable.complaint(id, in: transaction) else {
        throw Problem(.notFound, "feedback.unknown-complaint")
      }
      guard
        let record = try vault.open(
          Statement.self, of: complaint.subject, for: .service, as: principal, in: transaction)
      else { throw Problem(.notFound, "feedback.erased-complaint") }
      let content = ComplaintContent(record)
      let steps = try ComplaintTable.steps(of: id, in: transaction)
      return (Progress(complaint: complaint, steps: steps, reply: content.reply), content)
    }
  }

  /// The report is the office's to answer, as that class.
  func verify(_ id: Int64, as kind: ComplaintClass, by principal: Principal) async throws {
    try principal.require(.complaints)
    try await step(.verify, by: principal, find: find(id)) { complaint, transaction in
      let day = zone.date(of: complaint.receivedAt)
      let answerBy = rules.deadlines(on: day).answerBy(kind, receivedOn: day, days)
      try ComplaintTable.setClass(kind, answerBy: answerBy, complaint.id, in: transaction)
    }
  }

  func refuse(_ id: Int64, because refusal: ComplaintRefusal, by principal: Principal) async throws {
    try principal.require(.complaints)
    try await step(.refuse, by: principal, find: find(id)) { complaint, transaction in
      try ComplaintTable.setRefusal(refusal, complaint.id, in: transaction)
    }
  }

  func start(_ id: Int64, by principal: Principal) async throws {
    try principal.require(.complaints)
    try await step(.start, by: principal, find: find(id))
  }

  func answer(_ id: Int64, reply: Personal<String>, by principal: Principal) async throws {
    try principal.require(.complaints)
    let now = clock.now
    try await step(.answer, by: principal, find: find(id)) { complaint, transaction in
      try amend(complaint, for: .service, by: principal, in: transaction) { $0.reply = reply }
      try ComplaintTable.setAnswered(at: now, complaint.id, in: transaction)
    }
  }

  /// How many wait for the office, and how many are past their deadline.
  func openCounts() async throws -> (open: Int, late: Int) {
    let now = clock.now
    return try await store.read { try ComplaintTable.openCounts(before: zone.date(of: now), at: now, in: $0) }
  }

  // MARK: Steps

  private typealias Find = @Sendable (borrowing Transaction) throws -> Complaint?
  private typealias Change = @Sendable (Complaint, borrowing Transaction) throws -> Void

  private func find(_ id: Int64) -> Find { { try ComplaintTable.complaint(id, in: $0) } }

  /// Takes a complaint one step on, with what belongs to the step, all or nothing.
  ///
  /// - Throws: `Problem` `feedback.unknown-complaint`; `feedback.complaint-moved-on` where the step is not open.
  private func step(
    _ step: ComplaintStep, by principal: Principal, find: @escaping Find, also change: @escaping Change = { _, _ in }
  ) async throws {
    let now = clock.now
    try await store.write { transaction in
      guard let complaint = try find(transaction) else { throw Problem(.notFound, "feedback.unknown-complaint") }
      guard let next = complaint.state(at: now).after(step) else {
        throw Problem(.conflict, "feedback.complaint-moved-on")
      }
      try change(complaint, transaction)
      try move(complaint, to: next, by: principal, at: now, in: transaction)
    }
  }

  private func move(
    _ complaint: Complaint, to next: ComplaintState, by principal: Principal, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try ComplaintTable.setState(next, complaint.id, in: transaction)
    try ComplaintTable.addStep(next, of: complaint.id, by: principal, at: now, in: transaction)
    let payload = "{\"state\":\"\(next.rawValue)\"}"
    try transaction.append(Event(kind: "complaint.moved", entity: "complaint:\(complaint.id)", payload: payload))
  }

  private func amend(
    _ complaint: Complaint, for purpose: Purpose, by principal: Principal, in transaction: borrowing Transaction,
    _ change: (inout ComplaintContent) -> Void
  ) throws {
    let vault = try openVault()
    guard
      let record = try vault.open(
        Statement.self, of: complaint.subject, for: purpose, as: principal, in: transaction)
    else { throw Problem(.notFound, "feedback.erased-complaint") }
    var content = ComplaintContent(record)
    change(&content)
    try vault.seal(content.record, of: complaint.subject, in: transaction)
  }

  private func openVault() throws -> any VaultService {
    guard let vault else { throw Problem(.unavailable, "feedback.no-vault") }
    return vault
  }
}
