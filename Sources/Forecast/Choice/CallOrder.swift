import Contracts
public import Core

/// The order in which those who wait are called: worked out by the very rule by which counters call, so that what
/// phones, terminals, displays and officers show is what happens.
extension NextRule {
  /// All who wait, as a counter that may call each of them would call them if it called all of them at this moment.
  ///
  /// - Parameter speaks: whether the officer who would call them speaks their language; asked once for each line.
  public func order(of waiting: [Candidate], at now: Instant, speaks: (Candidate) -> Bool) -> [Candidate] {
    let lines = Dictionary(grouping: waiting, by: CallLine.init).map { line, people in
      (line: line, people: people.sorted { $0.comesBefore($1) })
    }
    var round = CallRound(
      lines.map { line, people in
        CallRound.Line(tickets: people.map(LinedTicket.init), terms: terms(of: line, speaks: speaks(people[0])))
      }, passedOverMax: passedOverMax, at: now)
    var order: [Candidate] = []
    order.reserveCapacity(waiting.count)
    while let call = round.next() { order.append(lines[call.line].people[call.index]) }
    return order
  }
}

/// People among whom the earliest position is always called first, while they are called one after the other.
struct CallLine: Sendable, Hashable {
  let service: ServiceCode
  /// The step of the visit, counted from 0.
  let step: Int
  let isPriority: Bool
  let isAppointment: Bool
  let language: Language
  let target: TicketTarget?

  init(_ candidate: Candidate) {
    service = candidate.service
    step = candidate.step
    isPriority = candidate.isPriority
    isAppointment = candidate.isAppointment
    language = candidate.language
    target = candidate.target
  }
}
