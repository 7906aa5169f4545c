import Core
import Store
import XCTest

@testable import Contracts
@testable import Forecast
@testable import Queue

extension CaseNumber where Kind == ApplicationKind {
  /// As if its holder had shown that it is theirs.
  var opened: OpenedApplication { OpenedApplication(self) }
}

extension QueueHall {
  /// A ticket brought into a state by what officers do at counter 1; the counter is as such a state leaves it.
  func ticket(in state: TicketState) async throws -> TicketRecord {
    let ticket = try await take()
    let path: [TicketAction] =
      switch state {
      case .serving: [.start]
      case .hold: [.hold]
      case .finished: [.start, .finish]
      case .noShow: [.noShow]
      case .cancelled: [.cancel]
      default: []
      }
    if state != .waiting { _ = try await next(1) }
    for action in path { try await act(action, on: ticket.id, at: 1, ActionDetail(reason: "other")) }
    return try await record(ticket.id)
  }

  func supervise(_ action: TicketAction, on ticket: TicketID, at counter: Int) async throws {
    try await counters.act(
      action, on: ticket, at: office.counters[counter - 1], by: .officer(OfficerID(1), .supervisor),
      ActionDetail(reason: "other", target: .counter(2), isConfirmed: true))
  }

  /// Ends whatever is open, so that the next situation starts in an empty hall.
  func clear() async throws {
    let close = DayClose(counters: counters)
    let today = OfficeZone.wib.date(of: clock.now)
    try await close.close(today, by: .system("test"))
    try await close.reopen(today, by: .officer(OfficerID(8), .supervisor))
  }
}

/// Runs what must be refused with that problem.
func assertProblem(
  _ code: String, file: StaticString = #filePath, line: UInt = #line, _ work: () async throws -> Void
) async {
  do {
    try await work()
    XCTFail("not refused", file: file, line: line)
  } catch {
    XCTAssertEqual((error as? Problem)?.code, code, "\(error)", file: file, line: line)
  }
}

/// Knows every application, all of them for a passport.
struct AnyApplication: ApplicationService {
  func application<Database: Queryable & ~Copyable>(
    _ number: ApplicationNumber, in database: borrowing Database
  ) throws -> ApplicationSummary? {
    ApplicationSummary(
      number: number, service: QueueHall.passport, subject: SubjectID(1), registeredAt: QueueHall.morning,
      fee: Rupiah(0))
  }

  func applications<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [ApplicationNumber] { [] }

  func caseFile(
    _ number: ApplicationNumber, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> CaseFile? { nil }
}

/// Every visit ends a stage.
struct MovingTracking: TrackingService {
  var ending = Stage.Ending.officer
  /// Whether the application still stands where the visit has brought it.
  var canGoBack = true

  func open(
    _ number: ApplicationNumber, subject: SubjectID, service: OfferedService, in transaction: borrowing Transaction
  ) throws {}

  func finishVisit(
    of number: ApplicationNumber, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Stage? {
    Stage(
      code: "wawancara", name: LocalizedText([.indonesian: "Wawancara", .english: "Interview"]),
      explanation: LocalizedText(inEveryLanguage: ""), mover: .office, ending: ending)
  }

  func takeBackVisit(
    of number: ApplicationNumber, entering stage: String, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Bool { canGoBack && stage == "wawancara" }

  func timeline<Database: Queryable & ~Copyable>(
    of number: ApplicationNumber, in database: borrowing Database
  ) throws -> Timeline? {
    Timeline(
      number: number, service: QueueHall.passport,
      serviceName: LocalizedText([.indonesian: "Paspor", .english: "Passport"]),
      entries: [Timeline.Entry(stage: Self.payment, enteredAt: QueueHall.morning, isCurrent: true)], promisedFor: nil)
  }

  /// What follows a visit.
  static let payment = Stage(
    code: "bayar", name: LocalizedText([.indonesian: "Menunggu pembayaran", .english: "Waiting for payment"]),
    explanation: LocalizedText([.indonesian: "Bayar lewat bank.", .english: "Pay at a bank."]), mover: .applicant,
    ending: .officer)

  func timeline(
    of number: ApplicationNumber, bornOn date: Personal<CivilDate>, as principal: Principal, from client: LookUpClient
  ) async throws -> Timeline { throw Problem(.notFound, "tracking.not-found") }
}
