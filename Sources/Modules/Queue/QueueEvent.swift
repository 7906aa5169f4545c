import Contracts
import Core
import Store

/// What the journal tells of tickets; numbers and counters only, nothing personal.
enum QueueEvent {
  static func issued(_ ticket: TicketRecord) -> Event {
    Event(kind: "ticket.issued", entity: ticket.id.description, payload: payload(ticket.number, nil))
  }

  static func called(_ ticket: TicketRecord, to counter: Int) -> Event {
    Event(kind: "ticket.called", entity: ticket.id.description, payload: payload(ticket.number, counter))
  }

  static func acted(_ action: CounterAction, on ticket: TicketRecord) -> Event {
    Event(kind: kind(of: action), entity: ticket.id.description, payload: payload(ticket.number, ticket.counter))
  }

  private static func kind(of action: CounterAction) -> EventKind {
    switch action {
    case .recall: "ticket.recalled"
    case .start: "ticket.started"
    case .finish: "ticket.finished"
    case .noShow: "ticket.no-show"
    }
  }

  private static func payload(_ number: String, _ counter: Int?) -> String {
    guard let counter else { return "{\"number\":\"\(number)\"}" }
    return "{\"number\":\"\(number)\",\"counter\":\(counter)}"
  }
}
