package import Contracts
package import Core
import Forecast
package import Store

/// The hall without its faces, for programs of this package that play whole days in a transaction of theirs:
/// every step is the one that a kiosk, a phone or an officer's key takes.
package struct PlayedHall: Sendable {
  /// What a person who takes a number is told.
  package struct Told: Sendable {
    /// The ticket that was drawn.
    package let ticket: TicketID
    /// The middle of what is expected, in minutes; nil when no counter serves it.
    package let expectedMinutes: Double?
    /// The span that is shown to the person, in whole minutes; nil when no counter serves it.
    package let waitMinutes: ClosedRange<Int>?
    /// How many tickets are ahead in the line.
    package let peopleAhead: Int
  }

  /// A person who was called.
  package struct Called: Sendable {
    /// The ticket that was called.
    package let ticket: TicketID
    /// The service that it is for.
    package let service: ServiceCode
    /// The step of the visit that comes now, counted from 0.
    package let step: Int
  }

  let queue: HallQueue
  let counters: CounterService

  // MARK: those who come

  /// Draws a number at a kiosk; the same `submission` gives the same ticket.
  package func take(
    _ service: ServiceCode, isPriority: Bool, submission: String, in transaction: borrowing Transaction
  ) throws -> Told {
    let ticket = try queue.issue(
      TicketRequest(
        service: service, application: nil, needs: Needs(priority: isPriority ? .elderly : nil), channel: .kiosk,
        submission: submission), in: transaction)
    return try told(ticket, in: transaction)
  }

  /// Checks in a person who comes with an appointment.
  package func checkIn(
    _ service: ServiceCode, code: PublicCode, appointedAt: Instant, in transaction: borrowing Transaction
  ) throws -> Told {
    let arrival = Arrival(
      code: code, service: service, application: nil, needs: Needs(), channel: .kiosk, language: .indonesian,
      bookedAt: appointedAt - .minutes(24 * 60), appointedAt: appointedAt)
    return try told(try queue.admit(arrival, by: .kiosk("hall"), in: transaction), in: transaction)
  }

  private func told(_ ticket: Ticket, in transaction: borrowing Transaction) throws -> Told {
    let estimate = try TicketTable.ticket(ticket.id, in: transaction).flatMap {
      try queue.estimate(of: $0, in: transaction)
    }
    return Told(
      ticket: ticket.id, expectedMinutes: estimate?.expected, waitMinutes: ticket.waitMinutes,
      peopleAhead: ticket.peopleAhead)
  }

  /// What the holders of all waiting tickets are shown now, on a phone or at a kiosk.
  package func shown(in transaction: borrowing Transaction) throws -> [Ticket] {
    let reading = try AvailabilityReading(queue, in: transaction)
    let waiting = try TicketTable.waiting(on: reading.day, limit: HallSnapshot.waitingCountMax, in: transaction)
    let positions = queue.positions(waiting, reading)
    return try waiting.map { try queue.describe($0, positions, reading, in: transaction) }
  }

  // MARK: time

  /// What happens because time has passed.
  package func passTime(in transaction: borrowing Transaction) throws {
    _ = try PromiseBook.noticeBroken(at: counters.clock.now, in: transaction)
  }

  /// What has happened, as reports have it.
  package var history: any QueueHistory { HallHistory() }

  // MARK: the counters

  /// Opens a counter for the officer of the same number.
  package func open(_ counter: Int, in transaction: borrowing Transaction) throws {
    try counters.open(place(counter), by: officer(counter), named: nil, in: transaction)
  }

  /// Pauses a counter, as for a break.
  package func pause(_ counter: Int, in transaction: borrowing Transaction) throws {
    try counters.pause(place(counter), by: officer(counter), named: nil, reason: "istirahat", in: transaction)
  }

  /// Calls the next person; nil when no ticket waits for this counter.
  package func next(at counter: Int, in transaction: borrowing Transaction) throws -> Called? {
    try counters.callNext(to: place(counter), by: officer(counter), in: transaction).map {
      Called(ticket: $0.id, service: $0.service, step: $0.step)
    }
  }

  /// Does with a ticket in hand what changes nothing but the ticket: calls the person again, begins to serve them, notes that
  /// they did not come.
  package func act(
    _ action: TicketAction, on ticket: TicketID, at counter: Int, in transaction: borrowing Transaction
  ) throws {
    try perform(action, ticket, counter, in: transaction)
  }

  /// - Returns: whether that was the last step.
  package func finish(_ ticket: TicketID, at counter: Int, in transaction: borrowing Transaction) throws -> Bool {
    try perform(.finish, ticket, counter, in: transaction).state == .finished
  }

  /// - Returns: how many tickets were still open.
  package func closeDay(in transaction: borrowing Transaction) throws -> Int {
    try DayClose(counters: counters)
      .close(counters.zone.date(of: counters.clock.now), by: .system("simulator"), in: transaction).total
  }

  @discardableResult
  private func perform(
    _ action: TicketAction, _ ticket: TicketID, _ counter: Int, in transaction: borrowing Transaction
  ) throws -> TicketRecord {
    try counters.act(action, on: ticket, at: place(counter), by: officer(counter), in: transaction)
  }

  private func place(_ counter: Int) throws -> Office.Counter { try counters.counter(String(counter)) }

  private func officer(_ counter: Int) -> Principal { .officer(OfficerID(Int64(counter)), .clerk) }
}

extension QueueModule {
  /// The hall of this module, not started: no displays, no phones.
  package var playedHall: PlayedHall { PlayedHall(queue: queue, counters: hall.counters) }
}
