import Core

/// Who may open something, as `vault.json5` names them: officers by a right that they need for it, others by what they are.
enum Opener: Hashable, Sendable {
  /// An officer who has that right.
  case officer(with: Right)
  /// The person concerned.
  case applicant
  /// A terminal in the hall.
  case kiosk
  /// A module that acts by itself.
  case system

  /// Whether it is such a principal.
  func covers(_ principal: Principal) -> Bool {
    switch (self, principal) {
    case (.officer(let right), .officer(_, let rights)): rights.contains(right)
    case (.applicant, .applicant), (.kiosk, .kiosk), (.system, .system): true
    case (.officer, _), (.applicant, _), (.kiosk, _), (.system, _): false
    }
  }
}

extension Opener: RawRepresentable, CaseIterable {
  static let allCases = Right.allCases.map { Opener.officer(with: $0) } + others

  private static let others: [Opener] = [.applicant, .kiosk, .system]

  /// `cases`, `applicant`: the right's own word, or what the principal is.
  var rawValue: String {
    switch self {
    case .officer(let right): right.rawValue
    case .applicant: "applicant"
    case .kiosk: "kiosk"
    case .system: "system"
    }
  }

  init?(rawValue: String) {
    if let other = Self.others.first(where: { $0.rawValue == rawValue }) {
      self = other
    } else if let right = Right(rawValue: rawValue) {
      self = .officer(with: right)
    } else {
      return nil
    }
  }
}
