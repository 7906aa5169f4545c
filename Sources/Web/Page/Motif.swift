internal import HTML

/// The split gate (*candi bentar*) that gave Gapura its name: two stepped halves with the way between.
enum Motif {
  /// The mark: both halves of the gate.
  static func gate(class name: String) -> Node {
    svg(.class(name), .viewBox(0, 0, 48, 48), .aria("hidden", "true"), .focusableFalse) {
      path(.class("gate-half"), .d(half))
      path(.class("gate-half"), .d(mirrored))
      path(.class("gate-base"), .d("M3 42h42v3H3z"))
    }
  }

  /// A line of small gates under the header, as cloth has a border.
  static var band: Node { div(.class("band"), .aria("hidden", "true")) {} }

  private static let half = "M21 41H5v-5h3v-5h2v-6h2v-6h3v-6h2V8h2V3h2z"
  private static let mirrored = "M27 41h16v-5h-3v-5h-2v-6h-2v-6h-3v-6h-2V8h-2V3h-2z"
}
