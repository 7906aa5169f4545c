internal import Core
internal import Store

/// What changes what a session may do; each time it gets another token.
extension SessionTable {
  /// - Returns: whether there is such a session.
  static func lock(_ hash: [UInt8], as new: [UInt8], in transaction: borrowing Transaction) throws -> Bool {
    try transaction.run("UPDATE officers_session SET hash = \(new), locked = \(true) WHERE hash = \(hash)") == 1
  }

  /// - Returns: whether there is such a session.
  static func unlock(
    _ hash: [UInt8], as new: [UInt8], at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE officers_session SET hash = \(new), locked = \(false), tries = 0, last_used = \(now) WHERE hash = \(hash)
      """) == 1
  }

  /// - Returns: whether there is such a session.
  static func prove(
    _ hash: [UInt8], as new: [UInt8], at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE officers_session SET hash = \(new), proven_at = \(now), last_used = \(now) WHERE hash = \(hash)
      """) == 1
  }

  /// Counts a try to open it.
  ///
  /// - Returns: how many there were since it was last opened, with this one.
  static func countTry(_ hash: [UInt8], in transaction: borrowing Transaction) throws -> Int {
    try transaction.run("UPDATE officers_session SET tries = tries + 1 WHERE hash = \(hash)")
    return try transaction.value("SELECT tries FROM officers_session WHERE hash = \(hash)") ?? 0
  }
}
