internal import Core
internal import Store

/// What changes what an open session may do; each time it gets another token. One whose second step is still to be done is
/// neither locked nor opened nor proven.
extension SessionTable {
  /// - Returns: whether there is such a session.
  static func lock(_ hash: [UInt8], as new: [UInt8], in transaction: borrowing Transaction) throws -> Bool {
    try transaction.run(
      """
      UPDATE officers_session SET hash = \(new), locked = \(true)
      WHERE hash = \(hash) AND stage = \(SessionStage.open)
      """) == 1
  }

  /// - Returns: whether there is such a session.
  static func unlock(
    _ hash: [UInt8], as new: [UInt8], at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE officers_session SET hash = \(new), locked = \(false), tries = 0, last_used = \(now)
      WHERE hash = \(hash) AND stage = \(SessionStage.open)
      """) == 1
  }

  /// - Returns: whether there is such a session.
  static func prove(
    _ hash: [UInt8], as new: [UInt8], at now: Instant, in transaction: borrowing Transaction
  ) throws -> Bool {
    try transaction.run(
      """
      UPDATE officers_session SET hash = \(new), proven_at = \(now), last_used = \(now)
      WHERE hash = \(hash) AND stage = \(SessionStage.open)
      """) == 1
  }
}
