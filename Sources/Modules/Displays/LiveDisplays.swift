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
    for topic in displays.topics {
      guard let zone = configured.zone(topic.zone) else { continue }
      displays.send(events(for: topic, zone, calls, in: snapshot, configured), to: topic)
    }
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
    let (shown, recent) = state.withLock { ($0.snapshot, $0.recent) }
    let seen = lastEventID.flatMap { Int64($0) } ?? .max
    let missed = recent.filter { $0.sequence > seen && now - $0.instant < Self.repeatedFor }
    begin(events(for: display, zone, missed.map(\.call), in: shown ?? QueueSnapshot(), configured))
    return stream
  }

  /// Ends every stream.
  func stop() {
    displays.close()
    terminals.finish()
  }

  private func events(
    for display: Display, _ zone: DisplayZone, _ calls: [QueueSnapshot.Call], in snapshot: QueueSnapshot,
    _ configured: HallDisplays
  ) -> SharedEvents {
    let id = String(snapshot.sequence)
    let said = calls.filter { zone.has($0.counter) }.map { call in
      ServerEvent(
        id: id, name: "call",
        data: Announcement(call, languages: configured.languages, locales: locales).json)
    }
    let board = snapshot.board(of: zone, in: office)
    let view = BoardView(board: board, words: locales.words(display.language), zone: office.zone)
    return SharedEvents(said + [.content(view.node, id: id)])
  }
}
