import Contracts
import Core
import Store

/// One of those for whom slots are asked.
struct PartyMember: Sendable {
  let application: ApplicationNumber
  let service: ServiceCode
  /// Who it is: equal for equal people, and telling nothing else.
  let person: [UInt8]

  var fit: PartyFit.Member { PartyFit.Member(service: service, person: person) }
}

/// Tells whether two applications are the same person's, without keeping who it is: a keyed hash of the NIK or
/// passport number, made once when an application is first booked with.
struct People: Sendable {
  let booking: BookingContext

  /// The party of these applications.
  ///
  /// - Throws: `Problem` `appointment.unknown-application`, `.not-bookable`.
  func members(
    of numbers: [ApplicationNumber], kind: SlotKind, in transaction: borrowing Transaction
  ) throws -> [PartyMember] {
    try summaries(of: numbers, kind: kind, in: transaction).map { application in
      PartyMember(
        application: application.number, service: application.service,
        person: try person(of: application, in: transaction))
    }
  }

  /// The same without changing anything; nil when one of them has never asked before.
  func knownMembers<Database: Queryable & ~Copyable>(
    of numbers: [ApplicationNumber], kind: SlotKind, in database: borrowing Database
  ) throws -> [PartyMember]? {
    var members: [PartyMember] = []
    for application in try summaries(of: numbers, kind: kind, in: database) {
      guard let person = try known(application.subject, in: database) else { return nil }
      members.append(PartyMember(application: application.number, service: application.service, person: person))
    }
    return members
  }

  private func summaries<Database: Queryable & ~Copyable>(
    of numbers: [ApplicationNumber], kind: SlotKind, in database: borrowing Database
  ) throws -> [ApplicationSummary] {
    let rules = booking.rules.now
    guard !numbers.isEmpty, numbers.count <= rules.partyMax, Set(numbers).count == numbers.count else {
      throw Problem(.invalid, "appointment.party-size", ["max": String(rules.partyMax)])
    }
    var summaries: [ApplicationSummary] = []
    for number in numbers {
      guard let application = try booking.applications?.application(number, in: database) else {
        throw Problem(.notFound, "appointment.unknown-application", ["number": number.printed])
      }
      guard application.ending == nil else {
        throw Problem(.conflict, "appointment.application-ended", ["number": number.description])
      }
      guard let service = rules.service(application.service), kind != .express || service.takesExpress else {
        throw Problem(.conflict, "appointment.not-bookable", ["number": number.printed])
      }
      summaries.append(application)
    }
    return summaries
  }

  private func known<Database: Queryable & ~Copyable>(
    _ subject: SubjectID, in database: borrowing Database
  ) throws -> [UInt8]? {
    try database.value("SELECT person FROM appointments_person WHERE subject = \(subject)")
  }

  private func person(of application: ApplicationSummary, in transaction: borrowing Transaction) throws -> [UInt8] {
    if let known = try known(application.subject, in: transaction) { return known }
    let now = booking.clock.now
    guard let hash = booking.hash else { throw Problem(.unavailable, "appointment.not-offered") }
    let person = hash.authenticate(try identity(of: application, in: transaction), for: "queue.person")
    try transaction.run(
      """
      INSERT INTO appointments_person (subject, person, used_at)
      VALUES (\(application.subject), \(person), \(now)) ON CONFLICT (subject) DO NOTHING
      """)
    return person
  }

  /// What makes the person the same one in another application; the application itself where nothing does.
  private func identity(
    of application: ApplicationSummary, in transaction: borrowing Transaction
  ) throws -> [UInt8] {
    let asSystem = Principal.system("queue")
    if let vault = booking.vault {
      // The passport stays closed where there is a NIK.
      let records = try vault.open(
        all: [Biodata.self, TravelDocument.self], of: application.subject, for: .duplicateCheck, as: asSystem,
        in: transaction, while: { $0.record(Biodata.self)?.exposed.nik == nil })
      let biodata = records.record(Biodata.self)
      if let nik = biodata?.exposed.nik { return Array("nik:\(nik)".utf8) }
      if let document = records.record(TravelDocument.self), let nationality = biodata?.exposed.nationality {
        return Array("passport:\(nationality):\(document.exposed.number)".utf8)
      }
    }
    return Array("application:\(application.number)".utf8)
  }
}
