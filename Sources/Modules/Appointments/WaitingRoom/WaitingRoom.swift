import Contracts
import Core
import Store

/// The room in front of a release. Everything about it stands in tables, so no position is lost when a line, a
/// phone or the process fails: the code is all that a person needs.
struct WaitingRoom: Sendable {
  let booking: BookingContext

  /// Today's room: in front of the first release of the day. nil when there is none, or rooms are switched off.
  func session<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> RoomSession? {
    guard let rules = booking.rules.now.waitingRoom else { return nil }
    let today = booking.today
    let midnight = booking.zone.instant(today, CivilTime(minuteOfDay: 0))
    let next = booking.zone.instant(today.adding(days: 1), CivilTime(minuteOfDay: 0))
    let release: Instant? = try database.value(
      """
      SELECT released_at FROM appointments_slot
      WHERE \(SlotTable.isHere) AND released_at > \(midnight) AND released_at < \(next)
        AND kind <> \(SlotKind.walkIn) AND withdrawn = 0
      ORDER BY released_at LIMIT 1
      """)
    return release.map { RoomSession(rules: rules, release: $0) }
  }

  /// Whether people must go through the room now to book a slot of that kind. The priority line and those who come
  /// without an appointment have slots of their own and no rush.
  func isNeeded<Database: Queryable & ~Copyable>(
    for kind: SlotKind, in database: borrowing Database
  ) throws -> Bool {
    guard kind == .web || kind == .express, let session = try session(in: database) else { return false }
    return session.isOpen(at: booking.clock.now)
  }

  // MARK: entering

  /// Enters the room; a person who is in it already keeps their position.
  ///
  /// - Throws: `Problem` `appointment.room-closed`.
  func enter(as known: PublicCode?) async throws -> PublicCode {
    try await booking.store.write { transaction in
      let now = booking.clock.now
      guard let session = try session(in: transaction), session.isOpen(at: now) else {
        throw Problem(.conflict, "appointment.room-closed")
      }
      if let known, case let standing? = try standing(of: known, in: transaction), standing != .over { return known }
      try RoomTable.open(session.release, in: transaction)
      let code = PublicCode(from: booking.random)
      if session.hasBegun(at: now) {
        try RoomTable.shuffle(session.release, in: transaction)
        try RoomTable.enterBehind(code, room: session.release, at: now, in: transaction)
      } else {
        let lot = Int64(bitPattern: booking.random.uint64() >> 1)
        try RoomTable.enterEarly(code, room: session.release, lot: lot, at: now, in: transaction)
      }
      return code
    }
  }

  /// Puts those who came early in their random order; the first one after the release to ask does it for all.
  func begin() async throws {
    let now = booking.clock.now
    let isDue = try await booking.store.read { snapshot -> Bool in
      guard let session = try session(in: snapshot), session.hasBegun(at: now) else { return false }
      return try RoomTable.isUnshuffled(session.release, in: snapshot)
    }
    guard isDue else { return }
    try await booking.store.write { transaction in
      if let session = try session(in: transaction), session.hasBegun(at: now) {
        try RoomTable.shuffle(session.release, in: transaction)
      }
    }
  }

  // MARK: standing

  /// Where the holder of a code stands; nil for a code that was not given out.
  func standing(_ code: PublicCode) async throws -> RoomStanding? {
    try await begin()
    let (standing, isNoted) = try await booking.store.read { snapshot in
      (try self.standing(of: code, in: snapshot), try RoomTable.holder(code, in: snapshot)?.admittedAt != nil)
    }
    guard case .admitted = standing, !isNoted else { return standing }
    // The time to choose begins when the person is there to see it.
    return try await booking.store.write { transaction in
      try RoomTable.noteAdmission(code, at: booking.clock.now, in: transaction)
      return try self.standing(of: code, in: transaction)
    }
  }

  func standing<Database: Queryable & ~Copyable>(
    of code: PublicCode, in database: borrowing Database
  ) throws -> RoomStanding? {
    guard let holder = try RoomTable.holder(code, in: database) else { return nil }
    guard let session = try session(in: database), session.release == holder.room else { return .over }
    let now = booking.clock.now
    let choosing = Duration.minutes(session.rules.admissionMinutes)
    if let admitted = holder.admittedAt {
      return admitted + choosing > now ? .admitted(until: admitted + choosing) : .over
    }
    guard now < session.closes else { return .over }
    guard let number = holder.number else { return .early(begins: session.release) }
    let last = session.lastAdmitted(at: now)
    guard number > last else { return .admitted(until: now + choosing) }
    let ahead = try RoomTable.count(session.release, after: last, before: number, in: database)
    return .waiting(ahead: ahead, admitted: session.admission(of: number))
  }

  /// How many have entered.
  func count() async throws -> Int {
    try await booking.store.read { snapshot in
      guard let session = try session(in: snapshot) else { return 0 }
      return try RoomTable.count(session.release, in: snapshot)
    }
  }

  /// - Throws: `Problem` `appointment.waiting-room` for a person who should be waiting.
  func requireAdmission(_ pass: PublicCode?, kind: SlotKind, in transaction: borrowing Transaction) throws {
    guard try isNeeded(for: kind, in: transaction) else { return }
    if let pass, case .admitted? = try standing(of: pass, in: transaction) { return }
    throw Problem(.conflict, "appointment.waiting-room")
  }
}
