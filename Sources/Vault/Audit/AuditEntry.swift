import Contracts
import Core

/// One opening: who, why, whom, what, and whether there was anything to see.
struct AuditEntry: Sendable, Equatable {
  /// What came of it. One that failed to authenticate is rolled back with its transaction; the log has it.
  enum Outcome: String, Sendable {
    case opened
    /// The person has no such record.
    case absent
    /// The value asked about is the one kept.
    case confirmed
    /// The value asked about is another.
    case denied
    /// The record was destroyed.
    case erased
  }

  let at: Instant
  let principal: Principal
  let purpose: Purpose
  let subject: SubjectID
  let kind: RecordKind
  let outcome: Outcome
}
