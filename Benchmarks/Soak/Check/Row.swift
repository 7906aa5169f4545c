import Core

/// A thing as the database has it.
struct Row: Sendable {
  /// The state of an application whose person was erased.
  static let ended = "ended"

  let thing: Thing
  let state: String
  var day: CivilDate?
  var application: String?
  /// The form that made it, where one did.
  var form: String?
  /// Of a ticket, where it was called to.
  var counter: Int?
  var isFromKiosk = false
  /// A ticket's code, the console's number for a complaint.
  var code: String?

  init(_ thing: Thing, _ state: String) {
    self.thing = thing
    self.state = state
  }
}
