import Core
import Crypto
import Foundation
import ModuleHarness
import Store
import Synchronization
import Web
import XCTest

@testable import Appointments
@testable import Contracts
@testable import Forecast
@testable import Queue
@testable import Stops
@testable import Vault

extension CaseNumber where Kind == ApplicationKind {
  /// As if its holder had shown that it is theirs.
  var opened: OpenedApplication { OpenedApplication(self) }
}

/// An office that gives appointments: a real store, a real vault with people in it, a clock that the test moves.
final class BookingOffice: Sendable {
  static let passport = ServiceCode("paspor")
  static let permit = ServiceCode("izin")
  /// Monday, 23 November 2026.
  static let monday = CivilDate(dayNumber: 20_780)
  /// Of that day, 08.00 WIB.
  static let morning = Instant(milliseconds: 1_795_395_600_000)

  static func locales() throws -> Locales {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Locales.load(directory: repository.appending(path: "share/locales").path)
  }

  let store: Store
  let clock: ManualClock
  let random: SeededRandom
  let vault: Vault
  let register = ApplicationRegister()
  let hours: OfficeHours
  let booking: BookingContext
  let bookings: BookingService
  let draws: DrawService
  let keeper: AppointmentKeeper
  let checkIns: CheckInService
  let queue: HallQueue
  let stops: StoppingService
  let directory: URL

  /// One counter for both services from 08.00 to 10.00; passports of 15 minutes, two of a half-hour; without shares.
  static var plainRules: AppointmentRules {
    var rules = AppointmentRules()
    rules.services = [
      AppointmentRules.Service(code: passport, minutes: 10, weight: 1, takesExpress: true),
      AppointmentRules.Service(code: permit, minutes: 15, weight: 1, takesExpress: false),
    ]
    rules.shares = AppointmentRules.Shares(walkIn: 0, priority: 0, express: 0)
    return rules
  }

  /// The same, with a share for each kind of slot.
  static var sharedRules: AppointmentRules {
    var rules = plainRules
    rules.shares = AppointmentRules.Shares(walkIn: 20, priority: 15, express: 10)
    return rules
  }

  /// - Parameter endsDays: whether days end some time after closing; else at midnight.
  init(
    rules: AppointmentRules = BookingOffice.plainRules, counterCount: Int = 1, seed: UInt64 = 1,
    endsDays: Bool = false, at start: Instant = BookingOffice.morning
  ) async throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("booking-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    clock = ManualClock(start)
    random = SeededRandom(seed: seed)
    store = try Store.open(at: directory.appendingPathComponent("gapura.db").path, clock: clock, log: SilentLog())
    try await store.migrate(
      VaultModule.schemas + [QueueSchema.schema, StopsModule.schema, AppointmentSchema.schema])
    let library = try CryptoLibrary()
    let source = RootKeySource(credentialsDirectory: nil, stateDirectory: directory.path)
    try RootKeyFile.create(source.developmentFile, library: library)
    vault = Vault(
      source: source, store: store, clock: clock, random: SystemRandom(), log: SilentLog(), library: library)
    try await vault.open()
    hours = OfficeHours()
    let office = Office(
      name: LocalizedText([.indonesian: "Contoh", .english: "Example"]), zone: .wib, address: "Jalan Contoh 1",
      telephone: "", counters: (1...counterCount).map { Office.Counter(number: $0, services: []) })
    let catalogue = BookedServices()
    let queueRules = RulesInForce(QueueRules(), directory: nil)
    queue = HallQueue(
      store: store, clock: clock, random: random, zone: .wib, office: office, rules: queueRules, catalogue: catalogue,
      applications: register, accessibility: nil, openings: hours, pins: CasePIN(hash: vault),
      dayEnd: endsDays ? DayEnd(openings: hours, zone: .wib, rules: queueRules) : nil)
    booking = BookingContext(
      store: store, clock: clock, random: random, office: office,
      rules: AppointmentRulesInForce(directory: nil, rules: rules), queue: queue, availability: queue,
      catalogue: catalogue, openings: hours, applications: register, vault: vault, hash: vault, log: SilentLog(),
      lookUps: LookUpGuard(clock: clock, log: SilentLog(), missTime: .zero))
    let inHall = AppointmentsInHall(booking: booking)
    inHall.attend(queue)
    bookings = BookingService(booking: booking)
    draws = DrawService(booking: booking, ledger: vault, digest: LibraryDigest(library: library))
    keeper = AppointmentKeeper(booking: booking)
    checkIns = CheckInService(booking: booking)
    stops = StoppingService(
      store: store, clock: clock, zone: .wib, catalogue: catalogue, queue: queue, appointments: inHall, ledger: vault)
    queue.ask(StopsInHall())
    try await tidy()
  }

  /// Plans the days, settles what has passed and draws what is due, as the module's round does.
  func tidy() async throws { try await keeper.tidy(drawing: draws) }

  /// A counter that serves everything.
  static func counter(_ number: Int) -> Office.Counter { Office.Counter(number: number, services: []) }

  /// When everybody who applies was born, as it is typed.
  static let born: KeyValuePairs<String, String> = [
    "lahir--hari": "1", "lahir--bulan": "1", "lahir--tahun": "1990",
  ]

  /// An office that is open from 08.00 to 16.00, and its pages over a real server.
  static func serving(
    rules: AppointmentRules = BookingOffice.sharedRules, counterCount: Int = 4,
    _ body: (BookingOffice, ServedModule) async throws -> Void
  ) async throws {
    let house = try ModuleOffice()
    let office = try await BookingOffice(rules: rules, counterCount: counterCount, at: ModuleOffice.start)
    office.hours.set("08:00", "16:00")
    try await office.tidy()
    let routes = office.routes(publicAddress: PublicAddress("https://antre.example.go.id"))
    let served = try ServedModule(routes, gatekeeper: StandingOfficers(), in: house)
    try await body(office, served)
    await served.stop()
    await office.close()
  }

  /// The pages of the module, with the officers whom tests sign in.
  func routes(publicAddress: PublicAddress? = nil) -> [Route] {
    AppointmentRoutes(booking: booking, draws: draws, publicAddress: publicAddress, officers: Staff()).all
  }

  func close() async {
    await store.close()
    try? FileManager.default.removeItem(at: directory)
  }

  /// An application of a person with that NIK; a fresh person where none is given.
  func apply(_ service: ServiceCode = BookingOffice.passport, nik: String? = nil) async throws -> ApplicationNumber {
    let number = ApplicationNumber(from: SystemRandom())
    let nik = nik ?? String(1_000_000_000_000_000 + SystemRandom().below(999_999_999_999_999))
    let vault = vault
    let subject = try await store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      let biodata = Biodata(
        fullName: "Siti Contoh", nik: nik, birthPlace: "Padang", dateOfBirth: "1990-01-01", sex: "P",
        nationality: "IDN")
      try vault.seal(Personal(biodata), of: subject, in: transaction)
      return subject
    }
    register.add(
      ApplicationSummary(
        number: number, service: service, subject: subject, registeredAt: clock.now, fee: Rupiah(0)))
    return number
  }

  /// An application whose person the vault knows nothing of: a person of its own, made quickly.
  func applyUnsealed(_ service: ServiceCode = BookingOffice.passport) -> ApplicationNumber {
    let number = ApplicationNumber(from: SystemRandom())
    register.add(
      ApplicationSummary(
        number: number, service: service, subject: SubjectID(Int64(SystemRandom().uint64() >> 2)),
        registeredAt: clock.now, fee: Rupiah(0)))
    return number
  }

  /// The cookie of a browser in which the date of birth was given.
  func pass(_ number: ApplicationNumber) throws -> String {
    try XCTUnwrap(booking.access).pass.issue(for: number)
  }

  /// Keeps a slot for one application.
  func hold(
    _ numbers: [ApplicationNumber], kind: SlotKind = .web, on day: CivilDate = monday.adding(days: 1),
    at time: String = "08:00", submission: String = UUID().uuidString
  ) async throws -> Appointment {
    try await bookings.hold(
      SlotRequest(
        applications: numbers, kind: kind, priority: kind == .priority ? .elderly : nil, day: day,
        halfHour: CivilTime(time) ?? CivilTime(minuteOfDay: 0), submission: submission))
  }

  /// Books a slot for one application.
  func book(
    _ numbers: [ApplicationNumber], kind: SlotKind = .web, on day: CivilDate = monday.adding(days: 1),
    at time: String = "08:00"
  ) async throws -> Appointment {
    try await bookings.confirm(try await hold(numbers, kind: kind, on: day, at: time).code)
  }

  /// Free slots by kind on a day.
  func free(_ kind: SlotKind = .web, on day: CivilDate = monday.adding(days: 1)) async throws -> Int {
    let now = clock.now
    return try await store.read { snapshot in
      try SlotTable.dayCounts(from: day, to: day, at: now, in: snapshot).first { $0.kind == kind }?.free ?? 0
    }
  }

  /// What must hold whatever was done: a slot has at most one visit, a person at most one appointment, and every
  /// living appointment has a slot of its kind for each visit.
  func assertSound(_ seed: UInt64? = nil, file: StaticString = #filePath, line: UInt = #line) async throws {
    let today = booking.today
    let faults = try await store.read { snapshot -> [String: Int] in
      [
        "visits without a slot of theirs": try snapshot.value(
          """
          SELECT count(*) FROM appointments_visit visit
          JOIN appointments_appointment a ON a.id = visit.appointment AND a.state IN ('held', 'booked', 'checked-in')
          LEFT JOIN appointments_slot p ON p.id = visit.slot AND p.appointment = a.id AND p.kind = a.kind
            AND p.day = a.day AND p.half_hour = visit.half_hour AND p.service = visit.service
          WHERE p.id IS NULL
          """) ?? 0,
        "slots whose appointment is over": try snapshot.value(
          """
          SELECT count(*) FROM appointments_slot p JOIN appointments_appointment a ON a.id = p.appointment
          WHERE a.state IN ('lapsed', 'cancelled')
          """) ?? 0,
        "slots without a visit": try snapshot.value(
          """
          SELECT count(*) FROM appointments_slot p WHERE p.appointment IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM appointments_visit v WHERE v.slot = p.id)
          """) ?? 0,
        // A person who stayed away keeps the appointment as it was until the day is settled, and may have another.
        "people with several appointments": try snapshot.value(
          """
          SELECT count(*) FROM (
            SELECT person FROM appointments_visit v JOIN appointments_appointment a ON a.id = v.appointment
            WHERE a.state IN ('held', 'booked') AND person IS NOT NULL AND a.day >= \(today)
            GROUP BY person HAVING count(DISTINCT a.id) > 1) AS several
          """) ?? 0,
        "claims of nobody": try snapshot.value(
          """
          SELECT count(*) FROM appointments_claim c JOIN appointments_appointment a ON a.id = c.appointment
          WHERE a.state NOT IN ('held', 'booked')
          """) ?? 0,
      ].filter { $0.value > 0 }
    }
    XCTAssertEqual(faults, [:], seed.map { "seed \($0)" } ?? "", file: file, line: line)
  }
}

/// Applications by their numbers.
final class ApplicationRegister: ApplicationService {
  private let known = Mutex<[ApplicationNumber: ApplicationSummary]>([:])

  func add(_ summary: ApplicationSummary) { known.withLock { $0[summary.number] = summary } }

  func application<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> ApplicationSummary? { known.withLock { $0[number] } }

  func applications<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [ApplicationNumber] {
    known.withLock { known in known.values.filter { $0.subject == subject }.map(\.number) }
  }

  func caseFile(
    _ number: ApplicationNumber, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> CaseFile? { nil }
}

/// Monday to Friday from 08.00 to 10.00, but for the days that a test closes.
final class OfficeHours: OpeningTimesService {
  private let closed = Mutex<Set<CivilDate>>([])
  private let span = Mutex(
    OpeningSpan(from: CivilTime(minuteOfDay: 8 * 60), to: CivilTime(minuteOfDay: 10 * 60)))

  func close(_ day: CivilDate) { closed.withLock { _ = $0.insert(day) } }
  func open(_ day: CivilDate) { closed.withLock { _ = $0.remove(day) } }
  func set(_ from: String, _ to: String) {
    span.withLock { span in
      span = OpeningSpan(from: CivilTime(from) ?? span.from, to: CivilTime(to) ?? span.to)
    }
  }

  func openingTimes(on day: CivilDate) -> [OpeningSpan] {
    day.weekday > 5 || closed.withLock { $0.contains(day) } ? [] : [span.withLock { $0 }]
  }

  func closure(on day: CivilDate) -> LocalizedText? { nil }
}

/// The two services that are booked.
private struct BookedServices: CatalogueService {
  func services(on day: CivilDate) -> [OfferedService] {
    [service(BookingOffice.passport), service(BookingOffice.permit)].compactMap { $0 }
  }

  func service(_ code: ServiceCode) -> OfferedService? {
    guard let letter = [BookingOffice.passport: "A", BookingOffice.permit: "B"][code] else { return nil }
    let text = LocalizedText(inEveryLanguage: code.rawValue)
    return OfferedService(
      code: code, name: text, summary: text, audience: .citizens, queueLetter: letter, acceptsWebApplications: true,
      requirements: [], fields: [], fees: [], promisedWorkingDays: 4, stages: [], legalBasis: [],
      validFrom: CivilDate(dayNumber: 0), validTo: nil, notices: [])
  }

  func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday <= 5 }
  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate { day.adding(days: count) }
}

/// The code of the problem that `body` throws; nil when it throws none.
func problem(_ body: () async throws -> some Any) async throws -> String? {
  do {
    _ = try await body()
    return nil
  } catch let problem as Problem {
    return problem.code
  }
}

/// From `GAPURA_TEST_SEED`, else drawn; printed.
func testSeed(_ name: String = #function) -> UInt64 {
  let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
  print("\(name): GAPURA_TEST_SEED=\(seed)")
  return seed
}
