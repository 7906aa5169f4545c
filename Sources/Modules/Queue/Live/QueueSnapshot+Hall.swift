import Contracts
import Core

extension QueueSnapshot {
  /// What others are shown of a survey.
  init(_ survey: HallSurvey) {
    self.init()
    sequence = survey.sequence
    at = survey.at
    calls = survey.calls
    waiting = survey.waiting.map { ticket in
      Waiting(
        number: ticket.number, service: ticket.line.service, isPriority: ticket.isPriority,
        isAttended: !survey.uncalled.contains(ticket.id))
    }
    priorityPlaces = survey.priorityPlaces
    office = survey.office
    stopped = survey.stopped
    closures = survey.closures
  }
}
