public import HTML

/// One call on the hall's screen.
public struct BoardCall: Sendable {
  let number: String
  let place: String

  /// - Parameters:
  ///   - number: the ticket's number (`A-012`).
  ///   - place: where to go, as it is shown (`Loket 3`).
  public init(_ number: String, place: String) {
    self.number = number
    self.place = place
  }
}

/// The hall's calls: the latest as large as the screen allows, those before it beside it.
///
/// - Parameters:
///   - calls: the latest first; more than five do not fit and are left out.
///   - empty: what stands there before the first call.
public func callBoard(_ calls: [BoardCall], latestLabel: String, othersLabel: String, empty: String) -> Node {
  guard let latest = calls.first else { return p(.class("board-empty")) { empty } }
  return div(.class("board")) {
    section(.class("board-latest"), .aria("label", latestLabel)) {
      p { latestLabel }
      p(.class("board-number"), .untranslated) { latest.number }
      p(.class("board-place")) { latest.place }
    }
    ol(.class("board-others"), .aria("label", othersLabel)) {
      for call in calls.dropFirst().prefix(4) {
        li {
          span(.untranslated) { call.number }
          span { call.place }
        }
      }
    }
  }
}
