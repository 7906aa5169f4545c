import Contracts
import Core
import Synchronization
import Web

/// Shows the hall's displays each snapshot: what they say and write is worked out once for all of them.
final class LiveDisplays: QueueObserver {
  /// A display: its zone (nil for the whole hall) and the language of its words.
  struct Display: Hashable, Sendable {
    let zone: String?
    let language: Language
  }

  private struct RecentCall {
    let sequence: Int64
    let instant: Instant
    let call: QueueSnapshot.Call
  }

  private struct State {
    /// What is shown; nil before the first snapshot.
    var snapshot: QueueSnapshot?
    var recent: [RecentCall] = []
    /// What those who follow now were shown last, where all of them show the same.
    var boards: [Display: Board] = [:]
  }

  /// A display that was away for longer does not say again what the hall has forgotten.
  private static let repeatedFor = Duration.minutes(1)
  private static let recentCountMax = 50

  let locales: Locales
  private let displays: Fanout<Display>
  /// Displays that are no browser.
  let terminals = Watchers<QueueSnapshot>()
  private let state = Mutex(State())
  private let rules: DisplayRules
  let office: Office
  private let clock: any WallClock

  init(rules: DisplayRules, office: Office, locales: Locales, clock: any WallClock) {
    self.rules = rules
    self.office = office
    self.locales = locales
    self.clock = clock
    displays = Fanout()
  }

  /// The hall as it is shown.
  var snapshot: QueueSnapshot { state.withLock { $0.snapshot } ?? QueueSnapshot() }

  /// The displays as they are configured now.
  var configured: HallDisplays { rules.now }

  /// What a zone's displays show now; nil when there is no such zone.
  func board(of zone: String?) -> Board? {
    configured.zone(zone).map { snapshot.board(of: $0, in: office) }
  }

  var streamCount: Int { displays.followerCount }

  func show(_ snapshot: QueueSnapshot) {
    let calls = keep(snapshot)
    let configured = configured
    let shown = state.withLock { $0.boards }
    var boards: [Display: Board] = [:]
    for topic in displays.topics {
      guard let zone = configured.zone(topic.zone) else { continue }
      let board = snapshot.board(of: zone, in: office)
      let said = calls.filter { zone.has($0.counter) }
      boards[topic] = board
      // Much of what happens in a hall changes no board, and is told to no one.
      guard !said.isEmpty || shown[topic] != board else { continue }
      displays.send(events(for: topic, said, board, of: snapshot, configured), to: topic)
    }
    state.withLock { [boards] in $0.boards = boards }
    terminals.send { snapshot }
  }

  /// - Returns: the calls that are new; of the first snapshot none, since they were made before.
  private func keep(_ snapshot: QueueSnapshot) -> [QueueSnapshot.Call] {
    let now = clock.now
    return state.withLock { state in
      let calls = state.snapshot.map { snapshot.calls(since: $0) } ?? []
      state.snapshot = snapshot
      let recent = state.recent + calls.map { RecentCall(sequence: snapshot.sequence, instant: now, call: $0) }
      state.recent = recent.suffix(Self.recentCountMax)
      return calls
    }
  }

  /// A stream for a display: the board at once, with the calls that it missed since event `lastEventID`.
  func follow(_ display: Display, in zone: DisplayZone, lastEventID: String?) -> EventStream {
    let stream = EventStream()
    let begin = displays.add(stream, to: display)
    let now = clock.now
    let (shown, recent) = state.withLock { state in
      // The displays may have been configured anew since the others were told: the next snapshot is shown to all.
      state.boards[display] = nil
      return (state.snapshot, state.recent)
    }
    let seen = lastEventID.flatMap { Int64($0) } ?? .max
    let missed = recent.filter { $0.sequence > seen && now - $0.instant < Self.repeatedFor }
    let said = missed.map(\.call).filter { zone.has($0.counter) }
    let snapshot = shown ?? QueueSnapshot()
    begin(events(for: display, said, snapshot.board(of: zone, in: office), of: snapshot, configured))
    return stream
  }

  /// Ends every stream.
  func stop() {
    displays.close()
    terminals.finish()
  }

  private func events(
    for display: Display, _ calls: [QueueSnapshot.Call], _ board: Board, of snapshot: QueueSnapshot,
    _ configured: HallDisplays
  ) -> SharedEvents {
    let id = String(snapshot.sequence)
    let said = calls.map { call in
      ServerEvent(
        id: id, name: "call",
        data: Announcement(call, languages: configured.languages, locales: locales).json)
    }
    let view = BoardView(board: board, words: locales.words(display.language), zone: office.zone)
    return SharedEvents(said + [.content(view.node, id: id)])
  }
}
