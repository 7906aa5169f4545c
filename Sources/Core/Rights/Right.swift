/// One thing that the office lets an officer do. A role is a named set of these (`roles.json5`); routes, menus, services and
/// the Vault ask for one, and never for a role.
///
/// The raw value stands in `roles.json5`, `vault.json5`, `services/*.json5` and in docs/duties.md.
public enum Right: String, Sendable, CaseIterable, Codable {
  /// Calls and serves people at a counter.
  case serve
  /// Answers calls for help.
  case help
  /// Takes in what people ask about their own data.
  case requests
  /// Sees which applications wait for the office: numbers and stages.
  case workList = "work-list"
  /// Opens the case of an application, with the person's answers and documents.
  case cases
  /// Confirms payments.
  case money
  /// Examines data, documents and sponsors.
  case examine
  /// Approves applications.
  case approve
  /// Prints what was approved, and checks the print.
  case issue
  /// Hands documents over.
  case handOver = "hand-over"
  /// Looks over what one officer did alone that is two officers' work.
  case check
  /// Leads the hall: counters, officers at them, the end of the day.
  case hall
  /// Stops the office or a service for a while.
  case stops
  /// Plans appointments: how many there are, exceptions, draws.
  case capacity
  /// Reads the hall's statistics, and takes them along as files.
  case reports
  /// Reads what people said of their visits.
  case surveys
  /// Reads and answers complaints.
  case complaints
  /// Sees which officer looked at whose data.
  case oversight
  /// Decides what people ask about their own data.
  case dataRights = "data-rights"
  /// Opens personal data without a usual purpose, with a written reason.
  case breakGlass = "break-glass"
  /// Erases a person.
  case erasure
  /// Keeps accounts, and gives and ends the rights of officers.
  case accounts
  /// Changes what the office offers and what it costs.
  case catalogue
  /// Sees how the program fares: the details of the health page.
  case health
  /// Reads the ledger's heads and whether it is whole.
  case ledger

  /// Those by which an officer's decision ends a stage of an application: they leave a mark on the case, so that acts of
  /// two officers can be told from acts of one.
  public static let ofStages: [Right] = [.money, .examine, .approve, .issue, .handOver]
}
