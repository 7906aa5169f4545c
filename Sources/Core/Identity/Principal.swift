/// What an officer's account allows; a higher role may do all that a lower one may.
public enum Role: String, Sendable, CaseIterable, Comparable, Codable {
  /// Petugas loket: calls, serves, sees the case in hand.
  case clerk
  /// Penyelia: also the hall, the reports, staff, and who looked at whose data.
  case supervisor

  /// A clerk may do less than a supervisor.
  public static func < (left: Self, right: Self) -> Bool { left == .clerk && right == .supervisor }
}

/// An officer's account.
public enum OfficerTag {}
/// The identity of an officer's account.
public typealias OfficerID = ID<OfficerTag>

/// Who acts: named by every opening of personal data and by every audit row.
public enum Principal: Hashable, Sendable, CustomStringConvertible {
  /// An officer who is signed in, in the role of that account.
  case officer(OfficerID, Role)
  /// The person concerned, who proved it with application number and date of birth or by applying just now.
  case applicant
  /// A kiosk terminal in the hall, by its configured name.
  case kiosk(String)
  /// A module acting by itself.
  case system(String)

  /// `officer:12:clerk`, `applicant`, `kiosk:lobby-1`, `system:queue`: stable, and safe to log.
  public var description: String {
    switch self {
    case .officer(let id, let role): "officer:\(id):\(role.rawValue)"
    case .applicant: "applicant"
    case .kiosk(let name): "kiosk:\(name)"
    case .system(let module): "system:\(module)"
    }
  }
}
