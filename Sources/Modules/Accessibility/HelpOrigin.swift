internal import Core

/// Where in the hall a person with a phone may wait for help. Calls carry it as their origin, `web-entrance`;
/// a kiosk's calls carry the kiosk's name.
enum HelpOrigin: String, CaseIterable, Sendable {
  case entrance = "web-entrance"
  case waiting = "web-waiting"
  case counter = "web-counter"
  case parking = "web-parking"

  /// How a call's origin is shown.
  static func label(_ origin: String, _ words: Words) -> String {
    if let known = HelpOrigin(rawValue: origin) {
      return words(MessageKey("accessibility.place", named: known.rawValue))
    }
    switch origin {
    case "web": return words("accessibility.place.web")
    // A machine without a name of its own.
    case "kiosk": return words("accessibility.place.machine")
    default: return words("accessibility.place.kiosk", ["name": origin])
    }
  }
}
