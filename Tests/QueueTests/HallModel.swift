import Contracts
import Core

@testable import Forecast
@testable import Queue

/// The hall as simply as it can be said: an array of people, every question answered by looking at all of them. It
/// shares nothing with the queue but the figures of its rules.
struct HallModel {
  struct Person: Equatable {
    let id: Int64
    let isPriority: Bool
    let isAppointment: Bool
    let language: Language
    var service: ServiceCode
    var state = TicketState.waiting
    var since: Int64
    var counter: Int?
    var calls = 0
    var step = 0
    var waitsFrom: Int64
    var passedOver = 0
    var target: TicketTarget?
    var holdUntil: Int64?
    /// Counts the transitions.
    var version = 0
    /// The time of the change at hand: never before the last one, whatever the clock says.
    var moment: Int64 = 0
  }

  struct Undo {
    let person: Person
    let version: Int
    let at: Int64
  }

  enum Refusal: String, Error {
    case movedOn = "queue.moved-on"
    case busy = "queue.counter-busy"
    case paused = "queue.counter-paused"
    case closed = "queue.counter-closed"
    case handFull = "queue.hand-full"
    case callAgain = "queue.call-again"
    case tooLate = "queue.too-late"
    case nothingToUndo = "queue.nothing-to-undo"
    case notYours = "queue.not-yours"
  }

  let rules: QueueRules
  var people: [Person] = []
  var posts: [Int: CounterPost.State] = [:]
  var languages: [Int: Set<Language>] = [:]
  var undos: [Int: Undo] = [:]
  var now: Int64
  var lastIssue: Int64 = .min
  /// How often each person was passed over while nobody whom the counter could have called had waited longer.
  var passedWhileLongest: [Int64: Int] = [:]
  var mostPassed = 0

  private static let minute: Int64 = 60_000

  // MARK: arriving

  mutating func take(
    id: Int64, service: ServiceCode, isPriority: Bool, language: Language, appointedAt: Int64?
  ) {
    let issued = max(now, lastIssue)
    lastIssue = issued
    let waitsFrom = appointedAt.map { max(issued, $0 - Int64(rules.appointmentLeadMinutes) * Self.minute) } ?? issued
    people.append(
      Person(
        id: id, isPriority: isPriority, isAppointment: appointedAt != nil, language: language, service: service,
        since: issued, waitsFrom: waitsFrom))
  }

  // MARK: calling

  func canCall(_ person: Person, _ counter: Int) -> Bool {
    switch person.target {
    case .counter(let number): return number == counter
    case .officer(let officer): return officer.rawValue == Int64(counter)
    case nil: break
    }
    if counter == 2, person.service != QueueHall.permit { return false }
    guard counter == 3, let step = rules.step(person.step, of: person.service) else { return true }
    return rules.counterSteps[3]?.contains(step.code) ?? true
  }

  func score(_ person: Person, _ counter: Int) -> Int {
    let head = rules.next.headStart
    var score = max(0, Int((now - person.waitsFrom) / Self.minute))
    if person.isPriority { score += head.priority }
    if person.isAppointment, person.waitsFrom <= now { score += head.appointment }
    if person.step > 0 { score += head.inProgress }
    if person.language != .indonesian, languages[counter, default: []].contains(person.language) {
      score += head.language
    }
    if person.target != nil { score += head.sentHere }
    return score
  }

  private func mustBeReady(_ counter: Int) throws(Refusal) {
    if people.contains(where: { $0.counter == counter && ($0.state == .called || $0.state == .serving) }) {
      throw .busy
    }
    switch posts[counter, default: .open] {
    case .open: return
    case .paused: throw .paused
    case .closed: throw .closed
    }
  }

  mutating func next(_ counter: Int) throws(Refusal) -> Int64? {
    try mustBeReady(counter)
    for index in people.indices where people[index].state == .hold && (people[index].holdUntil ?? .max) <= now {
      people[index].back(at: now)
    }
    let able = people.filter { $0.state == .waiting && canCall($0, counter) }
    guard let longest = able.min(by: Self.isEarlier) else { return nil }
    let best = able.min { left, right in
      let (one, other) = (score(left, counter), score(right, counter))
      return one == other ? Self.isEarlier(left, right) : one > other
    }
    let heads = able.filter { person in !able.contains { $0.sharesLine(with: person) && Self.isEarlier($0, person) } }
    let due = heads.filter { $0.passedOver >= rules.next.passedOverMax }.min(by: Self.isEarlier)
    guard let chosen = due ?? best else { return nil }
    for head in heads where Self.isEarlier(head, chosen) { change(head.id) { $0.passedOver += 1 } }
    if chosen.id != longest.id {
      passedWhileLongest[longest.id, default: 0] += 1
      mostPassed = max(mostPassed, passedWhileLongest[longest.id, default: 0])
    }
    call(chosen.id, to: counter)
    return chosen.id
  }

  mutating func callChosen(_ id: Int64, to counter: Int) throws(Refusal) {
    try mustBeReady(counter)
    guard person(id)?.state == .waiting else { throw .movedOn }
    call(id, to: counter)
  }

  private mutating func call(_ id: Int64, to counter: Int) {
    remember(id, at: counter)
    let now = now
    change(id) { person in
      person.setMoment(now)
      person.version += 1
      person.go(.called)
      person.counter = counter
      person.calls = 1
    }
  }

  // MARK: acting

  mutating func act(_ action: TicketAction, on id: Int64, at counter: Int, _ detail: ActionDetail) throws(Refusal) {
    guard let person = person(id) else { throw .movedOn }
    let isInHand = person.state == .called || person.state == .serving
    if isInHand, person.counter != counter { throw .movedOn }
    var isUndoable = true
    var changed = person
    changed.setMoment(now)
    switch (action, person.state) {
    case (.recall, .called):
      changed.calls += 1
      isUndoable = false
    case (.start, .called): changed.go(.serving)
    case (.finish, .serving):
      if person.step + 1 < rules.stepCount(of: person.service) {
        let from = min(person.waitsFrom, changed.moment)
        changed.leave()
        changed.step += 1
        changed.target = nil
        changed.passedOver = 0
        changed.waitsFrom = changed.moment - (changed.moment - from) * Int64(rules.arrivalWeightPercent) / 100
        passedWhileLongest[id] = 0
      } else {
        changed.go(.finished)
      }
    case (.hold, .called), (.hold, .serving):
      changed.go(.hold)
      changed.holdUntil =
        changed.moment + Int64(min(detail.holdMinutes ?? rules.holdMinutesMax, rules.holdMinutesMax)) * Self.minute
    case (.resume, .hold):
      try mustBeReady(counter)
      changed.go(.called)
      changed.counter = counter
      changed.calls = 1
      changed.holdUntil = nil
    case (.release, .hold):
      changed.leave()
      isUndoable = false
    case (.giveBack, .called), (.giveBack, .serving): changed.leave()
    case (.transfer, .called), (.transfer, .serving):
      changed.leave()
      if let service = detail.service, service != changed.service { (changed.service, changed.step) = (service, 0) }
      changed.target = detail.target
      if !detail.keepsPosition { changed.waitsFrom = changed.moment }
    case (.noShow, .called):
      if person.calls < rules.callsBeforeNoShow { throw .callAgain }
      changed.go(.noShow)
    case (.noShow, .hold): changed.go(.noShow)
    case (.cancel, .called), (.cancel, .hold): changed.go(.cancelled)
    case (.comeBack, .noShow):
      if now > person.since + Int64(rules.comeBackMinutes) * Self.minute { throw .tooLate }
      changed.leave()
      isUndoable = false
    case (.transfer, .waiting), (.cancel, .waiting): throw .notYours
    default: throw .movedOn
    }
    changed.version += 1
    if changed.state != .hold { changed.holdUntil = nil }
    if isUndoable { remember(id, at: counter) } else { undos[counter] = nil }
    change(id) { $0 = changed }
  }

  private mutating func remember(_ id: Int64, at counter: Int) {
    guard let person = person(id) else { return }
    undos[counter] = Undo(person: person, version: person.version + 1, at: now)
  }

  mutating func undo(_ counter: Int) throws(Refusal) {
    guard let undo = undos[counter], now - undo.at <= Int64(rules.undoSeconds) * 1000,
      let present = person(undo.person.id), present.version == undo.version
    else { throw .nothingToUndo }
    var before = undo.person
    if before.state == .called || before.state == .serving,
      people.contains(where: {
        $0.id != before.id && $0.counter == before.counter && ($0.state == .called || $0.state == .serving)
      })
    {
      throw .busy
    }
    before.passedOver = max(before.passedOver, present.passedOver)
    before.version = present.version + 1
    change(before.id) { $0 = before }
    undos[counter] = nil
  }

  // MARK: counters and the day

  mutating func open(_ counter: Int, languages known: Set<Language>) {
    posts[counter] = .open
    languages[counter] = known
  }

  mutating func pause(_ counter: Int) throws(Refusal) {
    if hasHand(counter) { throw .handFull }
    posts[counter] = .paused
  }

  mutating func close(_ counter: Int) throws(Refusal) {
    if hasHand(counter) { throw .handFull }
    posts[counter] = .closed
    languages[counter] = []
    undos[counter] = nil
    for person in people where person.state == .waiting {
      guard person.target == .counter(counter) || person.target == .officer(OfficerID(Int64(counter))) else { continue }
      change(person.id) { person in
        person.target = nil
        person.version += 1
      }
    }
  }

  mutating func closeDay() {
    people = []
    posts = [:]
    languages = [:]
    undos = [:]
    lastIssue = .min
    passedWhileLongest = [:]
  }

  private func hasHand(_ counter: Int) -> Bool {
    people.contains { $0.counter == counter && ($0.state == .called || $0.state == .serving) }
  }

  func person(_ id: Int64) -> Person? { people.first { $0.id == id } }

  private mutating func change(_ id: Int64, _ edit: (inout Person) -> Void) {
    guard let index = people.firstIndex(where: { $0.id == id }) else { return }
    edit(&people[index])
  }

  private static func isEarlier(_ left: Person, _ right: Person) -> Bool {
    (left.waitsFrom, left.id) < (right.waitsFrom, right.id)
  }
}

extension HallModel.Person {
  fileprivate mutating func setMoment(_ now: Int64) { moment = max(now, since) }

  fileprivate mutating func go(_ state: TicketState) {
    if state != self.state { since = moment }
    self.state = state
  }

  fileprivate mutating func leave() {
    go(.waiting)
    counter = nil
    calls = 0
    holdUntil = nil
  }

  fileprivate mutating func back(at now: Int64) {
    setMoment(now)
    leave()
    version += 1
  }

  fileprivate func sharesLine(with other: Self) -> Bool {
    service == other.service && step == other.step && isPriority == other.isPriority
      && isAppointment == other.isAppointment && language == other.language && target == other.target
  }
}
