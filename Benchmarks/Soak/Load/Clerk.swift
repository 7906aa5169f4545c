import Client
import Core
import Foundation

/// An officer at a counter: opens it, calls, starts, finishes; and moves applications on in between.
actor Clerk {
  private let executor = SerialQueueExecutor(label: "soak.clerk")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private let counter: Int
  private let hand: OfficerHand
  private let random: SeededRandom
  private let keeper: BookKeeper

  init(_ officer: OfficerName, at counter: Int, in town: Town, seed: UInt64) {
    self.counter = counter
    hand = OfficerHand(officer, at: town)
    random = SeededRandom(seed: seed)
    keeper = town.keeper
  }

  private var path: String { "/petugas/loket/\(counter)" }

  /// Works until the server's life is over.
  func live(_ life: Life) {
    hand.work(life, as: "clerk") {
      if random.below(6) == 0 { try hand.decide(life.day, random) } else { try work(life.day) }
    }
  }

  private func work(_ day: CivilDate) throws {
    let page = try hand.open(path)
    func button(_ action: String) -> PageForm? { page.form(to: "\(path)/\(action)") }
    if let ticket = page.ticketInHand(at: path, on: day) {
      if let form = button("mulai") {
        let isMissed = random.below(8) == 0
        if isMissed, let missed = button("tidak-hadir") { return try move(ticket, to: "no-show", missed, day) }
        return try move(ticket, to: "serving", form, day)
      }
      if let form = button("selesai") { return try move(ticket, to: "finished", form, day) }
    }
    if let form = button("panggil") { return try call(form, day) }
    guard let form = button("buka") else { throw Surprise("a counter without buttons", page.status, page.heading) }
    _ = try hand.press(form)
  }

  private func call(_ form: PageForm, _ day: CivilDate) throws {
    let counter = counter
    keeper.note { $0.beginCall(at: counter) }
    let page = try hand.press(form)
    guard page.status == 200 else { throw Surprise("a call", page.status, page.heading) }
    let ticket = page.ticketInHand(at: path, on: day)
    keeper.tell(ticket == nil ? nil : .call) { $0.endCall(at: counter, of: ticket, on: day) }
  }

  private func move(_ ticket: Thing, to state: String, _ form: PageForm, _ day: CivilDate) throws {
    keeper.note { $0.may(ticket, become: state, on: day) }
    let page = try hand.press(form)
    let inHand = page.ticketInHand(at: path, on: day)
    guard page.status == 200, state == "serving" ? inHand == ticket : inHand != ticket else {
      throw Surprise("a visit that should be \(state)", page.status, page.heading)
    }
    keeper.tell(state == "serving" ? nil : .visit) { books in
      books.tell(ticket, isNow: state, on: day)
      return nil
    }
  }
}

extension Answer {
  /// The ticket that the counter has in hand.
  fileprivate func ticketInHand(at counter: String, on day: CivilDate) -> Thing? {
    guard form(to: "\(counter)/mulai") != nil || form(to: "\(counter)/selesai") != nil else { return nil }
    return text.firstMatch(of: /ticket-number.*?([A-Z]-\d{3,})/.dotMatchesNewlines())
      .map { Thing(.ticket, "\(day) \($0.output.1)") }
  }
}
