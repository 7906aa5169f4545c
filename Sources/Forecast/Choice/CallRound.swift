import Core

/// A ticket in its line, as far as the order of calls depends on it.
struct LinedTicket: Sendable, Equatable {
  let id: Int64
  /// The moment from which it counts as waiting, in milliseconds.
  let waitsFrom: Int64
  var passedOver: Int

  init(_ candidate: Candidate) {
    id = candidate.id.rawValue
    waitsFrom = candidate.waitsFrom.milliseconds
    passedOver = candidate.passedOver
  }

  /// As `Candidate.comesBefore(_:)`.
  func comesBefore(_ other: LinedTicket) -> Bool {
    waitsFrom == other.waitsFrom ? id < other.id : waitsFrom < other.waitsFrom
  }
}

/// The calls of one moment: all who wait are called one after the other, by the rule by which counters call.
///
/// Within a line the earliest position is always called first, so that each call compares only the heads of the lines; and
/// what it compares are numbers.
struct CallRound {
  struct Line {
    /// The earliest position first; at least one.
    let tickets: [LinedTicket]
    /// What counts for each of them beside the minutes waited; the appointment's only once its time has come.
    let terms: Score
  }

  /// The ticket that its line would have called next.
  private struct Head {
    let line: Int
    let index: Int
    let ticket: LinedTicket
    let total: Int
    /// The ticket's, with what was added since.
    var passedOver: Int
  }

  private let lines: [Line]
  private let passedOverMax: Int
  private let now: Int64
  private var heads: [Head] = []

  init(_ lines: [Line], passedOverMax: Int, at now: Instant) {
    self.lines = lines
    self.passedOverMax = passedOverMax
    self.now = now.milliseconds
    heads = lines.indices.map { head(of: $0, at: 0) }
  }

  /// Calls the next ticket.
  ///
  /// - Returns: the number of its line, and which of the line's tickets it is; nil when all have been called.
  mutating func next() -> (line: Int, index: Int)? {
    guard let first = firstHead() else { return nil }
    let called = heads[first]
    for other in heads.indices where heads[other].ticket.comesBefore(called.ticket) { heads[other].passedOver += 1 }
    if called.index + 1 < lines[called.line].tickets.count {
      heads[first] = head(of: called.line, at: called.index + 1)
    } else {
      heads.remove(at: first)
    }
    return (called.line, called.index)
  }

  /// How many tickets of the counted lines are called before one of those that wait, where that shows without calling them:
  /// where all who came earlier are called first, and no one who came later. None has been called yet.
  ///
  /// Along a line totals only fall. So it holds where, in each other line, the last who came earlier has as high a total as the
  /// ticket, and the first who came later has no higher one; of equal totals the earlier goes first. Then no one is passed
  /// over before the ticket is called, and whoever is due from before came earlier too.
  ///
  /// - Parameter isCounted: for each line whether its tickets count.
  /// - Returns: nil where the calls must be made to know.
  func countAhead(of own: (line: Int, index: Int), counting isCounted: [Bool]) -> Int? {
    let ticket = head(of: own.line, at: own.index)
    guard ticket.passedOver < passedOverMax else { return nil }
    var count = isCounted[own.line] ? own.index : 0
    for other in lines.indices where other != own.line {
      let tickets = lines[other].tickets
      let earlierCount = tickets.countBefore(ticket.ticket)
      if earlierCount > 0, head(of: other, at: earlierCount - 1).total < ticket.total { return nil }
      if earlierCount < tickets.count {
        let later = head(of: other, at: earlierCount)
        if later.total > ticket.total || later.passedOver >= passedOverMax { return nil }
      }
      if isCounted[other] { count += earlierCount }
    }
    return count
  }

  private func head(of line: Int, at index: Int) -> Head {
    let ticket = lines[line].tickets[index]
    let terms = lines[line].terms
    let total =
      NextRule.minutesWaited(from: ticket.waitsFrom, to: now) + terms.total
      - (ticket.waitsFrom <= now ? 0 : terms.appointment)
    return Head(line: line, index: index, ticket: ticket, total: total, passedOver: ticket.passedOver)
  }

  private func firstHead() -> Int? {
    guard var first = heads.indices.first else { return nil }
    for other in heads.indices where isCalled(heads[other], before: heads[first]) { first = other }
    return first
  }

  /// A ticket that was passed over as often as it may be goes first, the earliest of them before the others.
  private func isCalled(_ one: Head, before other: Head) -> Bool {
    let (isDue, isOtherDue) = (one.passedOver >= passedOverMax, other.passedOver >= passedOverMax)
    if isDue != isOtherDue { return isDue }
    return isDue || one.total == other.total ? one.ticket.comesBefore(other.ticket) : one.total > other.total
  }
}

extension [LinedTicket] {
  /// How many of a line come before a ticket, of that line or of another.
  func countBefore(_ ticket: LinedTicket) -> Int {
    var (least, most) = (0, count)
    while least < most {
      let middle = (least + most) / 2
      if self[middle].comesBefore(ticket) { least = middle + 1 } else { most = middle }
    }
    return least
  }
}
