internal import Core

extension KioskFlow {
  /// Takes what came of an effect; an answer to what is no longer asked is dropped.
  func take(_ result: KioskResult, work: Int, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    if case .offer(let offer) = result {
      model.offer = offer
      model.page = min(model.page, pageCount(model) - 1)
      return []
    }
    // Read while nothing else was asked: what is on the screen decides, as if its meaning had been scanned.
    if case .paper(let code) = result { return work == model.work ? open(code, &model, at: now) : [] }
    if case .hall(let hall, let isHelpHeard) = result { return take(hall, isHelpHeard: isHelpHeard, &model) }
    guard work == model.work, model.workBegan != nil else { return [] }
    model.workBegan = nil
    if model.screen == .working { return takeOutcome(result, &model) }
    if model.screen == .help(.calling) { takeReply(result, &model) }
    return []
  }

  /// Takes what came of a call for help.
  private func takeReply(_ result: KioskResult, _ model: inout KioskModel) {
    switch result {
    case .helpComing:
      model.isHelpHeard = true
      replace(with: .help(.coming), &model)
    case .helpUnheard:
      model.isHelpHeard = false
      replace(with: .help(.nobody), &model)
    case .problem: replace(with: .help(.desk), &model)
    case .offer, .opened, .due, .ticket, .tickets, .progress, .hall, .paper, .unavailable: break
    }
  }

  /// Takes what the visitor is waiting for.
  private func takeOutcome(_ result: KioskResult, _ model: inout KioskModel) -> [KioskEffect] {
    switch result {
    case .opened(let application):
      change(&model) { $0.opened = Personal(application) }
      replace(with: .priority, &model)
    case .due(let appointment): replace(with: .due(Personal(appointment)), &model)
    case .ticket(let ticket): finish(in: .ticket(Personal(ticket)), &model)
    case .tickets(let tickets):
      if tickets.count == 1, let only = tickets.first {
        finish(in: .ticket(Personal(only)), &model)
      } else {
        finish(in: .family(Personal(tickets)), &model)
      }
    case .progress(let progress): finish(in: .progress(Personal(progress)), &model)
    case .unavailable(let refusal):
      finish(in: .unavailable(refusal), &model)
      return [.bell]
    case .problem(let problem):
      replace(with: .problem(problem), &model)
      return [.bell]
    case .offer, .helpComing, .helpUnheard, .hall, .paper: break
    }
    return []
  }

  /// Shows the end of a task; what was answered on the way is no longer needed and is forgotten.
  private func finish(in screen: KioskModel.Screen, _ model: inout KioskModel) {
    model.draft = KioskModel.Draft()
    model.trail = []
    replace(with: screen, &model)
  }
}
