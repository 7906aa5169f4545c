public import Core

/// Who the officers are, by the names of their accounts; for supervisors only.
public protocol OfficerDirectory: Sendable {
  /// The account names of all officers, those whose account is closed too.
  func accountNames() async throws -> [OfficerID: String]
}
