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
    switch (result, model.place) {
    case (.helpComing, .help(.calling)):
      model.isHelpHeard = true
      replace(with: .help(.coming), &model)
    case (.helpUnheard, .help(.calling)):
      model.isHelpHeard = false
      replace(with: .help(.nobody), &model)
    case (.problem, .help(.calling)): replace(with: .help(.desk), &model)
    case (.opened(let application), .working):
      change(&model) { $0.opened = Personal(application) }
      replace(with: .priority, &model)
    case (.due(let appointment), .working): replace(with: .due(Personal(appointment)), &model)
    case (.ticket(let ticket), .working): finish(in: .ticket(Personal(ticket)), &model)
    case (.tickets(let tickets), .working):
      if tickets.count == 1, let only = tickets.first {
        finish(in: .ticket(Personal(only)), &model)
      } else {
        finish(in: .family(Personal(tickets)), &model)
      }
    case (.progress(let progress), .working): finish(in: .progress(Personal(progress)), &model)
    case (.unavailable(let refusal), .working):
      finish(in: .unavailable(refusal), &model)
      return [.bell]
    case (.problem(let problem), .working):
      replace(with: .problem(problem), &model)
      return [.bell]
    default: break
    }
    return []
  }

  /// Shows the end of a task; what was answered on the way is no longer needed and is forgotten.
  private func finish(in place: KioskModel.Place, _ model: inout KioskModel) {
    model.draft = KioskModel.Draft()
    model.trail = []
    replace(with: place, &model)
  }
}
