public import Contracts
public import Core

/// The order in which tickets are called, and how many before each: worked out once for the whole hall.
public struct TicketPositions: Sendable {
  /// The waiting tickets, the next one first.
  public let order: [TicketID]
  private var ahead: [TicketID: Int] = [:]

  /// The positions of those who wait.
  ///
  /// - Parameter counters: those that call; where all of them pause, those that pause.
  public init(_ candidates: [Candidate], counters: [Skills], rule: NextRule, at now: Instant) {
    let needs = Set(candidates.map(Need.init))
    let able = Dictionary(needs.map { ($0, counters.filter($0.isMet)) }) { first, _ in first }
    let called = rule.order(of: candidates, at: now) { person in
      guard let own = able[Need(person)], !own.isEmpty else { return false }
      return own.allSatisfy { $0.languages.contains(person.language) }
    }
    order = called.map(\.id)
    var lengths: [Need: Int] = [:]
    for person in called {
      let need = Need(person)
      ahead[person.id] = lengths.reduce(0) { sum, other in
        need.isAlwaysAfter(other.key, able) ? sum + other.value : sum
      }
      lengths[need, default: 0] += 1
    }
  }

  /// How many are sure to be called before the ticket: those who come earlier and whom each of its counters would call
  /// first, for any service; nil for one that does not wait.
  public func peopleAhead(of ticket: TicketID) -> Int? { ahead[ticket] }

  /// What a counter must be able to do to call a ticket.
  private struct Need: Hashable {
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

    func isMet(by counter: Skills) -> Bool { counter.canCall(service, step: stepCode, for: target) }

    /// Whether each counter that calls this could call the other, too. Where no counter calls, those before it are those who
    /// wait for the same.
    func isAlwaysAfter(_ other: Need, _ able: [Need: [Skills]]) -> Bool {
      guard self != other else { return true }
      let own = able[self] ?? []
      guard !own.isEmpty else { return (service, step) == (other.service, other.step) }
      return own.allSatisfy(other.isMet)
    }
  }
}
