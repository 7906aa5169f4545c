import Contracts
import Core
import Store

/// Hands out codes at the counter and takes them back in.
struct CounterCodes: CounterCodeService {
  static let digitCount = 6
  /// Long enough to type it into a telephone beside the counter, and no longer than codes apart from the browser may live
  /// (OWASP ASVS 5.0, 6.5.5).
  static let lifetime = Duration.minutes(10)
  private static let codeCount = 1_000_000

  let store: Store
  let hash: any KeyedHash
  let lookUps: LookUpGuard
  let ledger: (any LedgerService)?
  let clock: any WallClock
  let random: any RandomSource

  /// A fresh code for the application, in the place of an earlier one; nil when there is no such application. It is shown
  /// once: what is kept is its hash under a key.
  ///
  /// - Throws: `Problem` `forbidden`.
  func give(for number: ApplicationNumber, by officer: Principal) async throws -> Personal<String>? {
    try officer.require(.cases)
    let digits = String(random.below(Self.codeCount))
    let code = String(repeating: "0", count: Self.digitCount - digits.count) + digits
    let now = clock.now
    return try await store.write { transaction in
      guard let summary = try ApplicationTable.application(number, in: transaction) else { return nil }
      try CounterCodeTable.put(mark(code, number), of: number, until: now + Self.lifetime, in: transaction)
      try ledger?.append(LedgerEntry(.counterCode, by: officer, about: summary.subject), in: transaction)
      return Personal(code)
    }
  }

  func redeem(_ code: Personal<String>, for number: ApplicationNumber, from client: LookUpClient) async throws {
    let typed = TypedNumber.digits(of: code.exposed) ?? ""
    let now = clock.now
    try await lookUps.prove(number, from: client, otherwise: "counter-code.wrong") {
      try await store.write { transaction -> Void? in
        try CounterCodeTable.take(mark(typed, number), of: number, at: now, in: transaction) ? () : nil
      }
    }
  }

  private func mark(_ code: String, _ number: ApplicationNumber) -> [UInt8] {
    hash.authenticate(Array("\(number) \(code)".utf8), for: "registration.counter-code")
  }
}

/// The codes that were handed out and not yet used.
enum CounterCodeTable {
  static func put(
    _ mark: [UInt8], of number: ApplicationNumber, until end: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO registration_code (application, mark, expires_at) VALUES (\(number), \(mark), \(end))
      ON CONFLICT (application) DO UPDATE SET mark = excluded.mark, expires_at = excluded.expires_at
      """)
  }

  /// Uses a code up.
  ///
  /// - Returns: whether it was the application's and had not run out.
  static func take(
    _ mark: [UInt8], of number: ApplicationNumber, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    // One that was given on a date that is still to come would hold until then.
    let latest = Instant.latest(at: now) + CounterCodes.lifetime
    try transaction.run("DELETE FROM registration_code WHERE expires_at <= \(now) OR expires_at > \(latest)")
    return try transaction.run(
      "DELETE FROM registration_code WHERE application = \(number) AND mark = \(mark)") == 1
  }
}
