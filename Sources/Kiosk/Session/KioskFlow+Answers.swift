internal import Contracts
internal import Core

extension KioskFlow {
  /// Follows a numbered choice of the present screen.
  func follow(_ choice: ScreenChoice, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    // A visitor who chooses something means the next scan, also of the paper that was read a moment ago; one that is
    // about to be opened is not opened twice.
    if model.held == nil { model.lastScan = LastScan() }
    switch choice.action {
    case .speak(let language): return speak(language, &model, at: now)
    case .begin(let purpose): begin(purpose, &model)
    case .help: return callHelp(&model, at: now)
    case .hasApplication(let hasOne): go(to: hasOne ? .enterApplication : .chooseService, &model)
    case .menu: backToMenu(&model)
    case .service(let service): choose(service, &model)
    case .priority(let group):
      change(&model) { $0.needs.priority = group }
      let refusal = refusal(of: model.draft.service?.code, isOrdinary: group == nil, model)
      go(to: refusal.map { .unavailable($0) } ?? .assistance, &model)
    case .assistance(let assistance):
      change(&model) { $0.needs.assistance.formSymmetricDifference([assistance]) }
    case .proceed: return confirm(&model, at: now)
    case .checkIn(let code): return handOut(.checkIn(Personal(code), model.language), in: .working, &model, at: now)
    case .beginWith(let purpose, let number): begin(purpose, with: number, &model)
    case .open(let code):
      _ = goBack(&model, at: now)
      return lead(to: code, &model, at: now)
    case .stay: return goBack(&model, at: now)
    }
    return []
  }

  /// The language was chosen; a code that was scanned before is opened in it.
  private func speak(_ language: Language, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    model.language = language
    let held = model.held
    model.held = nil
    go(to: .menu, &model)
    guard let held else { return [] }
    return open(held.exposed, &model, at: now)
  }

  private func begin(_ purpose: KioskModel.Purpose, _ model: inout KioskModel) {
    model.draft = KioskModel.Draft(purpose: purpose)
    switch purpose {
    case .takeNumber: beginNumber(&model)
    case .lookUp: go(to: .enterApplication, &model)
    case .checkIn: go(to: .enterCode, &model)
    case .findTicket: go(to: .enterTicket, &model)
    }
  }

  private func choose(_ service: OfferedService, _ model: inout KioskModel) {
    if let refusal = refusal(of: service.code, isOrdinary: false, model) {
      return go(to: .unavailable(refusal), &model)
    }
    change(&model) { draft in
      draft.service = service
      // A person who typed a number before, and has none after all.
      (draft.application, draft.opened) = (nil, nil)
    }
    go(to: .priority, &model)
  }

  /// What Enter does where nothing is typed.
  func confirm(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    switch model.screen {
    case .assistance:
      openConfirmation(&model)
      return []
    case .confirm: return takeNumber(&model, at: now)
    case .due(let appointment) where appointment.exposed.isCalledOff:
      backToMenu(&model)
      return []
    case .due(let appointment): return follow(ScreenChoice("", .checkIn(appointment.exposed.code)), &model, at: now)
    case .ticket, .family, .progress:
      guard now - model.shownAt >= settings.keys.resultMin else { return [] }
      return forget(&model, at: now)
    case .unavailable:
      backToMenu(&model)
      return []
    case .help, .problem: return goBack(&model, at: now)
    case .language, .menu, .haveApplication, .enterApplication, .enterBirthDate, .enterCode, .enterTicket, .enterPIN,
      .chooseService, .priority, .working, .scanned:
      return []
    }
  }

  /// Asks on only where a number can be had at all.
  private func beginNumber(_ model: inout KioskModel) {
    go(to: refusalOfAllNumbers(model).map { .unavailable($0) } ?? .haveApplication, &model)
  }

  private func backToMenu(_ model: inout KioskModel) {
    model.draft = KioskModel.Draft()
    model.trail = [.language]
    replace(with: .menu, &model)
  }

  private func openConfirmation(_ model: inout KioskModel) {
    if model.draft.submission == nil { model.draft.submission = PublicCode(from: random).description }
    go(to: .confirm, &model)
  }

  private func takeNumber(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard let submission = model.draft.submission else { return [] }
    var needs = model.draft.needs
    if model.isLarge { needs.assistance.insert(.largePrint) }
    let request = NumberRequest(
      service: model.draft.service?.code, application: model.draft.opened, needs: needs, submission: submission)
    return handOut(.takeNumber(request), in: .working, &model, at: now)
  }

  /// Changes the answers; another request is another submission.
  func change(_ model: inout KioskModel, _ edit: (inout KioskModel.Draft) -> Void) {
    let before = model.draft
    edit(&model.draft)
    if model.draft != before { model.draft.submission = nil }
  }
}
