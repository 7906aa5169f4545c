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
}

/// The counters that can call what people wait for.
struct AbleCounters {
  private let able: [CounterNeed: [Skills]]

  init(_ needs: Set<CounterNeed>, counters: [Skills]) {
    able = Dictionary(needs.map { ($0, counters.filter($0.isMet)) }) { first, _ in first }
  }

  /// Whether each officer who can call for that need speaks the language; false where none can.
  func speak(_ language: Language, for need: CounterNeed) -> Bool {
    guard let own = able[need], !own.isEmpty else { return false }
    return own.allSatisfy { $0.languages.contains(language) }
  }

  /// Whether each counter that calls for the one need could call for the other, too. Where no counter calls, those before
  /// are those who wait for the same.
  func isAlwaysAfter(_ need: CounterNeed, _ other: CounterNeed) -> Bool {
    guard need != other else { return true }
    let own = able[need] ?? []
    guard !own.isEmpty else { return (need.service, need.step) == (other.service, other.step) }
    return own.allSatisfy(other.isMet)
  }
}
