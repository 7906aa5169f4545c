internal import Contracts
internal import Core
internal import People

/// What a person does with a browser: applying, taking a number, following the ticket.
struct WebVisit {
  let person: Person
  let plan: Plan
  let premises: Premises
  let surfer: Surfer

  init(person: Person, plan: Plan, premises: Premises) {
    self.person = person
    self.plan = plan
    self.premises = premises
    // TEST-NET-1 to 3 and a synthetic line each: an address of one's own behind a proxy.
    let network = "198.51.\(100 + person.index / 250 % 100).\(1 + person.index % 250)"
    surfer = premises.surfer(person.language, network: network)
  }

  var words: Words { premises.locales.words(person.language) }

  // MARK: Applying

  /// Applies for the service.
  ///
  /// - Returns: the application number on the receipt.
  func apply() async throws -> String {
    let home = try await surfer.open("/")
    let list = try await surfer.open(home.link("/layanan"))
    let service = try await surfer.open(list.link("/layanan/\(plan.service)"))
    let path = "/ajukan/\(plan.service)"
    var form = try await surfer.open(service.link(path)).form(to: path)
    try Answers(person: person, seed: plan.answerSeed).fillIn(&form)
    if plan.mistypesNumber { form = try await afterSlip(form) }
    let receipt = try await sendApplication(form)
    guard let number = receipt.codeToKeep, receipt.decodedPath.hasPrefix("/permohonan/\(number)") else {
      throw Trouble("no receipt after applying but \(receipt.shape)")
    }
    try premises.told.application(Told.Application(number: number, service: plan.service))
    return number
  }

  /// Leaves out a digit first; the form must come back with everything in it and say where to look.
  private func afterSlip(_ form: Form) async throws -> Form {
    guard let right = form.question("nik")?.answers.first else { return form }
    var wrong = form
    try wrong.answer("nik", String(right.dropLast()))
    let page = try await surfer.send(wrong)
    guard page.status == 422, !page.fieldErrors.isEmpty else {
      throw Trouble("a NIK of 15 digits was answered by \(page.shape)")
    }
    var again = try page.form(to: form.action)
    for question in wrong.questions where !question.name.hasPrefix("_") {
      guard Self.isSame(again.question(question.name)?.answers, question.answers) else {
        throw Trouble("the form to \(form.action) lost the answer to \"\(question.name)\"")
      }
    }
    try again.answer("nik", right)
    premises.told.refusal("mistyped NIK")
    return again
  }

  /// A date's parts may come back with a zero in front.
  private static func isSame(_ shown: [String]?, _ typed: [String]) -> Bool {
    shown == typed || shown?.map { Int($0) } == typed.map { Int($0) } && typed.allSatisfy { Int($0) != nil }
  }

  /// Sends the form, and again what it warns of.
  private func sendApplication(_ form: Form) async throws -> Page {
    var form = form
    for _ in 0..<3 {
      let page = try await send(form)
      guard page.status == 422, page.fieldErrors.isEmpty else { return page }
      form = try page.form(to: form.action)
      premises.told.refusal("shown a warning first")
    }
    throw Trouble("the form to \(form.action) warns again and again")
  }

  /// Sends a form as this person does: once, twice at the same time, or with a line that breaks.
  func send(_ form: Form) async throws -> Page {
    if plan.losesLine { try await surfer.sendAndLoseTheLine(form) }
    guard plan.doubleClicks else { return try await surfer.send(form) }
    let (first, second) = try await surfer.sendTwice(form)
    guard first.path == second.path, first.status == second.status else {
      throw Trouble("the same form sent twice led to \(first.shape) and \(second.shape)")
    }
    return first
  }

  // MARK: Taking a number

  func takeNumber(_ application: String) async throws -> KioskVisit.Paper {
    let receipt = try await surfer.open("/permohonan/\(Link.encoded(application))")
    // Where the office has the next move, the receipt leads to no number; who comes all the same knows the page.
    let way = (try? receipt.link("/antrean")) ?? "/antrean"
    var form = try await surfer.open(way).form(to: "/antrean")
    if plan.mistypesNumber { form = try await afterMistypedNumber(form, application) }
    try form.answer("nomor", application)
    try form.answer("prioritas", person.priority?.rawValue ?? "")
    for help in person.assistance.sorted(by: { $0.rawValue < $1.rawValue }) {
      try form.answer("bantuan", help.rawValue)
    }
    let page = try await send(form)
    let prefix = "/tiket/"
    guard page.status == 200, page.path.hasPrefix(prefix), let number = page.ticketNumber else {
      throw Trouble("no ticket after asking for a number but \(page.shape)")
    }
    return KioskVisit.Paper(number: number, code: String(page.path.dropFirst(prefix.count)))
  }

  private func afterMistypedNumber(_ form: Form, _ application: String) async throws -> Form {
    var wrong = form
    try wrong.answer("nomor", Slip.mistyped(application))
    let page = try await surfer.send(wrong)
    let expected = words("form.number.mistyped", ["example": TypedNumber.example(.application)])
    guard page.status == 422, page.fieldErrors.contains(where: { $0.contains(expected) }) else {
      throw Trouble("a mistyped application number was answered by \(page.shape)")
    }
    premises.told.refusal("mistyped number, web")
    return try page.form(to: form.action)
  }

  // MARK: The ticket

  /// Waits until the ticket has come to a state; on the way it may only be in those before.
  func wait(for code: String, until state: TicketState) async throws {
    let path = "/tiket/\(code)"
    let isThere: @Sendable (Page) throws -> Bool = { page in
      let shown = try self.state(on: page)
      if shown == state { return true }
      guard shown == .waiting || shown == .called && state == .noShow else {
        throw Trouble("a ticket that should come to \(state.rawValue) is \(shown.rawValue)")
      }
      return false
    }
    if plan.followsEvents {
      _ = try await surfer.follow("\(path)/peristiwa", of: path, until: isThere)
    } else {
      while try await !isThere(surfer.open(path)) { try await Task.sleep(for: premises.pace.look) }
    }
  }

  func checkFinished(_ code: String) async throws {
    let shown = try state(on: await surfer.open("/tiket/\(code)"))
    guard shown == .finished else { throw Trouble("a finished visit's ticket is \(shown.rawValue)") }
  }

  private func state(on page: Page) throws -> TicketState {
    let titles = page.noticeTitles
    // Nobody is before a person who waits any more.
    if page.status == 200, titles.contains(words("queue.ticket.next.title")) { return .waiting }
    guard page.status == 200,
      let state = TicketState.allCases.first(where: { state in
        titles.contains(words(MessageKey("queue.state", named: state.rawValue)))
      })
    else { throw Trouble("a ticket's page tells no state: \(page.status)") }
    return state
  }
}
