internal import Contracts
internal import Core
internal import HTML
internal import Web

/// What pages say of sessions.
struct SessionView {
  let context: PageContext

  private var words: Words { context.words }

  /// `Firefox di Windows`.
  func device(_ session: Session) -> String {
    words(
      "officers.session.device",
      [
        "browser": session.device.browser ?? words("officers.session.other-browser"),
        "system": session.device.system ?? words("officers.session.other-system"),
      ])
  }

  func moment(_ instant: Instant) -> Node { .text(words.moment(instant, in: context.zone)) }

  func state(_ session: Session) -> Node {
    if session.stage == .password { return tag(words("officers.session.halfway"), .warning) }
    return session.isLocked(at: context.now)
      ? tag(words("officers.session.locked"), .warning) : tag(words("officers.session.open"), .success)
  }

  /// `Loket 3`, or none.
  func places(_ seats: [OfficerSeat]) -> String {
    seats.isEmpty
      ? words("officers.session.no-counter")
      : seats.map { words("officers.session.counter", ["counter": String($0.counter)]) }.joined(separator: ", ")
  }

  func columns(_ names: [String]) -> [String] { names.map { words(MessageKey("officers.session.column", named: $0)) } }

  /// How many have just ended, where the address says so.
  @NodeBuilder func news(_ request: Request) -> Node {
    if let count = request.query("ditutup").flatMap({ Int($0) }), count >= 0 {
      notice(.success, title: words("officers.session.ended", ["count": String(count)]), isNews: true)
    }
  }
}
