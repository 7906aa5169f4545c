import Contracts
import Core
import Forecast

extension Candidate {
  /// A waiting ticket as the rule sees it.
  init(_ ticket: TicketRecord, rules: QueueRules) {
    self.init(
      id: ticket.id, service: ticket.service, step: ticket.step,
      stepCode: rules.step(ticket.step, of: ticket.service)?.code, waitsFrom: ticket.waitsFrom,
      isPriority: ticket.isPriority, isAppointment: ticket.appointedAt != nil, language: ticket.language,
      target: ticket.target, passedOver: ticket.passedOver)
  }
}
