import Contracts
import Core
import Store
import Synchronization

/// What happens in the hall because time passes: promises break, and days end. Everything is read from the database, so
/// that a restart, or days with the power off, only delay it.
final class HallRound: Sendable {
  /// New promises are longer than this, and days end by the minute.
  private static let intervalMax = Duration.seconds(60)
  private static let intervalMin = Duration.seconds(1)

  private let close: DayClose
  private let dayEnd: DayEnd
  private let work: RegularWork
  private let log: any Log
  private let periodic = Periodic(every: HallRound.intervalMax, from: .afterInterval)
  private let waiting = Mutex<DayLeftover?>(nil)
  private let coming = Mutex<Coming?>(nil)

  /// What the end of today will end, as things stand.
  struct Coming: Sendable, Equatable {
    let at: Instant
    let leftover: DayLeftover

    /// What a sysadmin is told; nil where nothing is left.
    func sentence(in zone: OfficeZone) -> String? {
      let (numbers, appointments) = (leftover.numbers, leftover.appointments)
      guard numbers.left + appointments.left > 0 else { return nil }
      return "the day ends at \(zone.time(of: at)) with \(numbers.left) of \(numbers.all) numbers and "
        + "\(appointments.left) of \(appointments.all) appointments open"
    }
  }

  init(counters: CounterService, dayEnd: DayEnd, work: RegularWork = RegularWork(), log: any Log) {
    self.work = work
    close = DayClose(counters: counters)
    self.dayEnd = dayEnd
    self.log = log
  }

  /// Does what is due, and keeps doing it.
  func start() async throws {
    try await close.counters.store.atStart("the hall's round") { try await regularly() }
    work.watch("the hall's round", periodic)
    periodic.start(
      // Where the promises cannot be read, the turn that follows says so.
      pausing: { [self] in (try? await pause()) ?? Self.intervalMin },
      failed: { [log] in log.error("the hall could not be brought up to date", ["error": $0.inLog]) },
      { [self] in try await regularly() })
  }

  func stop() async { await periodic.stop() }

  /// What the day's end will end, between the office's closing and then.
  var announcement: String? { coming.withLock { $0?.sentence(in: dayEnd.zone) } }

  private func regularly() async throws { try await work.run("the hall's round", once) }

  /// What the end of the days that are over leaves alone until a supervisor has looked; nil where nothing waits.
  var leftover: DayLeftover? { waiting.withLock { $0 } }

  /// Ends it, after a supervisor has looked.
  func endLeftover(by principal: Principal) async throws -> DayClose.Settlement {
    try principal.require(.hall)
    try close.counters.clock.requireBelieved()
    let settlement = try await close.endLeftover(dayEnd, by: principal)
    waiting.withLock { $0 = nil }
    return settlement
  }

  /// Does what is due now. Promises come first: a person who is sent home at the day's end was promised a call all the same.
  ///
  /// Nothing is broken or ended on a date that is in doubt.
  func once() async throws {
    guard close.counters.clock.doubt == nil else { return }
    try await noticeBroken()
    try await announce()
    let leftover = try await close.catchUp(dayEnd) { leftover in
      log.record(.notice, "numbers of days that are over will end", fields(leftover))
    }.waiting
    let isNews = waiting.withLock { known in
      defer { known = leftover }
      return known == nil && leftover != nil
    }
    if isNews, let leftover { log.warning("a day does not end by itself", ["why": leftover.sentence]) }
  }

  /// Says what the day's end will end, while there is still time to serve them, or to correct the hours; in the log once.
  private func announce() async throws {
    let now = close.counters.clock.now
    let appointments = close.counters.availability?.hooks.appointments
    var next: Coming?
    if let end = dayEnd.comingEnd(at: now) {
      let leftover = try await close.counters.store.read { [dayEnd] in
        try DayLeftover.read(dayEnd, appointments, at: end, in: $0)
      }
      next = Coming(at: end, leftover: leftover)
    }
    let isNews = coming.withLock { known in
      defer { known = next }
      return known?.at != next?.at
    }
    if isNews, let next, next.sentence(in: dayEnd.zone) != nil {
      log.record(
        .notice, "numbers that are open when the day ends will end",
        fields(next.leftover) + [(name: "queue.at", value: dayEnd.zone.timestamp(next.at))])
    }
  }

  private func fields(_ leftover: DayLeftover) -> [(name: StaticString, value: String)] {
    [
      (name: "queue.numbers", value: String(leftover.numbers.left)),
      (name: "queue.of", value: String(leftover.numbers.all)),
      (name: "queue.appointments", value: String(leftover.appointments.left)),
    ]
  }

  private func noticeBroken() async throws {
    let now = close.counters.clock.now
    let due = try await close.counters.store.read { try PromiseTable.nextDue(in: $0) }
    guard let due, due < now else { return }
    _ = try await close.counters.store.write { try PromiseBook.noticeBroken(at: now, in: $0) }
  }

  /// How long to pause: until right after the next promise falls due.
  private func pause() async throws -> Duration {
    guard let due = try await close.counters.store.read({ try PromiseTable.nextDue(in: $0) }) else {
      return Self.intervalMax
    }
    let left = due - close.counters.clock.now + .milliseconds(1)
    return min(Self.intervalMax, max(Self.intervalMin, left))
  }
}
