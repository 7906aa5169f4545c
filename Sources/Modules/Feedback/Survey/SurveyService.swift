internal import Contracts
internal import Core
internal import Store

/// Takes surveys of finished visits, and adds them up.
struct SurveyService: Sendable {
  /// The answers of a period.
  struct Summary: Sendable {
    let surveyCount: Int
    let tallies: [SurveyElement: ElementTally]

    func index(_ weight: SatisfactionIndex.Weight = .exact) -> SatisfactionIndex? {
      SatisfactionIndex(tallies, weight: weight)
    }
  }

  /// What became of a questionnaire.
  enum Outcome: Sendable, Equatable {
    case kept
    /// All but the comment: there is no vault to seal it in.
    case keptWithoutComment
    /// The visit had one already, which stays as it is.
    case repeated
  }

  static let commentsShownMax = 20

  let store: Store
  let clock: any WallClock
  let keyed: any KeyedHash
  let queue: (any QueueService)?
  let vault: (any VaultService)?

  /// Whether the visit of that ticket has its survey already.
  ///
  /// - Throws: `Problem` `feedback.not-finished` for a ticket that was not served, or is none.
  func isAnswered(_ code: PublicCode) async throws -> Bool {
    let queue = try openQueue()
    return try await store.read { snapshot in
      let visit = try Self.visit(code, queue, in: snapshot)
      return try SurveyTable.exists(visit: hash(visit), in: snapshot)
    }
  }

  /// Keeps a questionnaire.
  ///
  /// - Throws: `Problem` `feedback.not-finished`.
  func keep(_ answers: SurveyAnswers, of code: PublicCode) async throws -> Outcome {
    let queue = try openQueue()
    let now = clock.now
    return try await store.write { transaction in
      let visit = try Self.visit(code, queue, in: transaction)
      let hash = hash(visit)
      if try SurveyTable.exists(visit: hash, in: transaction) { return .repeated }
      let comment = try seal(answers.comment, in: transaction)
      _ = try SurveyTable.insert(
        visit: hash, service: visit.service, answers, comment: comment, at: now, in: transaction)
      try transaction.append(Event(kind: "survey.answered", entity: "service:\(visit.service)"))
      return answers.comment != nil && comment == nil ? .keptWithoutComment : .kept
    }
  }

  /// The answers between two moments, the later one excluded.
  func summary(from start: Instant, to end: Instant) async throws -> Summary {
    try await store.read { snapshot in
      Summary(
        surveyCount: try SurveyTable.count(from: start, to: end, in: snapshot),
        tallies: try SurveyTable.tallies(from: start, to: end, in: snapshot))
    }
  }

  /// Opens the latest comments; each leaves its row in the audit.
  func comments(
    from start: Instant, to end: Instant, as principal: Principal
  ) async throws -> [(comment: SurveyTable.Comment, text: Personal<String>)] {
    try principal.require(.surveys)
    guard let vault else { throw Problem(.unavailable, "feedback.no-vault") }
    return try await store.write { transaction in
      let comments = try SurveyTable.comments(
        from: start, to: end, limit: Self.commentsShownMax, in: transaction)
      var opened: [(comment: SurveyTable.Comment, text: Personal<String>)] = []
      for comment in comments {
        let record = try vault.open(
          Statement.self, of: comment.subject, for: .service, as: principal, in: transaction)
        if let text = record?.exposed.answers[Self.commentName] { opened.append((comment, Personal(text))) }
      }
      return opened
    }
  }

  private static let commentName = "comment"

  private func openQueue() throws -> any QueueService {
    guard let queue else { throw Problem(.unavailable, "feedback.no-queue") }
    return queue
  }

  private static func visit<Database: Queryable & ~Copyable>(
    _ code: PublicCode, _ queue: any QueueService, in database: borrowing Database
  ) throws -> FinishedVisit {
    guard let visit = try queue.finishedVisit(code, in: database) else {
      throw Problem(.conflict, "feedback.not-finished")
    }
    return visit
  }

  private func hash(_ visit: FinishedVisit) -> [UInt8] {
    keyed.authenticate(Array(String(visit.ticket.rawValue).utf8), for: "feedback.survey")
  }

  private func seal(_ comment: Personal<String>?, in transaction: borrowing Transaction) throws -> SubjectID? {
    guard let comment, let vault else { return nil }
    let subject = try vault.createSubject(in: transaction)
    try vault.seal(Personal(Statement(answers: [Self.commentName: comment.exposed])), of: subject, in: transaction)
    return subject
  }
}
