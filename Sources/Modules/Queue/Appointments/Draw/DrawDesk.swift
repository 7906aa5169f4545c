import Contracts
import Core
import Store

/// Fair draws: announcing one, entering it, drawing.
struct DrawDesk: Sendable {
  private static let seedByteCount = 32
  /// Older draws no longer show where they stand in the ledger.
  private static let ledgerEntryCountMax = 200

  let house: AppointmentHouse

  private func lots() throws -> DrawLots {
    guard let digest = house.digest else { throw Problem(.unavailable, "appointment.not-offered") }
    return DrawLots(digest: digest)
  }

  // MARK: announcing

  /// Announces a draw: its places are set aside, and the seed is fixed before anybody enters. The commitment goes into
  /// the journal and the ledger.
  ///
  /// - Throws: `Problem` `appointment.draw-empty` when the days have no places that are still to be released.
  func announce(_ plan: DrawTable.Plan, by officer: SignedInPrincipal) async throws -> Draw {
    let lots = try lots()
    return try await house.store.write { transaction in
      if let same = try DrawTable.draw(submission: plan.submission, in: transaction) { return same }
      let now = house.clock.now
      guard plan.first <= plan.last, plan.closes > now, house.zone.date(of: plan.closes) < plan.first else {
        throw Problem(.invalid, "appointment.draw-days")
      }
      let seed = house.random.bytes(Self.seedByteCount)
      let commitment = try lots.commitment(to: seed)
      guard
        let id = try DrawTable.insert(
          plan, seed: seed, commitment: commitment, at: now, by: officer.id, in: transaction)
      else { throw Problem(.fault, "fault") }
      let count = try DrawTable.setAside(for: id, plan, at: now, in: transaction)
      guard count > 0 else { throw Problem(.conflict, "appointment.draw-empty") }
      try transaction.append(DrawEvent.committed(id, commitment, places: count))
      try house.ledger?.append(
        LedgerEntry(
          .drawCommitment, by: officer.principal,
          facts: [LedgerFact("draw", id.rawValue), LedgerFact("places", Int64(count))],
          commitment: LedgerCommitment(digest: commitment)), in: transaction)
      guard let draw = try DrawTable.draw(id, in: transaction) else { throw Problem(.fault, "fault") }
      return draw
    }
  }

  // MARK: entering

  /// Enters a draw, once per person. The same application entering again gets its entry again.
  ///
  /// - Throws: `Problem` `appointment.draw-closed`, `.draw-entered`, `.not-bookable`, `.unknown-application`,
  ///   `.one-at-a-time`.
  func enter(
    _ id: DrawID, with number: ApplicationNumber, wish: CivilDate?, isStrict: Bool
  ) async throws -> DrawEntry {
    try await house.store.write { transaction in
      let now = house.clock.now
      guard let draw = try DrawTable.draw(id, in: transaction) else {
        throw Problem(.notFound, "appointment.unknown-draw")
      }
      let members = try People(house: house).members(of: [number], kind: .web, in: transaction)
      guard let member = members.first, member.service == draw.service else {
        throw Problem(.conflict, "appointment.not-bookable", ["number": number.description])
      }
      if let same = try DrawTable.entry(of: member.person, in: id, transaction) {
        guard same.application == number else { throw Problem(.conflict, "appointment.draw-entered") }
        return same
      }
      guard draw.isOpen(at: now) else { throw Problem(.conflict, "appointment.draw-closed") }
      try BookingDesk(house: house).requireFree(member.person, in: transaction)
      let day = wish.flatMap { (draw.first...draw.last).contains($0) ? $0 : nil }
      let entry = DrawEntry(
        code: PublicCode(from: house.random), draw: id, application: number, wish: day,
        isStrict: day != nil && isStrict, rank: nil, place: nil, appointment: nil)
      try DrawTable.insert(entry, person: member.person, at: now, in: transaction)
      return entry
    }
  }

  // MARK: drawing

  /// Draws every draw whose time is over.
  func drawAllDue() async throws {
    let now = house.clock.now
    for draw in try await house.store.read({ try DrawTable.due(at: now, in: $0) }) { try await run(draw.id) }
  }

  /// Draws: all at once or not at all, and once.
  func run(_ id: DrawID) async throws {
    let lots = try lots()
    try await house.store.write { transaction in
      let now = house.clock.now
      guard let draw = try DrawTable.draw(id, in: transaction), draw.drawnAt == nil, draw.closes <= now else { return }
      var byLabel: [String: DrawEntry] = [:]
      for entry in try DrawTable.entries(of: id, in: transaction) { byLabel[try lots.label(of: entry.code)] = entry }
      let entriesHash = try lots.entriesHash(Array(byLabel.keys))
      let order = try lots.order(Array(byLabel.keys), seed: draw.seed, entriesHash: entriesHash)
      let entries = order.compactMap { label in
        byLabel[label].map { DrawLots.Entry(label: label, wish: $0.wish, isStrict: $0.isStrict) }
      }
      let places = try DrawTable.places(of: id, in: transaction)
      try DrawTable.notePlaces(places, of: id, in: transaction)
      let assigned = DrawLots.assign(entries, places)
      for (index, label) in order.enumerated() {
        guard let entry = byLabel[label] else { continue }
        let appointment = try assigned[label].flatMap { try give($0, to: entry, in: draw, at: now, in: transaction) }
        try DrawTable.setResult(
          of: entry.code, rank: index + 1, place: assigned[label], appointment: appointment, in: transaction)
      }
      try DrawTable.finish(id, entriesHash: entriesHash, at: now, in: transaction)
      try transaction.append(
        DrawEvent.drawn(id, seed: draw.seed, entriesHash: entriesHash, entries: order.count, winners: assigned.count))
      try recordOutcome(of: id, entries: order.count, winners: assigned.count, in: transaction)
    }
  }

  /// The ledger holds the SHA-256 of the public list, so that neither the seed nor a result can be changed afterwards.
  private func recordOutcome(
    of id: DrawID, entries: Int, winners: Int, in transaction: borrowing Transaction
  ) throws {
    guard let ledger = house.ledger, let list = try DrawList.read(id, house, in: transaction) else { return }
    try ledger.append(
      LedgerEntry(
        .drawOutcome, by: .system("queue"),
        facts: [
          LedgerFact("draw", id.rawValue), LedgerFact("entries", Int64(entries)), LedgerFact("winners", Int64(winners)),
        ],
        commitment: LedgerCommitment(digest: try list.digest())), in: transaction)
  }

  /// The ledger's entry of that kind about the draw; nil where there is none, or no ledger.
  func ledgerEntry<Database: Queryable & ~Copyable>(
    _ kind: LedgerKind, of id: DrawID, in database: borrowing Database
  ) throws -> LedgerRecord? {
    try house.ledger?.entries(of: kind, limit: Self.ledgerEntryCountMax, in: database)
      .first { $0.facts["draw"] == id.description }
  }

  /// Makes the winner's appointment; nil when the person has got another one meanwhile, and then the place is free.
  private func give(
    _ place: Int64, to entry: DrawEntry, in draw: Draw, at now: Instant, in transaction: borrowing Transaction
  ) throws -> AppointmentID? {
    guard let person = try DrawTable.person(of: entry.code, in: transaction) else { return nil }
    if let other = try AppointmentTable.appointment(claimedBy: person, in: transaction) {
      guard other.state == .held else { return nil }
      try AppointmentTable.lapse(other, at: now, in: transaction)
    }
    let day: CivilDate? = try transaction.value("SELECT day FROM queue_appointment_place WHERE id = \(place)")
    guard let day else { return nil }
    let code = PublicCode(from: house.random)
    let request = PlaceRequest(
      applications: [entry.application], kind: .web, priority: nil, day: day, slot: CivilTime(minuteOfDay: 0),
      submission: "draw:\(entry.code)")
    guard
      let id = try AppointmentTable.insert(
        code: code, request, heldUntil: now + .seconds(1), at: now, in: transaction),
      let taken = try DrawTable.give(place, of: draw.id, to: id, in: transaction)
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

/// An officer and in which role they act.
struct SignedInPrincipal: Sendable {
  let id: OfficerID
  let principal: Principal
}

/// What the journal tells of draws: all that somebody needs to hold the office to its word.
enum DrawEvent {
  static func committed(_ id: DrawID, _ commitment: [UInt8], places: Int) -> Event {
    Event(
      kind: "draw.committed", entity: id.description,
      payload: "{\"commitment\":\"\(DrawLots.hexadecimal(commitment))\",\"places\":\(places)}")
  }

  static func drawn(_ id: DrawID, seed: [UInt8], entriesHash: [UInt8], entries: Int, winners: Int) -> Event {
    Event(
      kind: "draw.drawn", entity: id.description,
      payload:
        "{\"seed\":\"\(DrawLots.hexadecimal(seed))\",\"entriesHash\":\"\(DrawLots.hexadecimal(entriesHash))\","
        + "\"entries\":\(entries),\"winners\":\(winners)}")
  }
}
