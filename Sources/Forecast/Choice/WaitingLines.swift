public import Contracts
public import Core

/// The people who wait, in the lines within which the earliest position is always called first. One who comes is added, and
/// positions are counted without reading the others again.
public struct WaitingLines: Sendable, Equatable {
  private var lines: [CallLine: [LinedTicket]] = [:]
  /// How many wait.
  public private(set) var count = 0

  /// The lines of those people, in whatever order they are given.
  public init(_ waiting: [Candidate] = []) {
    for candidate in waiting { insert(candidate) }
  }

  /// Adds a person to the end of a line, or wherever the position belongs.
  public mutating func insert(_ candidate: Candidate) {
    lines[CallLine(candidate), default: []].insert(LinedTicket(candidate))
    count += 1
  }

  /// Takes a person out, as they were when they were added.
  ///
  /// - Returns: false where no such person is in the lines.
  public mutating func remove(_ candidate: Candidate) -> Bool {
    let line = CallLine(candidate)
    guard let index = lines[line]?.firstIndex(where: { $0.id == candidate.id.rawValue }) else { return false }
    lines[line]?.remove(at: index)
    if lines[line]?.isEmpty ?? false { lines[line] = nil }
    count -= 1
    return true
  }

  /// Counts for a person that one with a later position was called.
  ///
  /// - Returns: false where no such person is in the lines.
  public mutating func passOver(_ ticket: TicketID) -> Bool {
    let line = lines.first { line in line.value.contains { $0.id == ticket.rawValue } }?.key
    guard let line, let index = lines[line]?.firstIndex(where: { $0.id == ticket.rawValue }) else { return false }
    lines[line]?[index].passedOver += 1
    return true
  }

  /// The earliest position of each line, in the order in which they came.
  public func heads(rules: QueueRules) -> [Candidate] {
    lines.compactMap { line, tickets in
      tickets.first.map { ticket in
        Candidate(
          id: TicketID(ticket.id), service: line.service, step: line.step,
          stepCode: rules.step(line.step, of: line.service)?.code, waitsFrom: Instant(milliseconds: ticket.waitsFrom),
          isPriority: line.isPriority, isAppointment: line.isAppointment, language: line.language, target: line.target,
          passedOver: ticket.passedOver)
      }
    }
    .sorted { $0.comesBefore($1) }
  }

  /// How many wait for a service, whatever the step.
  public func count(of service: ServiceCode) -> Int {
    lines.reduce(0) { sum, line in line.key.service == service ? sum + line.value.count : sum }
  }

  /// How many are sure to be called before one of those who wait: what `TicketPositions` has for the same people.
  ///
  /// - Parameter counters: those that call; where all of them pause, those that pause.
  /// - Returns: nil for a person who is not in the lines.
  public func peopleAhead(
    of candidate: Candidate, counters: [Skills], rules: QueueRules, at now: Instant
  ) -> Int? {
    let (kinds, tickets) = (Array(lines.keys), Array(lines.values))
    guard let own = kinds.firstIndex(of: CallLine(candidate)) else { return nil }
    let needs = kinds.map { CounterNeed($0, rules: rules) }
    let able = counters.filter(needs[own].isMet)
    let isAhead = needs.map { needs[own].isAlwaysAfter($0, able: able) }
    var round = CallRound(
      kinds.indices.map { line in
        let language = kinds[line].language
        // Indonesian every officer speaks.
        let speaks = language != .indonesian && counters.filter(needs[line].isMet).allSpeak(language)
        return CallRound.Line(tickets: tickets[line], terms: rules.next.terms(of: kinds[line], speaks: speaks))
      }, passedOverMax: rules.next.passedOverMax, at: now)
    let index = tickets[own].countBefore(LinedTicket(candidate))
    if index < tickets[own].count, tickets[own][index].id == candidate.id.rawValue,
      let count = round.countAhead(of: (own, index), counting: isAhead)
    {
      return count
    }
    var count = 0
    while let call = round.next() {
      if call.line == own, tickets[own][call.index].id == candidate.id.rawValue { return count }
      if isAhead[call.line] { count += 1 }
    }
    return nil
  }

  /// The first of the people, the priority line before the others, in the order of their turns and without the numbers of
  /// their tickets, which no forecast needs.
  public func people(limit: Int, headStart: NextRule.HeadStart) -> [WaitingPerson] {
    var people = lines.flatMap { line, tickets in
      tickets.map { ticket in
        WaitingPerson(
          id: TicketID(ticket.id), number: "", line: WaitingLine(service: line.service, step: line.step),
          target: line.target, waitsFrom: Instant(milliseconds: ticket.waitsFrom),
          headStart: headStart.minutes(
            isPriority: line.isPriority, isAppointment: line.isAppointment, step: line.step),
          isPriority: line.isPriority)
      }
    }
    if people.count > limit {
      people.sort { one, other in
        one.isPriority == other.isPriority
          ? (one.waitsFrom, one.id) < (other.waitsFrom, other.id) : one.isPriority
      }
      people.removeLast(people.count - limit)
    }
    return people.sorted { $0.comesBefore($1) }
  }
}

extension [LinedTicket] {
  /// Puts a ticket in its position, which most often is the last.
  fileprivate mutating func insert(_ ticket: LinedTicket) {
    var index = count
    while index > 0, ticket.comesBefore(self[index - 1]) { index -= 1 }
    insert(ticket, at: index)
  }
}

extension NextRule.HeadStart {
  /// Minutes by which a person may overtake others, whatever counter calls.
  public func minutes(isPriority: Bool, isAppointment: Bool, step: Int) -> Int {
    (isPriority ? priority : 0) + (isAppointment ? appointment : 0) + (step > 0 ? inProgress : 0)
  }
}
