import Core
import ModuleHarness
import Store
import Synchronization
import XCTest

@testable import Contracts
@testable import Gallery
@testable import Kiosk

final class ServicesTests: XCTestCase {
  /// A queue whose disk is full.
  private final class BrokenQueue: QueueService {
    struct DiskFull: Error {}
    let lastDayOver = CivilDate(dayNumber: 0)

    func admit(_ arrival: Arrival, by principal: Principal, in transaction: borrowing Transaction) throws -> Ticket {
      throw DiskFull()
    }

    func ticket(
      _ reference: TicketNumber, pin: Personal<String>, from client: LookUpClient, guardedBy lookUps: LookUpGuard
    ) async throws -> Ticket { throw DiskFull() }

    func takeNumber(_ request: TicketRequest) async throws -> Ticket { throw DiskFull() }
    func ticket(_ code: PublicCode) async throws -> Ticket? { throw DiskFull() }
    func finishedVisit<Database: Queryable & ~Copyable>(
      _ code: PublicCode, in database: borrowing Database
    ) throws -> FinishedVisit? { throw DiskFull() }
  }

  private final class KeptLog: Log {
    let lines = Mutex<[String]>([])
    func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
      let line = "\(level) \(message) " + fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      lines.withLock { $0.append(line) }
    }
  }

  private func services(_ registry: ServiceRegistry, log: any Log = SilentLog()) -> KioskServices {
    KioskServices(services: registry, zone: .wib, clock: SystemClock(), random: SeededRandom(seed: 1), log: log)
  }

  private let request = KioskEffect.takeNumber(
    NumberRequest(service: nil, application: Personal(Sample.opened), needs: Needs(), submission: "S1"))

  func testFailureOfAServiceIsLoggedWithTheReferenceThatTheVisitorSees() async throws {
    var registry = ServiceRegistry()
    registry.provide((any QueueService).self, BrokenQueue())
    let log = KeptLog()
    let result = await services(registry, log: log).perform(request, at: "lobi-1")
    guard case .problem(let problem) = result else { return XCTFail("\(String(describing: result))") }
    let reference = try XCTUnwrap(problem.arguments["reference"])
    let line = try XCTUnwrap(log.lines.withLock { $0.first })
    XCTAssertTrue(line.contains(reference) && line.contains("DiskFull"), line)
    XCTAssertFalse(line.contains(Sample.number.description), line)
    XCTAssertFalse(line.contains(String(Sample.number.value)), line)
  }

  func testNothingIsOfferedWithoutServices() async {
    let offer = services(ServiceRegistry()).offer()
    XCTAssertEqual(offer, KioskOffer(services: [], hasQueue: false, hasTracking: false, hasHelp: false))
    let result = await services(ServiceRegistry()).perform(request, at: "lobi-1")
    guard case .problem(let problem) = result else { return XCTFail("\(String(describing: result))") }
    XCTAssertEqual(problem.kind, .unavailable)
  }

  func testAppointmentsAreOfferedByTheirOwnServiceAndNoCodeChecksInWithoutIt() async throws {
    var registry = ServiceRegistry()
    registry.provide((any QueueService).self, FakeQueue())
    XCTAssertFalse(services(registry).offer().hasAppointments)
    let code = PublicCode(from: SeededRandom(seed: 2))
    let checkIn = KioskEffect.checkIn(Personal(code), .indonesian)
    let missing = await services(registry).perform(checkIn, at: "lobi-1")
    guard case .problem(let problem) = missing else { return XCTFail("\(String(describing: missing))") }
    XCTAssertEqual(problem.code, "kiosk.no-answer")
    registry.provide((any AppointmentService).self, FakeAppointments())
    XCTAssertTrue(services(registry).offer().hasAppointments)
    guard case .tickets(let tickets) = await services(registry).perform(checkIn, at: "lobi-1") else {
      return XCTFail("nobody was let in")
    }
    XCTAssertEqual(tickets.map(\.number), ["A-007"])
  }

  func testWrongPINsAreMissesOfTheTerminalAtWhichTheyAreTyped() async throws {
    var registry = ServiceRegistry()
    registry.provide((any QueueService).self, FakeQueue())
    registry.provide(
      LookUpGuard.self, LookUpGuard(clock: SystemClock(), log: SilentLog(), missTime: .zero))
    let services = services(registry)
    func tried(_ pin: String, at kiosk: String) async -> String {
      let effect = KioskEffect.findTicketByNumber(Personal(Sample.ticket().reference), pin: Personal(pin))
      switch await services.perform(effect, at: kiosk) {
      case .ticket(let ticket): return ticket.number
      case .problem(let problem): return problem.code
      default: return "nothing"
      }
    }
    for _ in 0...LookUpDelay.number(from: .kiosk("lobi-1")).freeMissCount {
      let code = await tried("999999", at: "lobi-1")
      XCTAssertEqual(code, "queue.ticket-not-found")
    }
    let code = await tried("012345", at: "lobi-1")
    XCTAssertEqual(code, "look-up.too-many")
    let number = await tried("012345", at: "lobi-2")
    XCTAssertEqual(number, Sample.ticket().number, "another terminal has missed nothing")
  }

  func testInputAllowanceFillsUpAgainButNeverBeyondOneSecond() {
    let start = Instant(milliseconds: 0)
    var allowance = InputAllowance(bytesPerSecondMax: 100, at: start)
    XCTAssertTrue(allowance.take(100, at: start))
    XCTAssertFalse(allowance.take(1, at: start))
    allowance = InputAllowance(bytesPerSecondMax: 100, at: start)
    XCTAssertTrue(allowance.take(100, at: start))
    XCTAssertTrue(allowance.take(50, at: start + .milliseconds(500)))
    XCTAssertTrue(allowance.take(100, at: start + .seconds(3600)))
    XCTAssertFalse(allowance.take(1, at: start + .seconds(3600)))
  }
}
