import Contracts
import Core
import Store

/// Where each application stands. Nothing in these rows is personal.
enum CaseTable {
  /// An application and its present stage.
  struct Case: Sendable, Equatable {
    let number: ApplicationNumber
    let subject: SubjectID
    let service: ServiceCode
    let stage: String
    let enteredAt: Instant
    let promisedFor: CivilDate?
    /// Why nothing more happens with it.
    let ending: ApplicationEnding?
  }

  /// Takes an application off its way; the first reason stays.
  static func end(
    _ number: ApplicationNumber, as ending: ApplicationEnding, in transaction: borrowing Transaction
  ) throws {
    let left: (service: ServiceCode, stage: String)? = try transaction.row(
      """
      UPDATE tracking_case SET ending = \(ending) WHERE number = \(number) AND ending IS NULL
      RETURNING service, stage
      """
    ) { row in (try row.get(0), try row.get(1)) }
    if let left { try count(-1, in: left.stage, of: left.service, in: transaction) }
  }

  static func find<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> Case? {
    try database.row(
      """
      SELECT number, subject, service, stage, entered_at, promised_for, ending FROM tracking_case
      WHERE number = \(number)
      """,
      read)
  }

  /// The applications that have stood in a stage for longest, of those that entered it until `latest`.
  static func standing<Database: Queryable & ~Copyable>(
    in stage: String, of service: ServiceCode, until latest: Instant, max: Int, in database: borrowing Database
  ) throws -> [Case] {
    try database.rows(selection(where: hasEntered(stage, of: service, until: latest), max: max), read)
  }

  /// The applications in a stage with a date that was wrong: they entered it on one that is still to come, so that it is not
  /// known since when they stand there, or are promised for a day after `lastPromise`.
  static func misdated<Database: Queryable & ~Copyable>(
    in stage: String, of service: ServiceCode, after lastPromise: CivilDate, max: Int, at now: Instant,
    in database: borrowing Database
  ) throws -> [Case] {
    let latest = Instant.latest(at: now)
    let conditions = [
      willEnter(stage, of: service, after: latest),
      isPromised(stage, of: service, after: lastPromise, until: latest),
    ]
    return try conditions.flatMap { try database.rows(selection(where: $0, max: max), read) }
  }

  static func selection(where condition: SQL, max: Int) -> SQL {
    """
    SELECT number, subject, service, stage, entered_at, promised_for, ending FROM tracking_case
    WHERE ending IS NULL AND \(condition) ORDER BY entered_at, number LIMIT \(max)
    """
  }

  static func hasEntered(_ stage: String, of service: ServiceCode, until latest: Instant) -> SQL {
    "service = \(service) AND stage = \(stage) AND entered_at <= \(latest)"
  }

  static func willEnter(_ stage: String, of service: ServiceCode, after latest: Instant) -> SQL {
    "service = \(service) AND stage = \(stage) AND entered_at > \(latest)"
  }

  /// Such promises are few. The stage is so written that no index is looked for by it: all who stand in it would be read.
  static func isPromised(
    _ stage: String, of service: ServiceCode, after day: CivilDate, until latest: Instant
  ) -> SQL {
    "service = \(service) AND promised_for > \(day) AND stage || '' = \(stage) AND entered_at <= \(latest)"
  }

  private static func read(_ row: borrowing Row) throws -> Case {
    Case(
      number: try row.get(0), subject: try row.get(1), service: try row.get(2), stage: try row.get(3),
      enteredAt: try row.get(4), promisedFor: try row.get(5), ending: try row.get(6))
  }

  static func steps<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> [Way.Step] {
    try standingSteps(of: number, in: database).map(\.step)
  }

  /// The stages that hold, in order, and who led the application into each: a principal as events have it.
  static func entrances<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> [(stage: String, by: String)] {
    try standingSteps(of: number, in: database).map { ($0.step.stage, $0.by) }
  }

  /// A step with who made it and with what was promised from then on.
  private typealias Standing = (step: Way.Step, by: String, promisedFor: CivilDate?)

  /// The steps that hold. One that takes back stands in the history like any other; it and the one before it are left
  /// out here.
  private static func standingSteps<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> [Standing] {
    let all = try database.rows(
      """
      SELECT stage, entered_at, entered_by, promised_for, takes_back FROM tracking_step WHERE number = \(number) ORDER BY position
      """
    ) { row in
      let step = Way.Step(stage: try row.get(0), enteredAt: try row.get(1))
      let standing: Standing = (step, try row.get(2), try row.get(3))
      return (standing: standing, takesBack: try row.get(4) as Bool)
    }
    return all.reduce(into: []) { steps, next in
      if next.takesBack { _ = steps.popLast() } else { steps.append(next.standing) }
    }
  }

  /// Every stage that any application has been in: few, while applications become many.
  static func stages<Database: Queryable & ~Copyable>(
    in database: borrowing Database
  ) throws -> [(service: ServiceCode, stage: String)] {
    try database.rows("SELECT service, stage FROM tracking_stage ORDER BY service, stage") { row in
      (try row.get(0), try row.get(1))
    }
  }

  /// How many applications stand in each stage, without those that have ended: kept with each change, so that asking costs
  /// the same however many there are.
  static func counts<Database: Queryable & ~Copyable>(
    in database: borrowing Database
  ) throws -> [(service: String, stage: String, count: Int)] {
    try database.rows(kept) { row in (try row.get(0), try row.get(1), try row.get(2)) }
  }

  /// What `counts` asks.
  static let kept: SQL =
    "SELECT service, stage, applications FROM tracking_stage WHERE applications > 0 ORDER BY service, stage"
}

extension CaseTable {
  /// What happens: an application enters a stage.
  struct Entrance: Sendable {
    let stage: String
    let at: Instant
    let by: Principal
  }

  static func insert(
    _ number: ApplicationNumber, subject: SubjectID, service: ServiceCode, _ entrance: Entrance,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO tracking_case (number, subject, service, stage, position, entered_at, promised_for)
      VALUES (\(number), \(subject), \(service), \(entrance.stage), 1, \(entrance.at), NULL)
      """)
    try addStep(to: number, service: service, entrance, in: transaction)
    try count(1, in: entrance.stage, of: service, in: transaction)
  }

  /// Enters a stage from an expected one.
  ///
  /// - Returns: false when the application stood elsewhere, and then nothing has changed.
  static func move(
    _ standing: Case, promisedFor: CivilDate?, _ entrance: Entrance, in transaction: borrowing Transaction
  ) throws -> Bool {
    let moved = try transaction.run(
      """
      UPDATE tracking_case
      SET stage = \(entrance.stage), position = position + 1, entered_at = \(entrance.at), promised_for = \(promisedFor)
      WHERE number = \(standing.number) AND stage = \(standing.stage)
      """)
    guard moved == 1 else { return false }
    try addStep(to: standing.number, service: standing.service, entrance, in: transaction)
    try recount(standing, entering: entrance.stage, in: transaction)
    return true
  }

  /// Goes back to the stage before, as if the present one had not been entered; the history keeps both.
  ///
  /// - Returns: false when there is no stage before.
  static func takeBack(
    _ standing: Case, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Bool {
    guard let before = try standingSteps(of: standing.number, in: transaction).dropLast().last else { return false }
    try transaction.run(
      """
      UPDATE tracking_case
      SET stage = \(before.step.stage), position = position + 1, entered_at = \(before.step.enteredAt),
        promised_for = \(before.promisedFor)
      WHERE number = \(standing.number)
      """)
    let entrance = Entrance(stage: before.step.stage, at: before.step.enteredAt, by: principal)
    try addStep(to: standing.number, service: standing.service, entrance, takesBack: true, in: transaction)
    try recount(standing, entering: entrance.stage, in: transaction)
    return true
  }

  /// Carries an application from the count of the stage that it leaves to that of the next, unless it has ended: then it is
  /// in neither.
  private static func recount(
    _ standing: Case, entering stage: String, in transaction: borrowing Transaction
  ) throws {
    guard standing.ending == nil else { return }
    try count(-1, in: standing.stage, of: standing.service, in: transaction)
    try count(1, in: stage, of: standing.service, in: transaction)
  }

  /// Changes how many applications stand in a stage, in which there has been one.
  private static func count(
    _ change: Int, in stage: String, of service: ServiceCode, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE tracking_stage SET applications = applications + \(change)
      WHERE service = \(service) AND stage = \(stage)
      """)
  }

  private static func addStep(
    to number: ApplicationNumber, service: ServiceCode, _ entrance: Entrance, takesBack: Bool = false,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO tracking_step (number, position, stage, entered_at, entered_by, promised_for, takes_back)
      SELECT number, position, stage, entered_at, \(entrance.by.description), promised_for, \(takesBack)
      FROM tracking_case WHERE number = \(number)
      """)
    try transaction.run(
      """
      INSERT INTO tracking_stage (service, stage, applications) VALUES (\(service), \(entrance.stage), 0)
      ON CONFLICT (service, stage) DO NOTHING
      """)
    try transaction.append(StageEvent(service: service, stage: entrance.stage).event(of: number))
  }
}
