public import Core

/// The counter or officer that alone may call a ticket sent to it.
public enum TicketTarget: Sendable, Hashable {
  /// The counter of that number, with any officer on it.
  case counter(Int)
  /// That officer, at any counter.
  case officer(OfficerID)

  /// `c3` or `o12`, as it is kept.
  public var text: String {
    switch self {
    case .counter(let number): "c\(number)"
    case .officer(let id): "o\(id)"
    }
  }

  /// The target that is kept so; nil for another text.
  public init?(text: String) {
    guard let number = Int64(text.dropFirst()) else { return nil }
    switch text.first {
    case "c": self = .counter(Int(number))
    case "o": self = .officer(OfficerID(number))
    default: return nil
    }
  }
}
