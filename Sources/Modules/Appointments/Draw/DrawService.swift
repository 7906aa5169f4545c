import Contracts
import Core
import Crypto
import Store

/// Fair draws: announcing one, entering it, drawing.
struct DrawService: Sendable {
  private static let seedByteCount = 32
  /// Results written in one transaction: a few milliseconds, in which others wait.
  static let partCountMax = 200
  /// Older draws no longer show where they stand in the ledger.
  private static let ledgerEntryCountMax = 200

  let booking: BookingContext
  /// Keeps what was committed to and how draws came out; nil where no module keeps a ledger.
  let ledger: (any LedgerService)?
  /// nil where nothing computes it: then no draw is announced, drawn or shown.
  let digest: (any PublicDigest)?

  private func lots() throws -> DrawLots {
    guard let digest else { throw Problem(.unavailable, "appointment.not-offered") }
    return DrawLots(digest: digest)
  }

  // MARK: announcing

  /// Announces a draw: its slots are set aside, and the seed is fixed before the first entry. The commitment goes into
  /// the journal and the ledger.
  ///
  /// - Throws: `Problem` `appointment.draw-empty` when the days have no slots that are still to be released;
  ///   `forbidden`.
  func announce(_ plan: DrawTable.Plan, by principal: Principal) async throws -> Draw {
    let officer = try principal.requireOfficer(with: .capacity)
    let lots = try lots()
    return try await booking.store.write { transaction in
      if let same = try DrawTable.draw(submission: plan.submission, in: transaction) { return same }
      let now = booking.clock.now
      guard isInOrder(plan, at: now) else { throw Problem(.invalid, "appointment.draw-days") }
      let source = booking.random.bytes(Self.seedByteCount)
      let commitment = try lots.commitment(to: seed(from: source))
      guard
        let id = try DrawTable.insert(
          plan, seedSource: source, commitment: commitment, at: now, by: officer, in: transaction)
      else { throw Problem(.fault, "fault") }
      let count = try DrawTable.setAside(for: id, plan, at: now, in: transaction)
      guard count > 0 else { throw Problem(.conflict, "appointment.draw-empty") }
      try transaction.append(DrawEvent.committed(id, commitment, slots: count))
      try ledger?.append(
        LedgerEntry(
          .drawCommitment, by: principal,
          facts: [LedgerFact("draw", id.rawValue), LedgerFact("places", Int64(count))],
          commitment: LedgerCommitment(digest: commitment)), in: transaction)
      guard let draw = try DrawTable.draw(id, in: transaction) else { throw Problem(.fault, "fault") }
      return draw
    }
  }

  /// How many places a draw would have if it were announced now; nil where it would be refused, or has been announced.
  func placeCount(of plan: DrawTable.Plan) async throws -> Int? {
    let now = booking.clock.now
    guard isInOrder(plan, at: now) else { return nil }
    let count = try await booking.store.read { try DrawTable.drawableCount(by: plan, at: now, in: $0) }
    return count > 0 ? count : nil
  }

  /// Whether entering ends in the future, and before the first of the days.
  private func isInOrder(_ plan: DrawTable.Plan, at now: Instant) -> Bool {
    plan.first <= plan.last && plan.closes > now && booking.zone.date(of: plan.closes) < plan.first
  }

  // MARK: entering

  /// Enters a draw, once per person. The same application entering again gets its entry again.
  ///
  /// - Throws: `Problem` `appointment.draw-closed`, `.draw-entered`, `.not-bookable`, `.unknown-application`,
  ///   `.one-at-a-time`.
  func enter(
    _ id: DrawID, with number: ApplicationNumber, wish: CivilDate?, isStrict: Bool
  ) async throws -> DrawEntry {
    try await booking.store.write { transaction in
      let now = booking.clock.now
      guard let draw = try DrawTable.draw(id, in: transaction) else {
        throw Problem(.notFound, "appointment.unknown-draw")
      }
      let members = try People(booking: booking).members(of: [number], kind: .web, in: transaction)
      guard let member = members.first, member.service == draw.service else {
        throw Problem(.conflict, "appointment.not-bookable", ["number": number.printed])
      }
      if let same = try DrawTable.entry(of: member.person, in: id, transaction) {
        guard same.application == number else { throw Problem(.conflict, "appointment.draw-entered") }
        return same
      }
      guard draw.isOpen(at: now) else { throw Problem(.conflict, "appointment.draw-closed") }
      try BookingService(booking: booking).requireFree(member.person, in: transaction)
      let day = wish.flatMap { (draw.first...draw.last).contains($0) ? $0 : nil }
      let entry = DrawEntry(
        code: PublicCode(from: booking.random), draw: id, application: number, wish: day,
        isStrict: day != nil && isStrict, rank: nil, slot: nil, appointment: nil)
      try DrawTable.insert(entry, person: member.person, at: now, in: transaction)
      return entry
    }
  }

  // MARK: drawing

  /// Draws every draw whose time is over.
  func drawAllDue() async throws {
    let now = booking.clock.now
    for draw in try await booking.store.read({ try DrawTable.due(at: now, in: $0) }) { try await run(draw.id) }
  }

  /// Draws once, also when several do it and when it was interrupted. What each entry gets is settled with the
  /// end of entering; it is written in parts, so that no booking waits for all of it, and published
  /// when the last part is written.
  func run(_ id: DrawID) async throws {
    let isDue = try await booking.store.write { transaction in
      let now = booking.clock.now
      guard let draw = try DrawTable.draw(id, in: transaction), draw.isDue(at: now) else { return false }
      try DrawTable.close(id, at: now, in: transaction)
      return true
    }
    guard isDue, let drawing = try await drawing(id) else { return }
    for part in drawing.parts(of: Self.partCountMax) { try await write(part, of: drawing) }
    try await publish(drawing)
  }

  /// How the draw comes out; nil when it has been published.
  func drawing(_ id: DrawID) async throws -> Drawing? {
    let (draw, entries, slots) = try await booking.store.read { snapshot in
      (
        try DrawTable.draw(id, in: snapshot), try DrawTable.entries(of: id, in: snapshot),
        try DrawTable.notedSlots(of: id, in: snapshot)
      )
    }
    guard let draw, draw.drawnAt == nil else { return nil }
    let seed = try draw.seedSource.map(seed) ?? draw.seed
    guard try lots().commitment(to: seed) == draw.commitment else {
      booking.log.error("a draw's seed is not the one that was committed to", ["draw": id.description])
      throw Problem(.fault, "fault")
    }
    return try Drawing(draw, seed: seed, entries: entries, slots: slots, lots: lots())
  }

  /// Made anew from the number in the draw's row: the key is not in the database, so the row tells nothing of the seed.
  func seed(from source: [UInt8]) throws -> [UInt8] {
    guard let hash = booking.hash else { throw Problem(.unavailable, "appointment.not-offered") }
    return hash.authenticate(source, for: "queue.draw-seed")
  }

  /// Writes what some of the entries get; those that have it already are left alone.
  func write(_ part: ArraySlice<Drawing.Result>, of drawing: Drawing) async throws {
    try await booking.store.write { transaction in
      let now = booking.clock.now
      for result in part {
        guard let entry = try DrawTable.entry(result.entry, in: transaction), entry.rank == nil else { continue }
        let appointment = try result.slot.flatMap {
          try give($0, to: entry, in: drawing.draw, at: now, in: transaction)
        }
        try DrawTable.setResult(
          of: result.entry, rank: result.rank, slot: result.slot, appointment: appointment, in: transaction)
      }
    }
  }

  /// The ledger holds the SHA-256 of the public list, so that neither the seed nor a result can be changed afterwards.
  private func publish(_ drawing: Drawing) async throws {
    let draw = drawing.draw
    let now = booking.clock.now
    let entries = try await booking.store.read { try DrawTable.entries(of: draw.id, in: $0) }
    let slots = try await booking.store.read { try DrawTable.notedSlots(of: draw.id, in: $0) }
    let listHash = try DrawList(draw: drawing.revealed(at: now), lots: lots(), entries: entries, slots: slots)
      .digest()
    let midnight = booking.zone.instant(booking.today, CivilTime(minuteOfDay: 0))
    try await booking.store.write { transaction in
      guard try DrawTable.draw(draw.id, in: transaction)?.drawnAt == nil else { return }
      try DrawTable.finish(drawing, listHash: listHash, at: now, released: midnight, in: transaction)
      try transaction.append(DrawEvent.drawn(drawing))
      try ledger?.append(
        LedgerEntry(
          .drawOutcome, by: .system("queue"),
          facts: [
            LedgerFact("draw", draw.id.rawValue), LedgerFact("entries", Int64(drawing.results.count)),
            LedgerFact("winners", Int64(drawing.winnerCount)),
          ],
          commitment: LedgerCommitment(digest: listHash)), in: transaction)
    }
  }

  /// The ledger's entry of that kind about the draw; nil where there is none, or no ledger.
  func ledgerEntry<Database: Queryable & ~Copyable>(
    _ kind: LedgerKind, of id: DrawID, in database: borrowing Database
  ) throws -> LedgerRecord? {
    try ledger?.entries(of: kind, limit: Self.ledgerEntryCountMax, in: database)
      .first { $0.facts["draw"] == id.description }
  }

  /// Makes the winner's appointment; nil when the person has got another one meanwhile, and then the slot is free.
  private func give(
    _ slot: Int64, to entry: DrawEntry, in draw: Draw, at now: Instant, in transaction: borrowing Transaction
  ) throws -> AppointmentID? {
    guard let person = try DrawTable.person(of: entry.code, in: transaction) else { return nil }
    try BookingService(booking: booking).dropPastClaims(of: [person], in: transaction)
    if let other = try AppointmentTable.appointment(claimedBy: person, in: transaction) {
      guard other.state == .held else { return nil }
      try AppointmentTable.lapse(other, at: now, in: transaction)
    }
    let day: CivilDate? = try transaction.value("SELECT day FROM appointments_slot WHERE id = \(slot)")
    guard let day else { return nil }
    let code = PublicCode(from: booking.random)
    let request = SlotRequest(
      applications: [entry.application], kind: .web, priority: nil, day: day, halfHour: CivilTime(minuteOfDay: 0),
      submission: "draw:\(entry.code)")
    guard
      let id = try AppointmentTable.insert(
        code: code, request, heldUntil: now + .seconds(1), at: now, numberedBy: booking.random, in: transaction),
      let taken = try DrawTable.give(slot, of: draw.id, to: id, in: transaction)
    else { throw Problem(.fault, "fault") }
    try AppointmentTable.insertVisit(
      of: id, code: code,
      for: PartyMember(application: entry.application, service: draw.service, person: person), on: day, at: taken,
      in: transaction)
    try AppointmentTable.claim(person, for: id, in: transaction)
    guard try AppointmentTable.book(id, at: now, in: transaction) else { throw Problem(.fault, "fault") }
    return id
  }
}

/// What the journal tells of draws: all that is needed to hold the office to its word.
enum DrawEvent {
  static func committed(_ id: DrawID, _ commitment: [UInt8], slots: Int) -> Event {
    Event(
      kind: "draw.committed", entity: id.description,
      payload: "{\"commitment\":\"\(Hexadecimal.text(commitment))\",\"places\":\(slots)}")
  }

  static func drawn(_ drawing: Drawing) -> Event {
    let (seed, hash) = (Hexadecimal.text(drawing.seed), Hexadecimal.text(drawing.entriesHash))
    return Event(
      kind: "draw.drawn", entity: drawing.draw.id.description,
      payload: "{\"seed\":\"\(seed)\",\"entriesHash\":\"\(hash)\","
        + "\"entries\":\(drawing.results.count),\"winners\":\(drawing.winnerCount)}")
  }
}
