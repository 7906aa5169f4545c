import Contracts
import Core
import Foundation
import ModuleHarness
import Reports
import Store
import XCTest

@testable import Forecast
@testable import Queue
@testable import Stops

/// A queue over a real store in a directory of its own, with a clock that the test moves.
final class QueueHall: Sendable {
  static let passport = ServiceCode("paspor")
  static let permit = ServiceCode("izin")

  let store: Store
  let clock: ManualClock
  let queue: HallQueue
  let counters: CounterService
  let office: Office
  let dayEnd: DayEnd
  let stops: StoppingService
  private let directory: URL

  init(
    at start: Instant = QueueHall.morning, rule: NextRule = .shipped, rules given: QueueRules? = nil,
    counterCount: Int = 4, applications: (any ApplicationService)? = nil, tracking: (any TrackingService)? = nil,
    openings: (any OpeningTimesService)? = nil, services: [Int: [ServiceCode]] = [:],
    random: any RandomSource = SeededRandom(seed: 1)
  ) async throws {
    var rules = given ?? .shipped
    if given == nil { rules.next = rule }
    let inForce = RulesInForce(rules)
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("queue-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    clock = ManualClock(start)
    store = try Store.open(at: directory.appendingPathComponent("gapura.db").path, clock: clock, log: SilentLog())
    try await store.migrate([QueueSchema.schema, StopsModule.schema, ReportsModule.schema])
    office = Office(
      name: LocalizedText([.indonesian: "Contoh", .english: "Example"]), zone: .wib, address: "", telephone: "",
      counters: (1...counterCount).map { Office.Counter(number: $0, services: services[$0] ?? []) })
    queue = HallQueue(
      store: store, clock: clock, random: random, zone: .wib, office: office, rules: inForce,
      catalogue: TwoServices(), applications: applications, accessibility: nil, openings: openings,
      pins: CasePIN(hash: QuickHash()), tracking: tracking)
    dayEnd = DayEnd(openings: openings, zone: .wib, rules: inForce)
    counters = CounterService(
      store: store, clock: clock, zone: .wib, office: office, rules: inForce, tracking: tracking, ledger: nil,
      availability: queue)
    stops = StoppingService(
      store: store, clock: clock, zone: .wib, catalogue: queue.catalogue, queue: queue, appointments: nil, ledger: nil)
    queue.ask(StopsInHall())
  }

  func close() async {
    await store.close()
    try? FileManager.default.removeItem(at: directory)
  }

  func snapshot() async throws -> HallSnapshot {
    try await queue.snapshot()
  }

  /// What displays and phones are told through, with the shipped words.
  func live() throws -> LiveHall {
    LiveHall(queue: queue, office: office, locales: try Self.locales(), clock: clock)
  }

  func feed(_ live: LiveHall? = nil, work: RegularWork = RegularWork()) throws -> HallFeed {
    HallFeed(queue: queue, live: try live ?? self.live(), work: work, log: SilentLog())
  }

  static func locales() throws -> Locales {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Locales.load(directory: repository.appending(path: "share/locales").path)
  }

  /// Monday, 23 November 2026, 08.00 WIB.
  static let morning = Instant(milliseconds: 1_795_395_600_000)

  func take(
    _ service: ServiceCode = QueueHall.passport, priority: Bool = false, submission: String = UUID().uuidString
  ) async throws -> Ticket {
    try await queue.takeNumber(
      TicketRequest(
        service: service, application: nil, needs: Needs(priority: priority ? .elderly : nil), channel: .kiosk,
        submission: submission))
  }

  /// Officers sit down at the counters, each at the one of their number; at all of them when none is named.
  func openCounters(_ numbers: Int...) async throws {
    for counter in office.counters where numbers.isEmpty || numbers.contains(counter.number) {
      try await counters.open(counter, by: .officer(OfficerID(Int64(counter.number)), .clerk), named: nil)
    }
  }

  func close(_ counter: Int) async throws {
    try await counters.close(
      office.counters[counter - 1], by: .officer(OfficerID(Int64(counter)), .clerk), reason: .other)
  }

  func next(_ counter: Int) async throws -> TicketRecord? {
    try await counters.callNext(to: office.counters[counter - 1], by: .officer(OfficerID(Int64(counter)), .clerk))
  }

  @discardableResult
  func act(
    _ action: TicketAction, on ticket: TicketID, at counter: Int, _ detail: ActionDetail = ActionDetail()
  ) async throws -> TicketRecord {
    try await counters.act(
      action, on: ticket, at: office.counters[counter - 1], by: .officer(OfficerID(Int64(counter)), .clerk), detail)
  }

  func undo(_ counter: Int) async throws -> TicketRecord {
    try await counters.undo(at: office.counters[counter - 1], by: .officer(OfficerID(Int64(counter)), .clerk))
  }

  func record(_ ticket: TicketID) async throws -> TicketRecord {
    guard let record = try await store.read({ try TicketTable.ticket(ticket, in: $0) }) else {
      throw Problem(.notFound, "queue.unknown-ticket")
    }
    return record
  }
}

/// A catalogue of two services, enough to draw numbers.
struct TwoServices: CatalogueService {
  func services(on day: CivilDate) -> [OfferedService] {
    [Self.offered(QueueHall.passport, letter: "A"), Self.offered(QueueHall.permit, letter: "B")]
  }

  func service(_ code: ServiceCode) -> OfferedService? {
    [QueueHall.passport: "A", QueueHall.permit: "B"][code].map { Self.offered(code, letter: $0) }
  }

  func isWorkingDay(_ day: CivilDate) -> Bool { day.weekday <= 5 }

  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate { day.adding(days: count) }

  private static func offered(_ code: ServiceCode, letter: String) -> OfferedService {
    let text = LocalizedText(inEveryLanguage: code.rawValue)
    return OfferedService(
      code: code, name: text, summary: text, audience: .citizens, queueLetter: letter, acceptsWebApplications: true,
      requirements: [], fields: [], fees: [], promisedWorkingDays: 4, stages: [], legalBasis: [],
      validFrom: CivilDate(dayNumber: 0), validTo: nil, notices: [])
  }
}

extension QueueHall {
  /// A ticket of that morning as a page shows it, which is in no hall.
  static func ticket(
    _ state: TicketState, ending: TicketEnding? = nil, peopleAhead: Int = 0, sentTo: TicketAddress? = nil
  ) -> Ticket {
    Ticket(
      id: TicketID(1), code: PublicCode(from: SeededRandom(seed: 5)),
      reference: TicketNumber(from: SeededRandom(seed: 5)), pin: nil, day: CivilDate(dayNumber: 20_780),
      number: "A-001", service: passport, serviceName: LocalizedText([.indonesian: "Paspor", .english: "Passport"]),
      application: nil, isPriority: false, state: state, ending: ending, counter: nil, issuedAt: morning,
      calledAt: nil, peopleAhead: peopleAhead, waitMinutes: nil, sentTo: sentTo)
  }
}
