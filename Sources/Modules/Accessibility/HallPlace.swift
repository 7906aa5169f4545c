internal import Core

/// Where in the hall a person with a phone may wait for help. Calls carry it as their place, `web-entrance`;
/// a kiosk's calls carry the kiosk's name.
enum HallPlace: String, CaseIterable, Sendable {
  case entrance = "web-entrance"
  case waiting = "web-waiting"
  case counter = "web-counter"
  case parking = "web-parking"

  /// How a call's place is shown.
  static func label(_ place: String, _ words: Words) -> String {
    if let known = HallPlace(rawValue: place) { return words(MessageKey("accessibility.place", named: known.rawValue)) }
    switch place {
    case "web": return words("accessibility.place.web")
    // A machine without a name of its own.
    case "kiosk": return words("accessibility.place.machine")
    default: return words("accessibility.place.kiosk", ["name": place])
    }
  }
}
