import Contracts
import Core
import HTML
import Web

/// What the holder of a ticket may do with it: come back after having been missed, and give it up.
struct HolderActions: Sendable {
  let queue: HallQueue
  let counters: CounterService

  func routes() -> [Route] {
    [
      Route(.post, "/tiket/:kode/hadir-kembali", for: .everyone) { try await act(.comeBack, $0) },
      Route(.post, "/tiket/:kode/batalkan", for: .everyone) { try await act(.cancel, $0) }
        .confirmed { try await askCancel($0) },
    ]
  }

  /// Nothing is asked about a ticket that cannot be cancelled (any more): acting says so.
  private func askCancel(_ request: Request) async throws -> Confirmation? {
    guard let code = PublicCode(request.parameter("kode")), let ticket = try await queue.ticket(code),
      TicketLife.transition(.cancel, in: ticket.state)?.by.contains(.holder) ?? false
    else { return nil }
    let words = request.words
    return Confirmation(
      title: words("queue.holder.cancel.title", ["number": ticket.number]),
      consequences: ["place", "application", "again"].map { words(MessageKey("queue.holder.cancel", named: $0)) },
      submitLabel: words("queue.holder.cancel.submit"), back: "/tiket/\(code.description)")
  }

  private func act(_ action: TicketAction, _ request: Request) async throws -> Response {
    guard let code = PublicCode(request.parameter("kode")), let ticket = try await queue.ticket(code) else {
      try request.allow(.lookUp)
      throw Problem(.notFound, "queue.unknown-ticket")
    }
    // A line that takes no one any more is not one to come back to.
    if action == .comeBack {
      let availability = try await queue.availability()[ticket.service]
      guard availability.takesArrivals else { throw Unavailable(service: ticket.service, availability: availability) }
    }
    // The person who has the code is its holder, signed in or not.
    try await counters.act(action, on: ticket.id, at: nil, by: .applicant)
    return .redirect("/tiket/\(code.description)")
  }

  /// The buttons for a ticket's page; nothing where nothing can be done.
  static func node(for ticket: Ticket, _ context: PageContext) -> Node {
    let actions = [TicketAction.comeBack, .cancel].filter { action in
      (TicketLife.transition(action, in: ticket.state)?.by.contains(.holder) ?? false)
        && (action != .comeBack || ticket.mayComeBack)
    }
    return fragment {
      if !actions.isEmpty {
        div(.class("actions")) {
          for action in actions {
            actionButton(
              context, to: "/tiket/\(ticket.code.description)/\(action.rawValue)",
              label: context.words(MessageKey("queue.holder", named: action.rawValue)),
              style: action == .comeBack ? .primary : .quiet)
          }
        }
      }
    }
  }
}
