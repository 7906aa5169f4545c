/// An office that is given to officers: a named set of rights, and what is demanded of those who hold it.
///
/// What stands in `roles.json5` is in force; `shipped` is what holds without that file.
public struct Role: Hashable, Sendable, CustomStringConvertible {
  /// The name in the file, in commands, in events and in the ledger: `clerk`.
  public let name: String
  /// What officers call it.
  public let label: LocalizedText
  /// Whom it is for and what it lets them do, in a sentence.
  public let explanation: LocalizedText
  /// What it gives.
  public let rights: Set<Right>
  /// Whether it lets an officer see the pages of its rights and change nothing on them.
  public let isReadOnly: Bool
  /// For how many days it can be given at most; nil where it can be given without an end.
  public let daysMax: Int?
  /// What is demanded of those who hold it.
  public let demands: RoleDemands
  /// Whether it is held in another officer's place.
  public let isOfStandIn: Bool

  /// A role as the file describes it; the file's reader has checked what it says.
  public init(
    name: String, label: LocalizedText, explanation: LocalizedText, rights: Set<Right>, isReadOnly: Bool = false,
    daysMax: Int? = nil, demands: RoleDemands = .usual, isOfStandIn: Bool = false
  ) {
    self.name = name
    self.label = label
    self.explanation = explanation
    self.rights = rights
    self.isReadOnly = isReadOnly
    self.daysMax = daysMax
    self.demands = demands
    self.isOfStandIn = isOfStandIn
  }

  /// The name.
  public var description: String { name }

  /// The same role for an officer who stands in for another one (pelaksana harian): it gives the same rights, and what is
  /// done in it is told apart by its name, `plh-head`.
  public var ofStandIn: Role {
    Role(
      name: "plh-\(name)", label: label, explanation: explanation, rights: rights, isReadOnly: isReadOnly,
      daysMax: daysMax, demands: demands, isOfStandIn: true)
  }
}
