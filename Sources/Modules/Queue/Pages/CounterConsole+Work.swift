import Contracts
import Core
import Forecast
import Store
import Web

extension CounterConsole {
  /// The counter as the officer finds it. Who sits there and what lies on it are read together, so that a page never shows
  /// one officer's work to another who has come meanwhile. Opening the case leaves its audit rows, so only a whole page
  /// does it: what a live part asks for holds no names.
  func reading(
    of counter: Office.Counter, for request: Request, _ refusal: CounterRefusal?
  ) async throws -> CounterReading {
    if request.isForLivePart {
      return try await queue.store.read { database -> CounterReading in
        if let view = try taken(counter, request, refusal, in: database) { return .taken(view) }
        let ticket = try TicketTable.inHand(of: counter.number, in: database)
        return .work(
          try work(at: counter, for: request, ticket.map { try hand($0, file: nil, in: database) }, in: database))
      }
    }
    return try await queue.store.write { transaction -> CounterReading in
      if let view = try taken(counter, request, refusal, in: transaction) { return .taken(view) }
      let ticket = try TicketTable.inHand(of: counter.number, in: transaction)
      let application = request.principal.may(.cases) ? ticket?.application : nil
      let file = try application.flatMap {
        try applications?.caseFile($0, for: .service, as: request.principal, in: transaction)
      }
      return .work(
        try work(at: counter, for: request, ticket.map { try hand($0, file: file, in: transaction) }, in: transaction))
    }
  }

  /// What an officer sees of a counter at which another one sits; nil where none does.
  private func taken<Database: Queryable & ~Copyable>(
    _ counter: Office.Counter, _ request: Request, _ refusal: CounterRefusal?, in database: borrowing Database
  ) throws -> TakenCounterView? {
    guard let officer = request.officer?.id,
      let post = try counters.takenPost(of: counter.number, for: officer, in: database)
    else { return nil }
    let reading = try AvailabilityReading(queue, in: database)
    return TakenCounterView(
      counter: counter, post: post,
      state: try hallState(of: counter, post: post, offered.map(\.code), reading, in: database),
      loss: try loss(of: counter, for: officer, post, in: database),
      number: try TicketTable.inHand(of: counter.number, in: database)?.number,
      earlier: request.isForLivePart ? try CallTable.latest(at: counter.number, on: reading.day, in: database) : [],
      refusal: refusal, context: request.context)
  }

  private func work<Database: Queryable & ~Copyable>(
    at counter: Office.Counter, for request: Request, _ hand: CounterWork.Hand?, in database: borrowing Database
  ) throws -> CounterWork {
    let services = offered.map(\.code)
    let officer = request.officer?.id
    let reading = try AvailabilityReading(queue, in: database)
    let post = try CounterPostTable.post(counter.number, in: database)
    let lines = try lines(of: counter, post, reading, in: database)
    let isLost = officer != nil && post?.officer != officer
    let isLive = request.isForLivePart
    return CounterWork(
      state: try hallState(of: counter, post: post, services, reading, in: database),
      loss: isLost ? try officer.flatMap { try loss(of: counter, for: $0, post, in: database) } : nil, hand: hand,
      lines: lines.waiting, addressedCount: lines.addressedCount,
      nobodyWaits: request.query("kosong") == "ya",
      post: post,
      colleagues: try CounterPostTable.seated(in: database).filter { $0.number != counter.number },
      unserved: Set(services.filter { !reading.isSeated($0) }), stopped: Set(services.filter(reading.isStopped)),
      undo: try counters.undoable(at: counter.number, in: database).map {
        CounterWork.Undo(transition: $0.transition, action: $0.action, number: $1.number)
      },
      held: try TicketTable.held(in: database).filter { $0.counter == counter.number },
      earlier: isLive ? try CallTable.latest(at: counter.number, on: reading.day, in: database) : [],
      isForLivePart: isLive)
  }

  /// What the counter should know of the hall: that the day is closed, and the stops of what it serves.
  func hallState<Database: Queryable & ~Copyable>(
    of counter: Office.Counter, post: CounterPost?, _ services: [ServiceCode], _ reading: AvailabilityReading,
    in database: borrowing Database
  ) throws -> CounterHallState {
    let own = post?.services ?? []
    let served = services.filter { own.isEmpty ? counter.serves($0) : own.contains($0) }
    let day = reading.isDayClosed ? reading.availability(of: nil) : nil
    return CounterHallState(
      closedDay: day,
      stops: reading.stops(of: served).map { stop in
        CounterHallState.Stop(stop: stop, service: stop.service.map(queue.serviceName))
      }, office: reading.availability(of: nil), servesNothing: !services.isEmpty && served.isEmpty)
  }

  /// How the officer lost the counter today; nil where they did not.
  func loss<Database: Queryable & ~Copyable>(
    of counter: Office.Counter, for officer: OfficerID, _ post: CounterPost?, in database: borrowing Database
  ) throws -> CounterWork.Loss? {
    let today = office.zone.date(of: queue.clock.now)
    guard let loss = try CounterLossTable.loss(of: officer, at: counter.number, in: database),
      office.zone.date(of: loss.at) == today
    else { return nil }
    return CounterWork.Loss(
      loss: loss, staff: try StaffNames(of: [loss.by].compactMap { $0 }, from: officers, in: database),
      reason: post?.closeReason)
  }

  private func hand<Database: Queryable & ~Copyable>(
    _ ticket: TicketRecord, file: CaseFile?, in database: borrowing Database
  ) throws -> CounterWork.Hand {
    CounterWork.Hand(
      ticket: ticket, serviceName: queue.serviceName(ticket.service),
      needs: try accessibility?.needs(of: ticket.id, in: database) ?? Needs(), file: file,
      ending: try ticket.application.flatMap { try applications?.application($0, in: database)?.ending },
      nextStep: queue.rules.now.step(ticket.step + 1, of: ticket.service)?.name,
      presentStep: queue.rules.now.step(ticket.step, of: ticket.service)?.name)
  }

  private func lines<Database: Queryable & ~Copyable>(
    of counter: Office.Counter, _ post: CounterPost?, _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> (waiting: [CounterWork.Waiting], addressedCount: Int) {
    let waiting = try TicketTable.waiting(on: reading.day, limit: HallSnapshot.waitingCountMax, in: database)
    let skills = counters.skills(of: counter, post: post, officer: post?.officer ?? OfficerID(0))
    let able = waiting.map(counters.candidate).filter(skills.canCall)
    // As the next key press will have it.
    let order = queue.rules.now.next.order(of: able, at: reading.now) { skills.languages.contains($0.language) }
    let tickets = Dictionary(waiting.map { ($0.id, $0) }) { first, _ in first }
    let callable = order.compactMap { tickets[$0.id] }
    let lines = callable.map {
      CounterWork.Waiting(
        number: $0.number, serviceName: queue.serviceName($0.service), isPriority: $0.isPriority, since: $0.issuedAt)
    }
    return (lines, callable.count { $0.target != nil })
  }
}
