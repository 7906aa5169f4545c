import Contracts
import Core
import Store
import Web

extension CounterConsole {
  /// What lies on the counter. Opening the case leaves its audit rows, so only a whole page does it: what a live
  /// part asks for names nobody.
  func work(at counter: Office.Counter, for request: Request) async throws -> CounterWork {
    let lines = try await lines(of: counter)
    let isLive = request.isForLivePart
    let hand = isLive ? try await handWithoutCase(of: counter) : try await handWithCase(of: counter, for: request)
    let day = office.zone.date(of: desk.clock.now)
    let services = offered.map(\.code)
    let officer = request.officer?.id
    return try await desk.store.read { database in
      let reading = try AvailabilityReading(desk, in: database)
      let post = try CounterPostTable.post(counter.number, in: database)
      let isLost = officer != nil && post?.officer != officer
      return CounterWork(
        state: try hallState(of: counter, post: post, services, in: database),
        loss: isLost ? try officer.flatMap { try loss(of: counter, for: $0, in: database) } : nil, hand: hand,
        lines: lines.waiting, addressedCount: lines.addressedCount,
        nobodyWaits: request.query("kosong") == "ya",
        post: post,
        colleagues: try CounterPostTable.seated(in: database).filter { $0.number != counter.number },
        unserved: Set(services.filter { !reading.isSeated($0) }), stopped: Set(services.filter(reading.isStopped)),
        undo: try counters.undoable(at: counter.number, in: database).map {
          CounterWork.Undo(transition: $0.transition, action: $0.action, number: $1.number)
        },
        held: try TicketTable.held(in: database).filter { $0.counter == counter.number },
        earlier: isLive ? try CallTable.latest(at: counter.number, on: day, in: database) : [],
        isForLivePart: isLive)
    }
  }

  /// What the counter should know of the hall: that the day is closed, and the stops of what it serves.
  func hallState<Database: Queryable & ~Copyable>(
    of counter: Office.Counter, post: CounterPost?, _ services: [ServiceCode], in database: borrowing Database
  ) throws -> CounterHallState {
    let reading = try AvailabilityReading(desk, in: database)
    let own = post?.services ?? []
    let served = services.filter { own.isEmpty ? counter.serves($0) : own.contains($0) }
    let day = reading.isDayClosed ? reading.availability(of: nil) : nil
    return CounterHallState(
      closedDay: day,
      stops: reading.stops(of: served).map { stop in
        CounterHallState.Stop(stop: stop, service: stop.service.map(desk.serviceName))
      }, office: reading.availability(of: nil), servesNothing: !services.isEmpty && served.isEmpty)
  }

  /// How the officer lost the counter today; nil where they did not.
  func loss<Database: Queryable & ~Copyable>(
    of counter: Office.Counter, for officer: OfficerID, in database: borrowing Database
  ) throws -> CounterWork.Loss? {
    let today = office.zone.date(of: desk.clock.now)
    guard let loss = try CounterLossTable.loss(of: officer, at: counter.number, in: database),
      office.zone.date(of: loss.at) == today
    else { return nil }
    return CounterWork.Loss(
      loss: loss, staff: try StaffNames(of: [loss.by].compactMap { $0 }, from: officers, in: database),
      reason: try CounterPostTable.post(counter.number, in: database)?.closeReason)
  }

  private func handWithCase(of counter: Office.Counter, for request: Request) async throws -> CounterWork.Hand? {
    let principal = request.principal
    return try await desk.store.write { transaction -> CounterWork.Hand? in
      guard let ticket = try TicketTable.inHand(of: counter.number, in: transaction) else { return nil }
      let file = try ticket.application.flatMap {
        try applications?.caseFile($0, for: .service, as: principal, in: transaction)
      }
      return try hand(ticket, file: file, in: transaction)
    }
  }

  private func handWithoutCase(of counter: Office.Counter) async throws -> CounterWork.Hand? {
    try await desk.store.read { database -> CounterWork.Hand? in
      guard let ticket = try TicketTable.inHand(of: counter.number, in: database) else { return nil }
      return try hand(ticket, file: nil, in: database)
    }
  }

  private func hand<Database: Queryable & ~Copyable>(
    _ ticket: TicketRecord, file: CaseFile?, in database: borrowing Database
  ) throws -> CounterWork.Hand {
    CounterWork.Hand(
      ticket: ticket, serviceName: desk.serviceName(ticket.service),
      needs: try accessibility?.needs(of: ticket.id, in: database) ?? Needs(), file: file,
      ending: try ticket.application.flatMap { try applications?.application($0, in: database)?.ending },
      nextStep: desk.rules.now.step(ticket.step + 1, of: ticket.service)?.name,
      presentStep: desk.rules.now.step(ticket.step, of: ticket.service)?.name)
  }

  private func lines(
    of counter: Office.Counter
  ) async throws -> (waiting: [CounterWork.Waiting], addressedCount: Int) {
    let day = office.zone.date(of: desk.clock.now)
    let (post, waiting) = try await desk.store.read { database in
      (
        try CounterPostTable.post(counter.number, in: database),
        try TicketTable.waiting(on: day, limit: HallSurvey.waitingCountMax, in: database)
      )
    }
    let ability = counters.ability(of: counter, post: post, officer: post?.officer ?? OfficerID(0))
    let able = waiting.map(counters.candidate).filter(ability.canCall)
    // As the next key press will have it.
    let order = desk.rules.now.next.order(of: able, at: desk.clock.now) { ability.languages.contains($0.language) }
    let tickets = Dictionary(waiting.map { ($0.id, $0) }) { first, _ in first }
    let callable = order.compactMap { tickets[$0.id] }
    let lines = callable.map {
      CounterWork.Waiting(
        number: $0.number, serviceName: desk.serviceName($0.service), isPriority: $0.isPriority, since: $0.issuedAt)
    }
    return (lines, callable.count { $0.target != nil })
  }
}
