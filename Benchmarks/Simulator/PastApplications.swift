import Contracts
import Core
import People
import Store

/// The applications of an office's past: people make them, come for their visit, and officers decide, a stage a working day.
///
/// Persons, stages, receipts and visits go through the modules' services. What only pages and officers' keys do is written
/// here as they write it: the row of an application, and an officer's decision.
struct PastApplications: Sendable {
  /// Of a day's visitors, who have applied before.
  private static let share = 1.0 / 3
  /// Of those under way, who go on to their next stage on a day.
  private static let goingOnShare = 0.9
  private static let noticeVersion = 1

  /// An application under way.
  struct Way: Sendable {
    let number: ApplicationNumber
    let service: ServiceCode
    /// Which of the service's stages it stands in, from 0.
    var stage = 0
  }

  let catalogue: any CatalogueService
  let vault: any VaultService
  let tracking: any TrackingService
  let ledger: any LedgerService
  let people: PeopleMaker

  /// A day of them.
  ///
  /// - Parameters:
  ///   - visitorCount: how many came to the hall.
  ///   - ways: those under way, which some of them leave.
  ///   - firstPerson: the number of the first person who applies.
  /// - Returns: those under way afterwards, and how many people have applied.
  func pass(
    visitorCount: Int, ways: [Way], firstPerson: Int, at now: Instant, chance: Chance,
    in transaction: borrowing Transaction
  ) throws -> (ways: [Way], personCount: Int) {
    var left: [Way] = []
    for way in ways {
      let next = try chance.happens(Self.goingOnShare) ? goOn(way, at: now, in: transaction) : way
      if let next { left.append(next) }
    }
    let count = Int(Double(visitorCount) * Self.share)
    for place in 0..<count {
      guard let service = chance.pick(HallHabits.visits.map { (value: $0.service, weight: $0.weight) }),
        let offered = catalogue.service(service)
      else { continue }
      left.append(try apply(people.person(firstPerson + place), offered, at: now, chance, in: transaction))
    }
    return (left, count)
  }

  // MARK: applying

  private func apply(
    _ person: Person, _ service: OfferedService, at now: Instant, _ chance: Chance,
    in transaction: borrowing Transaction
  ) throws -> Way {
    let subject = try vault.createSubject(in: transaction)
    try vault.seal(all: Personal(records(of: person)), of: subject, in: transaction)
    let number = try register(subject, service, at: now, chance, in: transaction)
    try tracking.open(number, subject: subject, service: service, in: transaction)
    if let statement = ReceiptStatement(.application, about: number.description) {
      try ledger.issueReceipt(statement, by: .applicant, in: transaction)
    }
    try transaction.append(Event(kind: "application.registered", entity: number.description))
    return Way(number: number, service: service.code)
  }

  /// As Registration does, which draws another number where one is taken, and counts.
  private func register(
    _ subject: SubjectID, _ service: OfferedService, at now: Instant, _ chance: Chance,
    in transaction: borrowing Transaction
  ) throws -> ApplicationNumber {
    while true {
      let number = ApplicationNumber(from: chance.randomSource)
      let inserted = try transaction.run(
        """
        INSERT INTO registration_application (number, service, subject, registered_at, fee, notice_version)
        VALUES (\(number), \(service.code), \(subject), \(now), \(service.total), \(Self.noticeVersion))
        ON CONFLICT (number) DO NOTHING
        """)
      guard inserted == 1 else { continue }
      try transaction.run(
        """
        INSERT INTO registration_count (service, applications) VALUES (\(service.code), 1)
        ON CONFLICT (service) DO UPDATE SET applications = registration_count.applications + 1
        """)
      return number
    }
  }

  private func records(of person: Person) -> [any PersonalRecord] {
    var nik: String?
    if case .citizen(let digits, _) = person.identity { nik = digits }
    let biodata = Biodata(
      fullName: person.fullName, nik: nik, birthPlace: person.birthPlace,
      dateOfBirth: person.dateOfBirth.description, sex: person.sex, nationality: nik == nil ? "UTO" : "IDN")
    // As a form keeps it: with the country's code.
    let telephone = person.telephone.hasPrefix("0") ? "+62" + person.telephone.dropFirst() : person.telephone
    return [biodata, Contact(telephone: telephone, email: person.email, address: person.address)]
  }

  // MARK: going on

  /// - Returns: nil where it has come to its end.
  private func goOn(_ way: Way, at now: Instant, in transaction: borrowing Transaction) throws -> Way? {
    guard let service = catalogue.service(way.service), service.stages.indices.contains(way.stage + 1) else {
      return nil
    }
    let officer = Principal.officer(OfficerID(1), .clerk)
    var next = way
    next.stage += 1
    switch service.stages[way.stage].ending {
    case .visit: _ = try tracking.finishVisit(of: way.number, by: officer, in: transaction)
    case .officer:
      try decide(
        way, from: service.stages[way.stage], entering: service.stages[next.stage], by: officer, at: now,
        in: transaction)
    case .none: return nil
    }
    return service.stages[next.stage].ending == Stage.Ending.none ? nil : next
  }

  /// An officer lets an application go on to its next stage, as the work list's button does.
  private func decide(
    _ way: Way, from former: Stage, entering stage: Stage, by officer: Principal, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE tracking_case SET stage = \(stage.code), position = position + 1, entered_at = \(now)
      WHERE number = \(way.number)
      """)
    try transaction.run(
      """
      INSERT INTO tracking_step (number, position, stage, entered_at, entered_by, promised_for, takes_back)
      SELECT number, position, stage, entered_at, \(officer.description), promised_for, 0
      FROM tracking_case WHERE number = \(way.number)
      """)
    try transaction.run(
      """
      UPDATE tracking_stage SET applications = applications - 1
      WHERE service = \(way.service) AND stage = \(former.code)
      """)
    try transaction.run(
      """
      INSERT INTO tracking_stage (service, stage, applications) VALUES (\(way.service), \(stage.code), 1)
      ON CONFLICT (service, stage) DO UPDATE SET applications = tracking_stage.applications + 1
      """)
    try transaction.append(
      Event(
        kind: "application.stage-entered", entity: way.number.description,
        payload: "{\"service\":\"\(way.service.rawValue)\",\"stage\":\"\(stage.code)\"}"))
  }
}
