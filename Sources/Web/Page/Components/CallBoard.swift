public import HTML

/// One call on the hall's screen.
public struct BoardCall: Sendable {
  let number: String
  let place: String
  let isOpen: Bool

  /// - Parameters:
  ///   - number: the ticket's number (`A-012`).
  ///   - place: where to go, as it is shown (`Loket 3`).
  ///   - isOpen: whether the person is still expected there.
  public init(_ number: String, place: String, isOpen: Bool = true) {
    self.number = number
    self.place = place
    self.isOpen = isOpen
  }
}

/// Who should get ready.
public struct BoardNext: Sendable {
  let numbers: [String]
  let label: String
  let none: String
  let waiting: String

  /// - Parameters:
  ///   - none: what stands there when no ticket waits.
  ///   - waiting: how many wait, in words.
  public init(numbers: [String], label: String, none: String, waiting: String) {
    self.numbers = numbers
    self.label = label
    self.none = none
    self.waiting = waiting
  }
}

/// The hall's calls: the latest as large as the screen allows, those before it beside it.
///
/// Use it on the hall's large screen alone; not on a page that people hold, where a `ticketNumber` says the one call
/// that matters.
///
/// - Parameters:
///   - calls: the latest first; more than nine do not fit and are left out.
///   - empty: what stands there before the first call.
///   - more: that there are further calls for which there is no room.
public func callBoard(
  _ calls: [BoardCall], latestLabel: String, othersLabel: String, empty: String, more: String? = nil,
  next: BoardNext? = nil
) -> Node {
  div(.class(calls.isEmpty ? "board is-empty" : "board")) {
    if let latest = calls.first {
      section(.class("board-latest"), .aria("label", latestLabel)) {
        p { latestLabel }
        p(.class("board-number"), .untranslated) { latest.number }
        p(.class("board-place")) { latest.place }
      }
    } else {
      p(.class("board-empty")) { empty }
    }
    div(.class("board-side")) {
      let others = calls.dropFirst().prefix(8)
      if !others.isEmpty {
        // Half of them fit below each other; more stand in two columns.
        ol(.class(others.count > 4 ? "board-others many" : "board-others"), .aria("label", othersLabel)) {
          for call in others {
            li(.class(call.isOpen ? "open" : nil)) {
              span(.untranslated) { call.number }
              span { call.place }
            }
          }
        }
      }
      if let more { p(.class("board-more")) { more } }
      if let next { board(next) }
    }
  }
}

/// The hall's screen while the office is closed: large, and nothing else.
///
/// Use it in place of `callBoard` while no number is called today; not for a break, during which calls stay to be read.
public func closedBoard(title: String, reason: String, next: String) -> Node {
  section(.class("board-closed"), .aria("label", title)) {
    p(.class("board-closed-title")) { title }
    p { reason }
    p { next }
  }
}

private func board(_ next: BoardNext) -> Node {
  section(.class("board-next"), .aria("label", next.label)) {
    p(.class("board-waiting")) { next.waiting }
    if next.numbers.isEmpty {
      p { next.none }
    } else {
      p { next.label }
      ol { for number in next.numbers { li(.untranslated) { number } } }
    }
  }
}
