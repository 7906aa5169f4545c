import Contracts
import Core

/// What a counter must be able to do to call a ticket.
struct CounterNeed: Hashable {
  let service: ServiceCode
  let step: Int
  let stepCode: String?
  let target: TicketTarget?

  init(_ candidate: Candidate) {
    service = candidate.service
    step = candidate.step
    stepCode = candidate.stepCode
    target = candidate.target
  }

  init(_ line: CallLine, rules: QueueRules) {
    service = line.service
    step = line.step
    stepCode = rules.step(line.step, of: line.service)?.code
    target = line.target
  }

  func isMet(by counter: Skills) -> Bool { counter.canCall(service, step: stepCode, for: target) }

  /// Whether each counter that calls for this need could call for the other, too. Where no counter calls, those before are
  /// those who wait for the same.
  ///
  /// - Parameter able: the counters that meet this need.
  func isAlwaysAfter(_ other: CounterNeed, able: [Skills]) -> Bool {
    guard self != other else { return true }
    guard !able.isEmpty else { return (service, step) == (other.service, other.step) }
    return able.allSatisfy(other.isMet)
  }
}

extension [Skills] {
  /// Whether each of their officers speaks the language; false where there is none.
  func allSpeak(_ language: Language) -> Bool { !isEmpty && allSatisfy { $0.languages.contains(language) } }
}
