import Contracts
import Core
import ModuleHarness
import Store
import Synchronization

@testable import Gallery
@testable import Kiosk

/// Services in memory, so that the kiosk's tests need no module; each call is kept.
final class FakeQueue: QueueService {
  let lastDayOver = CivilDate(dayNumber: 0)

  func admit(_ arrival: Arrival, by principal: Principal, in transaction: borrowing Transaction) throws -> Ticket {
    Sample.ticket()
  }

  func ticket(
    _ reference: TicketNumber, pin: Personal<String>, from client: LookUpClient, guardedBy lookUps: LookUpGuard
  ) async throws -> Ticket {
    try await lookUps.prove(reference, from: client, otherwise: "queue.ticket-not-found") {
      let ticket = Sample.ticket()
      return reference == ticket.reference && pin.exposed == ticket.pin ? ticket : nil
    }
  }

  let requests = Mutex<[TicketRequest]>([])
  private let tickets = Mutex<[String: Ticket]>([:])

  func takeNumber(_ request: TicketRequest) async throws -> Ticket {
    requests.withLock { $0.append(request) }
    return tickets.withLock { tickets in
      if let ticket = tickets[request.submission] { return ticket }
      let ticket = Sample.ticket("A-\(String(1000 + tickets.count + 12).dropFirst())")
      tickets[request.submission] = ticket
      return ticket
    }
  }

  func ticket(_ code: PublicCode) async throws -> Ticket? { nil }

  func finishedVisit<Database: Queryable & ~Copyable>(
    _ code: PublicCode, in database: borrowing Database
  ) throws -> FinishedVisit? { nil }
}

final class FakeAppointments: AppointmentService {
  let isOffered = true

  func checkIn(code: PublicCode, channel: Channel, language: Language) async throws -> [Ticket] {
    [Sample.ticket("A-007")]
  }

  func checkIn(
    number: AppointmentNumber, bornOn date: Personal<CivilDate>, at kiosk: String, language: Language
  ) async throws -> [Ticket] { [Sample.ticket("A-008")] }

  func checkIn(application: OpenedApplication, channel: Channel, language: Language) async throws -> [Ticket] {
    [Sample.ticket("A-009")]
  }

  func appointmentToCheckIn(for application: OpenedApplication) async throws -> ComingVisit.Appointment? { nil }
}

final class FakeCatalogue: CatalogueService {
  func services(on day: CivilDate) -> [OfferedService] { Sample.services }
  func service(_ code: ServiceCode) -> OfferedService? { Sample.services.first { $0.code == code } }
  func isWorkingDay(_ day: CivilDate) -> Bool { true }
  func workingDay(_ count: Int, after day: CivilDate) -> CivilDate { day.adding(days: count) }
}

final class FakeHelp: AccessibilityService {
  let places = Mutex<[String]>([])

  func record(_ needs: Needs, for ticket: TicketID, in transaction: borrowing Transaction) throws {}

  func needs<Database: Queryable & ~Copyable>(of ticket: TicketID, in database: borrowing Database) throws -> Needs {
    Needs()
  }

  func isHelpHeard() async throws -> Bool { true }

  func requestHelp(at place: String) async throws -> HelpRequest? {
    places.withLock { $0.append(place) }
    return HelpRequest(id: ID(1), origin: place, requestedAt: Instant(milliseconds: 0))
  }
}
