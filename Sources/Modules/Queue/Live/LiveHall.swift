import Contracts
import Core
import Store
import Synchronization
import Web

/// Tells displays and phones what has changed: after each change everything is computed once, whoever looks on.
final class LiveHall: Sendable {
  /// A display: its zone (nil for the whole hall) and the language of its words.
  struct Display: Hashable, Sendable {
    let zone: String?
    let language: Language
  }

  /// A ticket on somebody's phone.
  struct Phone: Hashable, Sendable {
    let code: PublicCode
    let language: Language
  }

  private struct RecentCall {
    let sequence: Int64
    let instant: Instant
    let call: Board.Call
  }

  private struct State {
    var survey = HallSurvey.empty
    /// How many readings of the hall have been begun, and which of them is shown.
    var begun = 0
    var shown = 0
    var recent: [RecentCall] = []
    var told: [Phone: Ticket] = [:]
  }

  /// A display that was away for longer does not say again what the hall has forgotten.
  private static let repeatedFor = Duration.minutes(1)
  private static let recentCountMax = 50

  let displays: Fanout<Display>
  let phones: Fanout<Phone>
  private let state = Mutex(State())
  private let telling = Mutex(())
  private let rules: DisplayRules
  private let office: Office
  let locales: Locales
  private let clock: any WallClock
  private let desk: QueueDesk

  init(desk: QueueDesk, rules: DisplayRules, office: Office, locales: Locales, clock: any WallClock) {
    self.desk = desk
    self.rules = rules
    self.office = office
    self.locales = locales
    self.clock = clock
    displays = Fanout()
    phones = Fanout()
  }

  /// The hall as it is now.
  var survey: HallSurvey { state.withLock { $0.survey } }

  var officeZone: OfficeZone { office.zone }

  /// The displays as they are configured now.
  var configured: HallDisplays { rules.now }

  /// What a zone's displays show now; nil when there is no such zone.
  func board(of zone: String?) -> Board? {
    rules.now.zone(zone).map { survey.board(of: $0, in: office) }
  }

  /// Reads the hall and tells the displays what has changed. Phones are told after them: `tellPhones`.
  ///
  /// - Parameter isFirst: what was called before the program started is not said again.
  /// - Throws: what reading throws; nothing has changed then.
  func refresh(isFirst: Bool = false) async throws {
    let turn = state.withLock { state in
      state.begun += 1
      return state.begun
    }
    take(try await desk.survey(), turn: turn, isFirst: isFirst)
  }

  /// Takes in a reading, unless a later one came before it: readings overlap, and an older one would call again whom the
  /// newer one has called.
  ///
  /// - Parameter turn: the place among the readings at which it was begun.
  /// - Returns: whether it was taken in.
  @discardableResult
  func take(_ survey: HallSurvey, turn: Int, isFirst: Bool = false) -> Bool {
    // One after the other, so that the older of two is not told last.
    telling.withLock { _ in
      guard let calls = keep(survey, turn: turn, isFirst: isFirst) else { return false }
      let configured = rules.now
      for topic in displays.topics {
        guard let zone = configured.zone(topic.zone) else { continue }
        displays.send(events(for: topic, zone, calls, in: survey, configured), to: topic)
      }
      return true
    }
  }

  /// - Returns: the calls that are new; nil where the reading is older than the one that is kept.
  private func keep(_ survey: HallSurvey, turn: Int, isFirst: Bool) -> [Board.Call]? {
    let now = clock.now
    return state.withLock { state in
      guard (survey.sequence, turn) > (state.survey.sequence, state.shown) else { return nil }
      let calls = isFirst ? [] : survey.calls(since: state.survey)
      state.survey = survey
      state.shown = turn
      let recent = state.recent + calls.map { RecentCall(sequence: survey.sequence, instant: now, call: $0) }
      state.recent = recent.suffix(Self.recentCountMax)
      return calls
    }
  }

  /// Reads the hall again where a minute has begun since: hours end without anything happening in the hall, and no page
  /// may say otherwise than the others.
  func catchUp() async throws {
    let known = survey.at
    // Before the first reading nothing is missed.
    guard known.milliseconds > 0, !known.isSameMinute(as: clock.now) else { return }
    try await refresh()
  }

  /// How many streams are told.
  var streamCount: Int { displays.followerCount + phones.followerCount }

  /// Ends every stream.
  func stop() {
    displays.close()
    phones.close()
  }

  // MARK: displays

  /// A stream for a display: the board at once, with the calls that it missed since event `lastEventID`.
  func follow(_ display: Display, in zone: DisplayZone, lastEventID: String?) -> EventStream {
    let stream = EventStream()
    let begin = displays.add(stream, to: display)
    let now = clock.now
    let (survey, recent) = state.withLock { ($0.survey, $0.recent) }
    let seen = lastEventID.flatMap { Int64($0) } ?? .max
    let missed = recent.filter { $0.sequence > seen && now - $0.instant < Self.repeatedFor }
    begin(events(for: display, zone, missed.map(\.call), in: survey, rules.now))
    return stream
  }

  private func events(
    for display: Display, _ zone: DisplayZone, _ calls: [Board.Call], in survey: HallSurvey, _ configured: HallDisplays
  ) -> SharedEvents {
    let id = String(survey.sequence)
    let said = calls.filter { zone.has($0.counter) }.map { call in
      ServerEvent(
        id: id, name: "call",
        data: Announcement(call, languages: configured.languages, locales: locales).json)
    }
    let board = survey.board(of: zone, in: office)
    let view = BoardView(board: board, words: locales.words(display.language), zone: office.zone)
    return SharedEvents(said + [.content(view.node, id: id)])
  }

  // MARK: phones

  /// The tickets that somebody follows on a phone just now.
  var followedTickets: Set<PublicCode> { Set(phones.topics.map(\.code)) }

  /// A stream for a phone: its ticket at once.
  func follow(_ phone: Phone) async throws -> EventStream {
    let stream = EventStream()
    let begin = phones.add(stream, to: phone)
    guard let ticket = try await desk.ticket(phone.code) else { return stream }
    state.withLock { if $0.told[phone] == nil { $0.told[phone] = ticket } }
    begin(SharedEvents([content(of: ticket, for: phone, nil)]))
    return stream
  }

  /// Tells each phone whose ticket has another place or state.
  func tellPhones() async {
    // Where the hall has been read again meanwhile, it is told from that.
    while !(await tellPhonesOfPresent()) {}
  }

  /// - Returns: whether what was told is still the present.
  private func tellPhonesOfPresent() async -> Bool {
    let (survey, shown) = state.withLock { ($0.survey, $0.shown) }
    let watched = phones.topics
    guard !watched.isEmpty,
      let tickets = try? await desk.tickets(Set(watched.map(\.code)), places: TicketPlaces(survey))
    else {
      state.withLock { $0.told = [:] }
      return true
    }
    var now: [Phone: Ticket] = [:]
    for phone in watched { now[phone] = tickets[phone.code] }
    let told = state.withLock { [now] state -> [Phone: Ticket]? in
      guard state.shown == shown else { return nil }
      defer { state.told = now }
      return state.told
    }
    guard let told else { return false }
    // Whoever must walk now is told first.
    let news = now.filter { told[$0.key] != $0.value }.sorted { Self.urgency($0.value) < Self.urgency($1.value) }
    for (phone, ticket) in news {
      let isMove = told[phone].map { $0.state != ticket.state } ?? false
      let id = String(survey.sequence)
      // What the holder may do depends on the state, and is fetched with the page.
      phones.send(
        SharedEvents([content(of: ticket, for: phone, id)] + (isMove ? [ServerEvent(id: id, data: "tiket")] : [])),
        to: phone)
    }
    return true
  }

  private static func urgency(_ ticket: Ticket) -> Int { ticket.state == .called ? -1 : ticket.peopleAhead }

  private func content(of ticket: Ticket, for phone: Phone, _ id: String?) -> ServerEvent {
    .content(TicketNow(ticket: ticket, words: locales.words(phone.language), zone: office.zone).node, id: id)
  }
}

extension Instant {
  /// Whether clocks show the same.
  func isSameMinute(as other: Instant) -> Bool { milliseconds / 60_000 == other.milliseconds / 60_000 }
}
