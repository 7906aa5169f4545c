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
    let needs = Set(candidates.map { CounterNeed($0) })
    let able = Dictionary(needs.map { ($0, counters.filter($0.isMet)) }) { first, _ in first }
    let called = rule.order(of: candidates, at: now) { able[CounterNeed($0), default: []].allSpeak($0.language) }
    order = called.map(\.id)
    var lengths: [CounterNeed: Int] = [:]
    for person in called {
      let need = CounterNeed(person)
      let own = able[need, default: []]
      ahead[person.id] = lengths.reduce(0) { sum, other in
        need.isAlwaysAfter(other.key, able: own) ? sum + other.value : sum
      }
      lengths[need, default: 0] += 1
    }
  }

  /// How many are sure to be called before the ticket: those who come earlier and whom each of its counters would call
  /// first, for any service; nil for one that does not wait.
  public func peopleAhead(of ticket: TicketID) -> Int? { ahead[ticket] }
}
