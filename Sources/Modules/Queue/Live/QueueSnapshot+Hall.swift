import Contracts
import Core
import Forecast

extension QueueSnapshot {
  /// What others are shown of the hall.
  init(_ hall: HallSnapshot) {
    self.init()
    sequence = hall.sequence
    at = hall.at
    calls = hall.calls
    waiting = hall.waiting.map { ticket in
      Waiting(
        number: ticket.number, service: ticket.line.service, isPriority: ticket.isPriority,
        isAttended: !hall.uncalled.contains(ticket.id))
    }
    prioritySlots = hall.prioritySlots
    office = hall.office
    stopped = hall.stopped
    ahead = hall.ahead
    closureToday = hall.closureToday
    closures = hall.closures
  }
}
