import Contracts
import Core
import Store

extension BookingService {
  /// The appointment of that number, for a person who knows the date of birth of one who comes.
  ///
  /// - Throws: `Problem` `appointment.not-found`, the same for an unknown number and another date; `look-up.too-many`.
  func appointment(
    _ number: AppointmentNumber, bornOn date: Personal<CivilDate>, as principal: Principal, from client: LookUpClient
  ) async throws -> Appointment {
    try await booking.lookUps.prove(number, from: client, otherwise: "appointment.not-found") {
      () async throws -> Appointment? in
      try await booking.store.write { transaction in
        guard let vault = booking.vault, let found = try AppointmentTable.appointment(number, in: transaction) else {
          return nil
        }
        for visit in found.visits {
          guard let subject = try booking.applications?.application(visit.application, in: transaction)?.subject else {
            continue
          }
          if try vault.confirm(dateOfBirth: date, of: subject, for: .tracking, as: principal, in: transaction) {
            return found
          }
        }
        return nil
      }
    }
  }

  /// The stop of that day that keeps an appointment from being served; nil where none does.
  func stop(hitting appointment: Appointment) async throws -> ServiceStop? {
    try await booking.store.read { try stop(hitting: appointment, in: $0) }
  }

  func stop<Database: Queryable & ~Copyable>(
    hitting appointment: Appointment, in database: borrowing Database
  ) throws -> ServiceStop? {
    guard [.held, .booked, .missed].contains(appointment.state) else { return nil }
    return ServiceStop.decisive(
      among: try booking.availability.stops(on: appointment.day, in: database).filter {
        appointment.visits.contains(where: $0.hits)
      })
  }

  func appointment(_ code: PublicCode) async throws -> Appointment? {
    try await booking.store.read { try AppointmentTable.appointment(code: code, in: $0) }
  }

  /// A day with room for the whole party, and the half-hours at which it can begin.
  struct OpenDay: Sendable, Equatable {
    let day: CivilDate
    let begins: [CivilTime]
  }

  /// The days on which the whole party finds room, in order; without an appointment only today.
  func openDays(_ party: [PartyMember], kind: SlotKind) async throws -> [OpenDay] {
    let now = booking.clock.now
    let today = booking.today
    let last = kind == .walkIn ? today : booking.rules.now.lastPlannedDay(on: today)
    let free = try await booking.store.read { snapshot in
      try SlotTable.free(
        kind, from: today, to: last, after: earliest(kind), services: Set(party.map(\.service)), at: now, in: snapshot)
    }
    let fit = fit(party)
    return free.sorted { $0.key < $1.key }.compactMap { day, free in
      let begins = fit.begins(in: free).filter { kind == .walkIn || booking.zone.instant(day, $0) > now }
      return begins.isEmpty ? nil : OpenDay(day: day, begins: begins)
    }
  }
}
