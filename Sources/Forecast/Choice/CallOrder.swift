import Contracts
public import Core

/// The order in which those who wait are called: worked out by the very rule by which counters call, so that what
/// phones, terminals, displays and officers show is what happens.
extension NextRule {
  /// All who wait, as a counter that may call each of them would call them if it called all of them at this moment.
  ///
  /// - Parameter speaks: whether the officer who would call them speaks their language.
  public func order(of waiting: [Candidate], at now: Instant, speaks: (Candidate) -> Bool) -> [Candidate] {
    var lines = Dictionary(grouping: waiting, by: CallLine.Kind.init).values.map { people in
      CallLine(people.sorted { $1.comesBefore($0) }) { score(of: $0, speaks: speaks($0), at: now).total }
    }
    var order: [Candidate] = []
    order.reserveCapacity(waiting.count)
    while let place = firstLine(of: lines) {
      let chosen = lines[place].head
      order.append(chosen)
      for other in lines.indices where lines[other].head.comesBefore(chosen) { lines[other].passedOver += 1 }
      if !lines[place].leave({ score(of: $0, speaks: speaks($0), at: now).total }) { lines.remove(at: place) }
    }
    return order
  }

  private func firstLine(of lines: [CallLine]) -> Int? {
    let overdue = lines.indices.filter { lines[$0].passedOver >= passedOverMax }
      .min { lines[$0].head.comesBefore(lines[$1].head) }
    return overdue
      ?? lines.indices.min { left, right in
        lines[left].total == lines[right].total
          ? lines[left].head.comesBefore(lines[right].head) : lines[left].total > lines[right].total
      }
  }
}

/// People among whom the earliest position is always called first, while they are called one after the other.
private struct CallLine {
  struct Kind: Hashable {
    private let service: ServiceCode
    private let step: Int
    private let isPriority: Bool
    private let isAppointment: Bool
    private let language: Language
    private let target: TicketTarget?

    init(_ candidate: Candidate) {
      service = candidate.service
      step = candidate.step
      isPriority = candidate.isPriority
      isAppointment = candidate.isAppointment
      language = candidate.language
      target = candidate.target
    }
  }

  private(set) var head: Candidate
  /// The head's score.
  private(set) var total: Int
  /// The head's, with what was added since.
  var passedOver: Int
  /// The next one is the last.
  private var others: [Candidate]

  /// - Parameter people: the earliest position last; at least one.
  init(_ people: [Candidate], total: (Candidate) -> Int) {
    head = people[people.count - 1]
    others = Array(people.dropLast())
    self.total = total(head)
    passedOver = head.passedOver
  }

  /// Lets the head go.
  ///
  /// - Returns: false when the line is empty.
  mutating func leave(_ total: (Candidate) -> Int) -> Bool {
    guard let next = others.popLast() else { return false }
    head = next
    self.total = total(next)
    passedOver = next.passedOver
    return true
  }
}
