import Contracts
import Core
import Store

/// Gives slots to people: keeping, confirming, moving, cancelling. Each call is one transaction, and everything that
/// decides is read inside it.
struct BookingService: Sendable {
  let booking: BookingContext
  var people: People { People(booking: booking) }

  // MARK: keeping slots

  /// The people to whom the applications belong, before times are shown: each of the party may book now.
  ///
  /// - Throws: `Problem` `appointment.unknown-application`, `.not-bookable`, `.party-size`, `.one-at-a-time`.
  func party(_ numbers: [ApplicationNumber], kind: SlotKind) async throws -> [PartyMember] {
    try requireOffered()
    // A person who has asked before costs no write: a crowd looks at times far more often than it takes one.
    let known = try await booking.store.read { snapshot in
      let members = try people.knownMembers(of: numbers, kind: kind, in: snapshot)
      for member in members ?? [] { try requireFree(member.person, in: snapshot) }
      return members
    }
    if let known { return known }
    return try await booking.store.write { transaction in
      let members = try people.members(of: numbers, kind: kind, in: transaction)
      for member in members { try requireFree(member.person, in: transaction) }
      return members
    }
  }

  /// The people for whom an appointment is, to look for other times.
  func members(of appointment: Appointment) async throws -> [PartyMember] {
    try await booking.store.write { transaction in
      try people.members(of: appointment.visits.map(\.application), kind: appointment.kind, in: transaction)
    }
  }

  /// Keeps slots for some minutes. A repeated request with the same key gets the same appointment; an earlier hold of
  /// the same people is let go.
  ///
  /// - Throws: `Problem` `appointment.gone` when others were faster, `.waiting-room` when a release is on and the person
  ///   has not been admitted, `.too-many-holds` for a person who keeps slots again and again, and those of `party`.
  func hold(_ request: SlotRequest) async throws -> Appointment {
    try requireOffered()
    return try await booking.store.write { transaction in
      if let same = try AppointmentTable.appointment(submission: request.submission, in: transaction) { return same }
      let now = booking.clock.now
      try requireBookable(request, at: now)
      try WaitingRoom(booking: booking).requireAdmission(request.pass, kind: request.kind, in: transaction)
      try AppointmentTable.lapseHolds(on: request.day, request.kind, at: now, in: transaction)
      let members = try people.members(of: request.applications, kind: request.kind, in: transaction)
      if let same = try heldAlready(request, by: members, at: now, in: transaction) { return same }
      for member in members {
        try letGo(member.person, at: now, in: transaction)
        try requireFewHolds(of: member.person, at: now, in: transaction)
      }
      try dropPastClaims(of: members.map(\.person), in: transaction)
      let code = PublicCode(from: booking.random)
      let until = now + .minutes(booking.rules.now.holdMinutes)
      guard
        let id = try AppointmentTable.insert(
          code: code, request, heldUntil: until, at: now, numberedBy: booking.random, in: transaction)
      else { throw Problem(.fault, "fault") }
      let slots = try take(
        request.kind, for: members, on: request.day, from: request.halfHour, by: id, in: transaction)
      for (index, (member, slot)) in zip(members, slots).enumerated() {
        try AppointmentTable.insertVisit(
          of: id, code: index == 0 ? code : PublicCode(from: booking.random), for: member, on: request.day, at: slot,
          in: transaction)
      }
      for person in Set(members.map(\.person)) {
        try AppointmentTable.claim(person, for: id, in: transaction)
      }
      return try appointment(id, in: transaction)
    }
  }

  /// Confirms a hold. Confirming twice is confirming once.
  ///
  /// - Throws: `Problem` `appointment.unknown`, `.hold-ended`; `.stopped` when a supervisor has stopped what it is for.
  func confirm(_ code: PublicCode) async throws -> Appointment {
    try await booking.store.write { transaction in
      guard let held = try AppointmentTable.appointment(code: code, in: transaction) else {
        throw Problem(.notFound, "appointment.unknown")
      }
      if held.state == .booked || held.state == .checkedIn { return held }
      guard try stop(hitting: held, in: transaction) == nil else { throw Problem(.conflict, "appointment.stopped") }
      guard try AppointmentTable.book(held.id, at: booking.clock.now, in: transaction) else {
        throw Problem(.conflict, "appointment.hold-ended")
      }
      let booked = try appointment(held.id, in: transaction)
      try transaction.append(AppointmentEvent.booked(booked))
      return booked
    }
  }

  // MARK: changing

  /// Moves an appointment to another time of the same kind; the old slots return after a random while.
  ///
  /// - Parameter pass: the pass of the waiting room: moving to slots of a release waits like booking them.
  /// - Throws: `Problem` `appointment.cannot-move`, `.gone`, `.waiting-room`, `.one-at-a-time` for a person who has
  ///   booked another since its day passed.
  func move(
    _ code: PublicCode, to day: CivilDate, halfHour: CivilTime, pass: PublicCode? = nil
  ) async throws -> Appointment {
    try requireOffered()
    return try await booking.store.write { transaction in
      let now = booking.clock.now
      let old = try living(code, in: transaction)
      if old.stands(on: day, at: halfHour) { return old }
      let callOff = try callOff(of: old, in: transaction)
      guard booking.canMove(old, despite: callOff) else {
        throw Problem(.conflict, "appointment.cannot-move", ["days": String(booking.rules.now.moveDaysBefore)])
      }
      let request = SlotRequest(
        applications: old.visits.map(\.application), kind: old.kind, priority: old.priority, day: day,
        halfHour: halfHour,
        submission: "", pass: pass)
      try requireBookable(request, at: now)
      try WaitingRoom(booking: booking).requireAdmission(pass, kind: old.kind, in: transaction)
      try AppointmentTable.lapseHolds(on: day, old.kind, at: now, in: transaction)
      let members = try people.members(of: request.applications, kind: old.kind, in: transaction)
      try claimAgain(members.map(\.person), for: old.id, at: now, in: transaction)
      let given = try SlotTable.slots(of: old.id, in: transaction)
      let slots = try take(old.kind, for: members, on: day, from: halfHour, by: old.id, in: transaction)
      for (visit, slot) in zip(old.visits, slots) {
        try AppointmentTable.moveVisit(visit.id, to: day, slot, in: transaction)
      }
      try coolDown(given, in: transaction)
      try AppointmentTable.countMove(old.id, to: day, isFree: callOff != nil, in: transaction)
      let moved = try appointment(old.id, in: transaction)
      try transaction.append(AppointmentEvent.moved(moved))
      return moved
    }
  }

  /// Cancels an appointment or lets a hold go; its slots return after a random while, so that none can be handed to
  /// a particular other person.
  ///
  /// - Throws: `Problem` `appointment.unknown`, `.ended`.
  func cancel(_ code: PublicCode) async throws {
    try await booking.store.write { transaction in
      let appointment = try living(code, in: transaction)
      try cancel(appointment, in: transaction)
    }
  }

  /// The same in the caller's transaction.
  func cancel(_ appointment: Appointment, in transaction: borrowing Transaction) throws {
    let now = booking.clock.now
    if let until = appointment.heldUntil, until <= now {
      try AppointmentTable.lapse(appointment, at: now, in: transaction)
      return
    }
    let wasHeld = appointment.state == .held
    try AppointmentTable.end(appointment, as: wasHeld ? .lapsed : .cancelled, at: now, in: transaction)
    try coolDown(try SlotTable.slots(of: appointment.id, in: transaction), in: transaction)
    guard !wasHeld else { return }
    try transaction.append(AppointmentEvent.ended(appointment.id, .cancelled, on: appointment.day))
  }

  // MARK: inside the transaction

  private func take(
    _ kind: SlotKind, for members: [PartyMember], on day: CivilDate, from halfHour: CivilTime,
    by appointment: AppointmentID, in transaction: borrowing Transaction
  ) throws -> [SlotTable.Taken] {
    let now = booking.clock.now
    let free = try SlotTable.free(
      kind, on: day, after: earliest(kind), services: Set(members.map(\.service)), at: now, in: transaction)
    guard let halfHours = fit(members).halfHours(from: halfHour, in: free) else {
      throw Problem(.conflict, "appointment.gone")
    }
    return try zip(members, halfHours).map { member, halfHour in
      guard
        let slot = try SlotTable.take(
          kind, of: member.service, on: day, halfHour: halfHour, after: earliest(kind), for: appointment, at: now,
          in: transaction)
      else { throw Problem(.conflict, "appointment.gone") }
      return slot
    }
  }

  /// A person without an appointment is promised a minute of today, also one of the half-hour that runs; it must lie
  /// ahead. For the others the half-hour must.
  func earliest(_ kind: SlotKind) -> CivilTime? {
    kind == .walkIn ? booking.zone.time(of: booking.clock.now) : nil
  }

  /// Finds half-hours for the visits of a party.
  func fit(_ members: [PartyMember]) -> PartyFit {
    PartyFit(members: members.map(\.fit), spreadMinutes: booking.rules.now.spreadMinutes)
  }

  /// Each slot for a while of its own, so that no one can tell when it comes back.
  private func coolDown(_ slots: [Int64], in transaction: borrowing Transaction) throws {
    let bounds = booking.rules.now.coolingMinutes
    for slot in slots {
      let seconds = booking.random.below((bounds.upperBound - bounds.lowerBound) * 60 + 1) + bounds.lowerBound * 60
      try SlotTable.giveBack(slot, available: booking.clock.now + .seconds(seconds), in: transaction)
    }
  }

  /// What the party holds already, when it asks for the same again from a fresh page.
  private func heldAlready(
    _ request: SlotRequest, by members: [PartyMember], at now: Instant, in transaction: borrowing Transaction
  ) throws -> Appointment? {
    guard let person = members.first?.person,
      let held = try AppointmentTable.appointment(claimedBy: person, in: transaction),
      held.state == .held, let until = held.heldUntil, until > now, held.kind == request.kind,
      held.priority == request.priority, held.day == request.day, held.visits.first?.halfHour == request.halfHour,
      held.visits.map(\.application) == request.applications
    else { return nil }
    return held
  }

  /// Lets an unconfirmed hold of the person go, for another time that they choose.
  private func letGo(_ person: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws {
    if let held = try AppointmentTable.appointment(claimedBy: person, in: transaction), held.state == .held {
      try cancel(held, in: transaction)
    }
    try requireFree(person, in: transaction)
  }

  /// A person who has been served, or did not come, may book again, also while their day waits to be ended.
  func dropPastClaims(of people: [[UInt8]], in transaction: borrowing Transaction) throws {
    try AppointmentTable.dropPastClaims(
      of: people, before: booking.lastDayOver.adding(days: 1), in: transaction)
  }

  /// Claims an appointment's people anew where their claim went with its day, as when the office called that day off:
  /// a person who has booked another one meanwhile has that one.
  private func claimAgain(
    _ people: [[UInt8]], for appointment: AppointmentID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    for person in Set(people) {
      guard try AppointmentTable.appointment(claimedBy: person, in: transaction)?.id != appointment else { continue }
      try letGo(person, at: now, in: transaction)
      try dropPastClaims(of: [person], in: transaction)
      try AppointmentTable.claim(person, for: appointment, in: transaction)
    }
  }

  private func living(_ code: PublicCode, in transaction: borrowing Transaction) throws -> Appointment {
    guard let appointment = try AppointmentTable.appointment(code: code, in: transaction) else {
      throw Problem(.notFound, "appointment.unknown")
    }
    guard appointment.state == .held || appointment.state == .booked else {
      throw Problem(.conflict, "appointment.ended")
    }
    return appointment
  }

  private func appointment(_ id: AppointmentID, in transaction: borrowing Transaction) throws -> Appointment {
    guard let appointment = try AppointmentTable.appointment(id, in: transaction) else {
      throw Problem(.fault, "fault")
    }
    return appointment
  }
}
