/// Whether the office demands a second factor beside the password at all. Of whom is a role's to say (`secondFactor` in
/// `roles.json5`). Put into the registry by the composition root.
public enum SecondFactorDemand: String, Sendable, CaseIterable {
  /// Of those whose roles demand it.
  case byRole = "by-role"
  /// Of no officer: each may have one. For trying things out.
  case optional
}
