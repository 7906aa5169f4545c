internal import Contracts
internal import Core
internal import People

/// One person's day, from the first page to the last.
struct VisitorDay {
  let person: Person
  let plan: Plan
  let premises: Premises
  let web: WebVisit

  init(_ person: Person, seed: UInt64, in premises: Premises) {
    self.person = person
    self.premises = premises
    plan = Plan(person, seed: seed, offer: premises.offer)
    web = WebVisit(person: person, plan: plan, premises: premises)
  }

  /// Does everything; whatever goes wrong is told to the account of the day.
  func run() async {
    do {
      try await visit()
    } catch {
      premises.told.fail("person \(person.index) (\(plan.way.rawValue), \(plan.service)): \(error)")
    }
    await web.surfer.close()
  }

  private func visit() async throws {
    let application = plan.way == .kioskWalkIn ? nil : try await web.apply()
    guard plan.way != .homeOnly else {
      premises.told.homeOnly(plan.service)
      try await web.follow(application)
      return try await web.complain()
    }
    let paper = try await takeNumber(application)
    do {
      try await attend(paper, application)
    } catch {
      await premises.hall.leave(paper.number)
      throw error
    }
    try await web.complain()
  }

  private func takeNumber(_ application: String?) async throws -> KioskVisit.Paper {
    await premises.hall.ask()
    let paper: KioskVisit.Paper
    do {
      paper = try await drawNumber(application)
    } catch {
      await premises.hall.sit(nil)
      throw error
    }
    await premises.hall.sit(paper.number)
    try premises.told.ticket(
      Told.Ticket(
        number: paper.number, code: paper.code, service: plan.service, application: application,
        isPriority: person.priority != nil, channel: plan.way == .web ? "web" : "kiosk", way: plan.way, state: nil))
    return paper
  }

  private func drawNumber(_ application: String?) async throws -> KioskVisit.Paper {
    if let application, plan.way == .web { return try await web.takeNumber(application) }
    let name = premises.offer.service(plan.service)?.names[person.language] ?? ""
    return try await atKiosk { try await $0.takeNumber(application: application, serviceName: name) }
  }

  private func attend(_ paper: KioskVisit.Paper, _ application: String?) async throws {
    switch plan.attendance {
    case .never:
      await premises.hall.leave(paper.number)
      guard let code = paper.code else { return }
      try await web.wait(for: code, until: .noShow)
      premises.told.end(of: paper.number, TicketState.noShow.rawValue)
    case .atOnce, .afterRecall:
      try await waitForCall(paper)
      try await premises.hall.stepUp(paper.number, person)
      if let code = paper.code {
        try await web.checkFinished(code)
        try await web.answerSurvey(code)
      }
      premises.told.end(of: paper.number, TicketState.finished.rawValue)
    }
    try await web.follow(application)
    if let application, plan.way == .kioskWithApplication, plan.tracks { try await lookUpAtKiosk(application) }
  }

  /// With a code on the phone, else by eye and ear.
  private func waitForCall(_ paper: KioskVisit.Paper) async throws {
    if case .afterRecall = plan.attendance { return try await premises.hall.hear(paper.number, calls: 2) }
    guard let code = paper.code else { return try await premises.hall.hear(paper.number, calls: 1) }
    try await web.wait(for: code, until: .called)
  }

  private func lookUpAtKiosk(_ application: String) async throws {
    let shown = try await atKiosk { try await $0.lookUp(application: application) }
    let name = premises.offer.service(plan.service)?.names[person.language] ?? ""
    guard shown.contains(name.prefix(24)) else { throw Trouble("a kiosk shows another service than applied for") }
  }

  private func atKiosk<Value: Sendable>(
    _ work: @Sendable @escaping (KioskVisit) async throws -> Value
  ) async throws -> Value {
    let (person, plan, premises) = (person, plan, premises)
    return try await premises.kiosks.atTerminal { terminal in
      try await work(
        KioskVisit(
          terminal: terminal, person: person, plan: plan, locales: premises.locales, told: premises.told))
    }
  }
}
