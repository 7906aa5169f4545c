internal import Client
internal import Contracts
internal import Core
internal import People

extension WebVisit {
  // MARK: Following the application

  /// Looks where the application stands, with its number and the date of birth.
  func follow(_ application: String?) async throws {
    guard plan.tracks, let application else { return }
    let receipt = try await surfer.open("/permohonan/\(Link.encoded(application))")
    var form = try await surfer.open(receipt.link("/lacak")).form(to: "/lacak")
    try form.answer("nomor", application)
    if plan.mistypesBirthDate { try await sendWrongDate(form) }
    let date = person.dateOfBirth
    try form.answer("lahir", year: date.year, month: date.month, day: date.day)
    let page = try await surfer.send(form)
    guard page.status == 200, let stage = page.presentStage else {
      throw Trouble("no timeline for the right date of birth but \(page.shape)")
    }
    let stages = premises.offer.service(plan.service)?.stages[person.language] ?? []
    guard let place = stages.firstIndex(of: stage) else {
      throw Trouble("an application of \(plan.service) stands in a stage that its service has not")
    }
    premises.told.stage(place + 1, of: application)
  }

  private func sendWrongDate(_ form: Form) async throws {
    var wrong = form
    let date = person.dateOfBirth.adding(days: 1)
    try wrong.answer("lahir", year: date.year, month: date.month, day: date.day)
    let page = try await surfer.send(wrong)
    guard page.status == 404, page.text.contains(words("problem.tracking.not-found.title")) else {
      throw Trouble("a wrong date of birth was answered by \(page.shape)")
    }
    premises.told.refusal("wrong date of birth")
  }

  // MARK: Saying how it went

  /// Answers the questionnaire that the finished ticket's page leads to.
  func answerSurvey(_ code: String) async throws {
    guard plan.answersSurvey else { return }
    let ticket = try await surfer.open("/tiket/\(code)")
    guard let link = ticket.markup.links.first(where: { $0.hasPrefix("/survei") }) else {
      throw Trouble("a finished ticket's page does not lead to the survey")
    }
    let asked = try await surfer.open(link)
    guard var form = asked.forms(where: { $0.hasPrefix("/survei") }).first else {
      throw Trouble("the survey has no form: \(asked.status)")
    }
    try Answers(person: person, seed: plan.answerSeed).choose(&form)
    let page = try await send(form)
    guard page.status == 200, page.fieldErrors.isEmpty else {
      throw Trouble("the survey was answered by \(page.status)")
    }
    // "I cannot judge this" is sent as 0 and no score.
    let scores = form.questions.filter { $0.name.wholeMatch(of: #/U[1-9]/#) != nil }.flatMap(\.answers).filter {
      $0 != "0"
    }
    premises.told.survey(Told.Survey(service: plan.service, scores: scores.sorted()))
  }

  /// Sends a complaint, and looks whether its number leads to it.
  func complain() async throws {
    guard plan.complains else { return }
    let home = try await surfer.open("/")
    let asked = try await surfer.open(home.link("/pengaduan"))
    guard var form = asked.forms(where: { $0 == "/pengaduan" }).first else {
      throw Trouble("the page for complaints has no form: \(asked.status)")
    }
    try Answers(person: person, seed: plan.answerSeed).choose(&form)
    let page = try await send(form)
    guard page.status == 200, let number = page.codeToKeep else {
      throw Trouble("no number after complaining but \(page.status)")
    }
    premises.told.complaint(number)
  }
}

extension Page {
  /// The stage in which an application stands, by its name.
  fileprivate var presentStage: String? {
    guard let start = markup.tags.firstIndex(where: { $0.has("present-stage") }) else { return nil }
    return markup.inside(start).first { $0.name == "h2" }?.text
  }
}
