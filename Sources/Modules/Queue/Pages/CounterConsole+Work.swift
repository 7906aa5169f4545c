import Contracts
import Core
import Forecast
import Store
import Web

extension CounterConsole {
  /// The counter as the officer finds it. Who sits there and what lies on it are read together, so that a page never shows
  /// one officer's work to another who has come meanwhile. Opening the case leaves its audit rows, so only a whole page
  /// does it: what a live part asks for holds no names.
  func reading(_ question: CounterQuestion) async throws -> CounterReading {
    let found = try await queue.store.read { database -> CounterReading? in
      let ticket = try TicketTable.inHand(of: question.counter.number, in: database)
      // Nothing is read twice for a page that has to be written.
      if !question.request.isForLivePart, applications != nil, ticket?.application != nil { return nil }
      let hall = try AvailabilityReading(queue, in: database)
      if let view = try taken(question, ticket, hall, in: database) { return .taken(view) }
      return .work(try work(question, ticket.map { try hand($0, file: nil, in: database) }, hall, in: database))
    }
    if let found { return found }
    return try await queue.store.write { try reading(question, in: $0) }
  }

  /// The same for a whole page, in a transaction: the case of the ticket in hand is opened, and that is recorded.
  func reading(_ question: CounterQuestion, in transaction: borrowing Transaction) throws -> CounterReading {
    let ticket = try TicketTable.inHand(of: question.counter.number, in: transaction)
    let hall = try AvailabilityReading(of: queue, in: transaction)
    if let view = try taken(question, ticket, hall, in: transaction) { return .taken(view) }
    let application = question.request.principal.may(.cases) ? ticket?.application : nil
    let file = try application.flatMap {
      try applications?.caseFile($0, for: .service, as: question.request.principal, in: transaction)
    }
    return .work(
      try work(question, ticket.map { try hand($0, file: file, in: transaction) }, hall, in: transaction))
  }

  /// What an officer sees of a counter at which another one sits; nil where none does.
  private func taken<Database: Queryable & ~Copyable>(
    _ question: CounterQuestion, _ ticket: TicketRecord?, _ hall: AvailabilityReading, in database: borrowing Database
  ) throws -> TakenCounterView? {
    let counter = question.counter
    guard let officer = question.request.officer?.id,
      let post = counters.takenPost(hall.post(of: counter.number), for: officer)
    else { return nil }
    let isLive = question.request.isForLivePart
    return TakenCounterView(
      counter: counter, post: post, state: hallState(of: counter, post: post, offered.map(\.code), hall),
      loss: try loss(of: counter, for: officer, post, in: database), number: ticket?.number,
      earlier: isLive ? try CallTable.latest(at: counter.number, on: hall.day, in: database) : [],
      refusal: question.refusal, context: question.request.context)
  }

  private func work<Database: Queryable & ~Copyable>(
    _ question: CounterQuestion, _ hand: CounterWork.Hand?, _ hall: AvailabilityReading,
    in database: borrowing Database
  ) throws -> CounterWork {
    let counter = question.counter
    let services = offered.map(\.code)
    let officer = question.request.officer?.id
    let post = hall.post(of: counter.number)
    let lines = try lines(of: counter, post, hall, in: database)
    let isLost = officer != nil && post?.officer != officer
    let isLive = question.request.isForLivePart
    return CounterWork(
      state: hallState(of: counter, post: post, services, hall),
      loss: isLost ? try officer.flatMap { try loss(of: counter, for: $0, post, in: database) } : nil, hand: hand,
      lines: lines.waiting, addressedCount: lines.addressedCount, nobodyWaits: question.nobodyWaits, post: post,
      colleagues: hall.seatedPosts.filter { $0.number != counter.number },
      unserved: Set(services.filter { !hall.isSeated($0) }), stopped: Set(services.filter(hall.isStopped)),
      undo: try counters.undoable(at: counter.number, in: database).map {
        CounterWork.Undo(transition: $0.transition, action: $0.action, number: $1.number)
      },
      held: try TicketTable.held(in: database).filter { $0.counter == counter.number },
      earlier: isLive ? try CallTable.latest(at: counter.number, on: hall.day, in: database) : [],
      isForLivePart: isLive)
  }

  /// What the counter should know of the hall: that the day is closed, and the stops of what it serves.
  private func hallState(
    of counter: Office.Counter, post: CounterPost?, _ services: [ServiceCode], _ hall: AvailabilityReading
  ) -> CounterHallState {
    let own = post?.services ?? []
    let served = services.filter { own.isEmpty ? counter.serves($0) : own.contains($0) }
    let office = hall.availability(of: nil)
    return CounterHallState(
      closedDay: hall.isDayClosed ? office : nil,
      stops: hall.stops(of: served).map { stop in
        CounterHallState.Stop(stop: stop, service: stop.service.map(queue.serviceName))
      }, office: office, servesNothing: !services.isEmpty && served.isEmpty)
  }

  /// How the officer lost the counter today; nil where they did not.
  private func loss<Database: Queryable & ~Copyable>(
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
    let rules = queue.rules.now
    var summary = file?.summary
    if summary == nil { summary = try ticket.application.flatMap { try applications?.application($0, in: database) } }
    return CounterWork.Hand(
      ticket: ticket, serviceName: queue.serviceName(ticket.service),
      needs: try accessibility?.needs(of: ticket.id, in: database) ?? Needs(), file: file, ending: summary?.ending,
      nextStep: rules.step(ticket.step + 1, of: ticket.service)?.name,
      presentStep: rules.step(ticket.step, of: ticket.service)?.name)
  }

  private func lines<Database: Queryable & ~Copyable>(
    of counter: Office.Counter, _ post: CounterPost?, _ hall: AvailabilityReading, in database: borrowing Database
  ) throws -> (waiting: [CounterWork.Waiting], addressedCount: Int) {
    let rules = queue.rules.now
    let skills = counters.skills(of: counter, post: post, officer: post?.officer ?? OfficerID(0))
    let able = try TicketTable.numbers(
      waitingOn: hall.day, limit: HallSnapshot.waitingCountMax, rules: rules, in: database
    ).filter { skills.canCall($0.candidate) }
    // As the next key press will have it.
    let order = rules.next.order(of: able.map(\.candidate), at: hall.now) { skills.languages.contains($0.language) }
    let numbers = Dictionary(able.map { ($0.candidate.id, $0) }) { first, _ in first }
    // Looked up once for all who wait for it.
    var names: [ServiceCode: LocalizedText] = [:]
    let waiting = order.compactMap { numbers[$0.id] }.map { ticket in
      let name = names[ticket.service] ?? queue.serviceName(ticket.service)
      names[ticket.service] = name
      return CounterWork.Waiting(
        number: ticket.number, serviceName: name, isPriority: ticket.isPriority, since: ticket.issuedAt)
    }
    return (waiting, able.count(where: \.isAddressed))
  }
}
