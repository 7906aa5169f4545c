internal import Core
internal import People
internal import Synchronization

/// An officer at a counter: calls, waits, starts, finishes, and at times presses a button twice.
struct Clerk {
  /// After so many calls a person whom nobody in the hall knows is not waited for any longer.
  private static let strangerCallCountMax = 4

  let counter: Int
  let surfer: Surfer
  let premises: Premises
  /// Decides which buttons are pressed twice.
  let random: SeededRandom
  let visitShares: VisitShares
  let dayIsOver: DayIsOver

  private var path: String { "/petugas/loket/\(counter)" }

  /// Works until everybody has gone.
  func run() async throws {
    while !dayIsOver.isTrue {
      let page = try await callNext()
      guard let number = page.ticketNumber else {
        try await Task.sleep(for: premises.pace.rest)
        continue
      }
      try await serve(number, page)
    }
  }

  // MARK: Steps

  private func callNext() async throws -> Page {
    let page = try await surfer.open(path)
    guard page.ticketNumber == nil else { return page }
    // A counter is opened before anybody is called to it; a supervisor may have closed it since.
    let open = (try? page.form(to: "\(path)/panggil")) == nil ? try await press("buka", on: page) : page
    return try await press("panggil", on: open)
  }

  private func serve(_ number: String, _ called: Page) async throws {
    var (page, callCount) = (called, 1)
    while true {
      let presence = await premises.hall.whoComes(for: number, patience: premises.pace.patience)
      let isStranger = await premises.hall.isStranger(number)
      switch presence {
      case .here(let person): return try await attend(to: person, number, page)
      case .gone where callCount > 1: return try await finish("tidak-hadir", page)
      case .notYet where callCount > Self.strangerCallCountMax && isStranger:
        return try await finish("tidak-hadir", page)
      case .gone, .notYet:
        page = try await press("panggil-ulang", on: page)
        premises.told.recall()
        callCount += 1
      }
    }
  }

  private func attend(to person: Person, _ number: String, _ called: Page) async throws {
    let ticket = premises.told.tickets[number]
    if ticket?.application != nil, !called.text.contains(person.fullName) {
      premises.told.fail("counter \(counter): the case of \(number) is not that of the person who stands there")
    }
    let page = try await press("mulai", on: called)
    try await Task.sleep(for: Pace.part(visitShares.share(of: person), of: premises.pace.visitMax))
    try await finish("selesai", page)
    await premises.hall.dismiss(number)
  }

  private func finish(_ action: String, _ page: Page) async throws {
    let after = try await press(action, on: page)
    guard after.ticketNumber == nil else {
      throw Trouble("counter \(counter) still has \(after.ticketNumber ?? "") in hand after \(action)")
    }
  }

  /// Presses a button of the counter's page. Of two presses at once the later may be told that the counter has
  /// moved on (409), which is right.
  private func press(_ action: String, on page: Page) async throws -> Page {
    let form = try page.form(to: "\(path)/\(action)")
    guard random.below(20) == 0, action != "panggil-ulang" else { return try accept(await surfer.send(form), action) }
    let (first, second) = try await surfer.sendTwice(form)
    for answer in [first, second] where answer.status == 409 { premises.told.refusal("counter's button pressed twice") }
    guard [first, second].allSatisfy({ $0.status == 409 || $0.status == 200 }) else {
      throw Trouble("counter \(counter): \(action) pressed twice led to \(first.shape) and \(second.shape)")
    }
    return try accept(await surfer.open(path), action)
  }

  private func accept(_ page: Page, _ action: String) throws -> Page {
    guard page.status == 200 else { throw Trouble("counter \(counter): \(action) led to \(page.shape)") }
    return page
  }
}

/// How long each person's visit takes.
struct VisitShares: Sendable {
  let plans: [Int: Plan]

  func share(of person: Person) -> Int { plans[person.index]?.visitShare ?? 500 }
}

/// Says to everybody that the day is over.
final class DayIsOver: Sendable {
  private let state = Mutex(false)

  var isTrue: Bool { state.withLock { $0 } }

  func announce() { state.withLock { $0 = true } }
}
