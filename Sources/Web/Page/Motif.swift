internal import HTML

/// The split gate (*candi bentar*) that gave Gapura its name: two stepped halves with the way between.
enum Motif {
  /// The mark: both halves of the gate.
  static func gate(class name: String) -> Node {
    svg(.class(name), .viewBox(0, 0, 48, 48), .aria("hidden", "true")) {
      path(.class("gate-half"), .d(half))
      path(.class("gate-half"), .d(mirrored))
      path(.class("gate-base"), .d("M1 43.5h46v3H1z"))
    }
  }

  /// A line of small gates under the header, as cloth has a border.
  static let band = div(.class("band"), .aria("hidden", "true")) {}

  private static let half =
    "M21.5 42H3V39H5V35H4V33H7V29H6V27H9.5V23H8.5V21H12V17.5H11V15.5H14.5V12H13.5V10H17V7H16V5.5H18.5L20 1H21.5z"
  private static let mirrored =
    "M26.5 42H45V39H43V35H44V33H41V29H42V27H38.5V23H39.5V21H36V17.5H37V15.5H33.5V12H34.5V10H31V7H32V5.5H29.5L28 1H26.5z"
}
