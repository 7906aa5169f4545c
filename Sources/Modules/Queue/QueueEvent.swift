import Contracts
import Core
import Store

/// What the journal tells of tickets and counters; numbers only, nothing personal.
enum QueueEvent {
  static func issued(_ ticket: TicketRecord) -> Event {
    Event(kind: "ticket.issued", entity: ticket.id.description, payload: payload(ticket.number, nil))
  }

  static func called(_ ticket: TicketRecord, to counter: Int) -> Event {
    Event(kind: "ticket.called", entity: ticket.id.description, payload: payload(ticket.number, counter))
  }

  /// A person was called before those whose turn it was. The reason is with the call.
  static func calledOutOfOrder(_ ticket: TicketRecord) -> Event {
    Event(
      kind: "ticket.called-out-of-order", entity: ticket.id.description,
      payload: payload(ticket.number, ticket.counter))
  }

  static func acted(_ action: TicketAction, on ticket: TicketRecord, at counter: Int?) -> Event {
    Event(kind: kind(of: action), entity: ticket.id.description, payload: payload(ticket.number, counter))
  }

  static func counter(_ post: CounterPost) -> Event {
    let kind: EventKind =
      switch post.state {
      case .open: "counter.opened"
      case .paused: "counter.paused"
      case .closed: "counter.closed"
      }
    return Event(kind: kind, entity: String(post.number), payload: "{\"counter\":\(post.number)}")
  }

  static func takenOver(_ post: CounterPost) -> Event {
    Event(kind: "counter.taken-over", entity: String(post.number), payload: "{\"counter\":\(post.number)}")
  }

  /// A day of the hall is over.
  static func dayEnded(_ day: CivilDate, settled: Int) -> Event {
    Event(kind: "hall.day-ended", entity: day.description, payload: "{\"settled\":\(settled)}")
  }

  /// The close of a day was taken back.
  static func dayReopened(_ day: CivilDate) -> Event {
    Event(kind: "hall.day-reopened", entity: day.description)
  }

  /// A person waits for a service that no counter serves.
  static func unattended(_ service: ServiceCode) -> Event {
    Event(kind: "service.unattended", entity: service.rawValue)
  }

  private static func kind(of action: TicketAction) -> EventKind {
    switch action {
    case .issue: "ticket.issued"
    case .checkIn: "ticket.checked-in"
    case .admit: "ticket.admitted"
    case .call: "ticket.called"
    case .callChosen: "ticket.called-out-of-order"
    case .recall: "ticket.recalled"
    case .start: "ticket.started"
    case .finish: "ticket.finished"
    case .finishStep: "ticket.step-finished"
    case .hold: "ticket.held"
    case .resume: "ticket.resumed"
    case .release: "ticket.released"
    case .transfer: "ticket.transferred"
    case .giveBack: "ticket.returned"
    case .noShow: "ticket.no-show"
    case .comeBack: "ticket.came-back"
    case .cancel: "ticket.cancelled"
    case .withdraw: "ticket.withdrawn"
    case .settle: "ticket.settled"
    case .breakPromise: "ticket.promise-broken"
    case .undo: "ticket.undone"
    }
  }

  private static func payload(_ number: String, _ counter: Int?) -> String {
    guard let counter else { return "{\"number\":\"\(number)\"}" }
    return "{\"number\":\"\(number)\",\"counter\":\(counter)}"
  }
}
