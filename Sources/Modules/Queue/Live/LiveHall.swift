import Contracts
import Core
import Forecast
import Store
import Synchronization
import Web

/// Tells phones and observers of the hall what has changed: after each change it is read once for all of them.
final class LiveHall: Sendable {
  /// A ticket that is followed on a phone.
  struct Phone: Hashable, Sendable {
    let code: PublicCode
    let language: Language
  }

  private struct State {
    var hall = HallSnapshot.empty
    /// The same as it is shown to others.
    var snapshot = QueueSnapshot()
    /// How many readings of the hall have been begun, and which of them is shown.
    var begun = 0
    var shown = 0
    var told: [Phone: Ticket] = [:]
  }

  let phones: Fanout<Phone>
  private let state = Mutex(State())
  /// The observers that show each snapshot; told under the lock, so that none is told an older one last.
  private let observers = Mutex<[any QueueObserver]>([])
  private let office: Office
  private let locales: Locales
  private let clock: any WallClock
  private let queue: HallQueue

  init(queue: HallQueue, office: Office, locales: Locales, clock: any WallClock) {
    self.queue = queue
    self.office = office
    self.locales = locales
    self.clock = clock
    phones = Fanout()
  }

  /// The hall as it is now.
  var hall: HallSnapshot { state.withLock { $0.hall } }

  /// How many wait, of those for whom the office has counters.
  var waitingCount: Int { hall.waitingCount(in: office) }

  /// Reads the hall and has the observers show it. Phones are told after them: `tellPhones`.
  ///
  /// - Throws: what reading throws; nothing has changed then.
  func refresh() async throws {
    let turn = state.withLock { state in
      state.begun += 1
      return state.begun
    }
    take(try await queue.snapshot(), turn: turn)
  }

  /// Takes in a reading, unless a later one came before it: readings overlap, and an older one would call again whom the
  /// newer one has called.
  ///
  /// - Parameter turn: the place among the readings at which it was begun.
  /// - Returns: whether it was taken in.
  @discardableResult
  func take(_ hall: HallSnapshot, turn: Int) -> Bool {
    let snapshot = QueueSnapshot(hall)
    return observers.withLock { observers in
      guard keep(hall, snapshot, turn: turn) else { return false }
      for observer in observers { observer.show(snapshot) }
      return true
    }
  }

  /// - Returns: false where the reading is older than the one that is kept.
  private func keep(_ hall: HallSnapshot, _ snapshot: QueueSnapshot, turn: Int) -> Bool {
    state.withLock { state in
      guard (hall.sequence, turn) > (state.hall.sequence, state.shown) else { return false }
      state.hall = hall
      state.snapshot = snapshot
      state.shown = turn
      return true
    }
  }

  /// How many streams are told.
  var streamCount: Int { phones.followerCount + observers.withLock { $0.reduce(0) { $0 + $1.streamCount } } }

  /// Ends every stream.
  func stop() { phones.close() }

  // MARK: phones

  /// The tickets that are followed on a phone just now.
  var followedTickets: Set<PublicCode> { Set(phones.topics.map(\.code)) }

  /// A stream for a phone: its ticket at once.
  func follow(_ phone: Phone) async throws -> EventStream {
    let stream = EventStream()
    let begin = phones.add(stream, to: phone)
    guard let ticket = try await queue.ticket(phone.code) else { return stream }
    state.withLock { if $0.told[phone] == nil { $0.told[phone] = ticket } }
    begin(SharedEvents([content(of: ticket, for: phone, nil)]))
    return stream
  }

  /// Tells each phone whose ticket has another position or state.
  func tellPhones() async {
    // Where the hall has been read again meanwhile, it is told from that.
    while !(await tellPhonesOfPresent()) {}
  }

  /// - Returns: whether what was told is still the present.
  private func tellPhonesOfPresent() async -> Bool {
    let (hall, shown) = state.withLock { ($0.hall, $0.shown) }
    let watched = phones.topics
    guard !watched.isEmpty,
      let tickets = try? await queue.tickets(Set(watched.map(\.code)), positions: hall.positions)
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
    // Those who must walk now are told first.
    let news = now.filter { told[$0.key] != $0.value }.sorted { Self.urgency($0.value) < Self.urgency($1.value) }
    for (phone, ticket) in news {
      let isMove = told[phone].map { $0.state != ticket.state } ?? false
      let id = String(hall.sequence)
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

extension LiveHall: QueueSnapshotService {
  var latest: QueueSnapshot { state.withLock { $0.snapshot } }

  func catchUp() async throws {
    let known = hall.at
    // Before the first reading nothing is missed.
    guard known.milliseconds > 0, !known.isSameMinute(as: clock.now) else { return }
    try await refresh()
  }

  func add(_ observer: any QueueObserver) {
    observers.withLock { observers in
      observers.append(observer)
      let present = state.withLock { $0.shown > 0 ? $0.snapshot : nil }
      if let present { observer.show(present) }
    }
  }
}

extension Instant {
  /// Whether clocks show the same.
  func isSameMinute(as other: Instant) -> Bool { milliseconds / 60_000 == other.milliseconds / 60_000 }
}
