/// An officer's account.
public enum OfficerTag {}
/// The identity of an officer's account.
public typealias OfficerID = ID<OfficerTag>

/// Who acts: named by every opening of personal data and by every audit row.
public enum Principal: Hashable, Sendable, CustomStringConvertible {
  /// An officer who is signed in, with the rights that the office has given them.
  case officer(OfficerID, Rights)
  /// The person concerned, who proved it with application number and date of birth or by applying just now.
  case applicant
  /// A kiosk terminal in the hall, by its configured name.
  case kiosk(String)
  /// A module acting by itself.
  case system(String)

  /// `officer:12:clerk`, `officer:12:clerk+plh-head`, `applicant`, `kiosk:lobby-1`, `system:queue`: stable, and safe to log.
  public var description: String {
    switch self {
    case .officer(let id, let rights): "officer:\(id):\(rights)"
    case .applicant: "applicant"
    case .kiosk(let name): "kiosk:\(name)"
    case .system(let module): "system:\(module)"
    }
  }

  /// The officer; nil for any other principal.
  public var officerID: OfficerID? { if case .officer(let id, _) = self { id } else { nil } }

  /// Whether the office lets the principal do it. A module that acts by itself, or for a command, is let.
  public func may(_ right: Right) -> Bool {
    switch self {
    case .officer(_, let rights): rights.contains(right)
    case .system: true
    case .applicant, .kiosk: false
    }
  }

  /// Asks for a right, where an officer acts. Services ask at the beginning of what they do, whatever the route has asked.
  ///
  /// - Throws: `Problem` `forbidden`.
  public func require(_ right: Right) throws(Problem) {
    guard may(right) else { throw Problem(.forbidden, "forbidden") }
  }

  /// The same for what is only read: a right that shows is enough.
  ///
  /// - Throws: `Problem` `forbidden`.
  public func requireSight(of right: Right) throws(Problem) {
    if case .officer(_, let rights) = self, rights.shows(right) { return }
    try require(right)
  }

  /// The officer who acts, by a right that they have.
  ///
  /// - Throws: `Problem` `forbidden`, also where it is no officer who acts.
  public func requireOfficer(with right: Right) throws(Problem) -> OfficerID {
    try require(right)
    guard let officerID else { throw Problem(.forbidden, "forbidden") }
    return officerID
  }
}
