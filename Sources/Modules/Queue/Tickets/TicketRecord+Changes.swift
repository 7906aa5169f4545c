import Contracts
import Core
import Forecast

extension TicketRecord {
  /// Whether a person who did not come may still take their position again.
  func mayComeBack(at now: Instant, rules: QueueRules, zone: OfficeZone) -> Bool {
    now <= since + .minutes(rules.comeBackMinutes) && zone.date(of: now) == day && ending == nil
  }

  /// What ended it, where that was neither its holder nor an officer at the counter.
  var ending: TicketEnding? {
    guard state.isClosed, let reason else { return nil }
    switch TicketEnding(rawValue: reason) {
    case .dayEnded?: return startedAt == nil ? .dayEnded : .dayEndedInService
    case let other: return other
    }
  }

  /// What its holder is told while it is on hold.
  var hold: TicketHold? {
    guard state == .hold else { return nil }
    return TicketHold(until: holdUntil, task: reason.flatMap(HoldReason.init(rawValue:))?.task)
  }

  /// The ticket called to a counter.
  func called(to counter: Int, by officer: OfficerID, at now: Instant) -> TicketRecord {
    var ticket = moved(to: .called, at: now)
    ticket.counter = counter
    ticket.officer = officer
    ticket.calls = 1
    ticket.calledAt = now
    ticket.startedAt = nil
    ticket.reason = nil
    return ticket
  }

  /// The ticket after a transition of the table; a pure function of what is handed in.
  func after(
    _ transition: TicketLife.Transition, _ detail: ActionDetail, at now: Instant, rules: QueueRules
  ) -> TicketRecord {
    var ticket = moved(to: transition.to, at: now)
    ticket.reason = detail.reason
    switch transition.action {
    case .recall: ticket.calls += 1
    case .start: ticket.startedAt = now
    case .hold:
      let minutes = min(max(1, detail.holdMinutes ?? rules.holdMinutesMax), rules.holdMinutesMax)
      ticket.holdUntil = now + .minutes(minutes)
    case .finishStep:
      ticket.leaveCounter()
      ticket.step += 1
      ticket.waitsFrom = rules.nextStepWaitsFrom(arrivedAt: min(waitsFrom, now), now: now)
      ticket.passedOver = 0
      ticket.target = nil
    case .transfer:
      ticket.leaveCounter()
      if let service = detail.service, service != ticket.service {
        ticket.service = service
        ticket.step = 0
      }
      ticket.target = detail.target
      if !detail.keepsPosition { ticket.waitsFrom = now }
    case .giveBack, .release, .comeBack: ticket.leaveCounter()
    case .finish, .noShow, .cancel, .withdraw, .settle: ticket.endedAt = now
    case .issue, .checkIn, .admit, .call, .callChosen, .resume, .breakPromise, .undo: break
    }
    return ticket
  }

  private func moved(to state: TicketState, at now: Instant) -> TicketRecord {
    var ticket = self
    if state != self.state { ticket.since = now }
    ticket.state = state
    ticket.holdUntil = nil
    return ticket
  }

  private mutating func leaveCounter() {
    counter = nil
    officer = nil
    calls = 0
    calledAt = nil
    startedAt = nil
    endedAt = nil
  }
}
