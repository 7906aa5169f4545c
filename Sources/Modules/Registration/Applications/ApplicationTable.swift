import Contracts
import Core
import Store

/// The module's rows; nothing in them is personal.
enum ApplicationTable {
  /// How often a number is drawn: of a billion an office in ten years takes one in a thousand, so ten taken ones in a row
  /// never come.
  static let numberDrawCountMax = 10
  /// A page that was left open for longer makes a new application.
  static let submissionRetention = Duration.hours(24 * 30)

  /// Files a new application under a number that no other one has.
  ///
  /// - Throws: `Problem` `registration.no-number` when the random source gives only taken ones.
  static func insert(
    service: OfferedService, subject: SubjectID, at now: Instant, noticeVersion: Int, random: any RandomSource,
    in transaction: borrowing Transaction
  ) throws -> ApplicationNumber {
    for _ in 0..<numberDrawCountMax {
      let number = ApplicationNumber(from: random)
      let inserted = try transaction.run(
        """
        INSERT INTO registration_application (number, service, subject, registered_at, fee, notice_version)
        VALUES (\(number), \(service.code), \(subject), \(now), \(service.total), \(noticeVersion))
        ON CONFLICT (number) DO NOTHING
        """)
      guard inserted == 1 else { continue }
      try insert(service.fees, of: number, in: transaction)
      try countOne(of: service.code, in: transaction)
      return number
    }
    throw Problem(.fault, "registration.no-number")
  }

  private static func insert(
    _ fees: [Fee], of number: ApplicationNumber, in transaction: borrowing Transaction
  ) throws {
    for (position, fee) in fees.enumerated() {
      try transaction.run(
        """
        INSERT INTO registration_fee (application, position, code, amount)
        VALUES (\(number), \(position), \(fee.code), \(fee.amount))
        """)
    }
  }

  private static func countOne(of service: ServiceCode, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO registration_count (service, applications) VALUES (\(service), 1)
      ON CONFLICT (service) DO UPDATE SET applications = registration_count.applications + 1
      """)
  }

  static func application<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> ApplicationSummary? {
    try database.row(
      "SELECT service, subject, registered_at, fee, ending FROM registration_application WHERE number = \(number)"
    ) { row in
      ApplicationSummary(
        number: number, service: try row.get(0), subject: try row.get(1), registeredAt: try row.get(2),
        fee: try row.get(3), ending: try row.get(4))
    }
  }

  /// Marks an application as ended; the first reason stays.
  static func end(
    _ number: ApplicationNumber, as ending: ApplicationEnding, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      "UPDATE registration_application SET ending = \(ending) WHERE number = \(number) AND ending IS NULL")
  }

  static func numbers<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [ApplicationNumber] {
    try database.rows("SELECT number FROM registration_application WHERE subject = \(subject) ORDER BY number") {
      try $0.get(0)
    }
  }

  /// Forgets what the person's forms are recognised by when they are sent again: it is made of the answers.
  static func forgetAnswers(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    for number in try numbers(of: subject, in: transaction) {
      try transaction.run("UPDATE registration_submission SET fingerprint = NULL WHERE application = \(number)")
    }
  }

  /// The lines of the tariff as it was when the application was made.
  static func fees<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> [(code: String, amount: Rupiah)] {
    try database.rows(
      "SELECT code, amount FROM registration_fee WHERE application = \(number) ORDER BY position"
    ) { row in (try row.get(0), try row.get(1)) }
  }

  /// How many applications were made for each service, ended ones too: kept with each of them, so that asking costs the same
  /// however many there are.
  static func counts<Database: Queryable & ~Copyable>(
    in database: borrowing Database
  ) throws -> [(service: String, count: Int)] {
    try database.rows(kept) { row in (try row.get(0), try row.get(1)) }
  }

  /// What `counts` asks.
  static let kept: SQL = "SELECT service, applications FROM registration_count ORDER BY service"
}

/// The forms that have been sent already.
enum SubmissionTable {
  /// What an earlier sending of the same form made.
  struct Earlier: Sendable {
    let number: ApplicationNumber
    let fingerprint: [UInt8]?
  }

  static func find<Database: Queryable & ~Copyable>(
    _ submission: String, in database: borrowing Database
  ) throws -> Earlier? {
    try database.row(
      "SELECT application, fingerprint FROM registration_submission WHERE submission = \(submission)"
    ) { row in Earlier(number: try row.get(0), fingerprint: try row.get(1)) }
  }

  static func insert(
    _ submission: String, fingerprint: [UInt8]?, made number: ApplicationNumber, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO registration_submission (submission, application, fingerprint, sent_at)
      VALUES (\(submission), \(number), \(fingerprint), \(now))
      """)
    try transaction.run(
      "DELETE FROM registration_submission WHERE sent_at < \(now - ApplicationTable.submissionRetention)")
  }
}
