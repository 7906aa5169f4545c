internal import Civil
internal import Console
internal import Contracts
internal import Core

/// A scan is never a key: a code of ours leads to its screen from wherever it is read, everything else is refused in a
/// sentence, and what arrives in a burst while a field is open and fits into it is typed there.
extension KioskFlow {
  func take(_ scan: Scan, at now: Instant, _ model: inout KioskModel) -> [KioskEffect] {
    let isRepeat = model.lastScan.take(scan, at: now)
    if !isRepeat { model.lastKeyAt = now }
    // What was pressed before it has been let go.
    model.lastKey = LastKey()
    if model.secondsLeft != nil {
      model.secondsLeft = nil
      return []
    }
    guard model.screen != .working, ScreenLayout.isLargeEnough(model.size) else { return [] }
    let text = String(scan.text.exposed.compactMap(TextGate.key))
    let code = ScannedCode(text)
    if isEntry(model.screen), isTyped(text, code, model) { return type(text, isEnded: scan.isEnded, &model, at: now) }
    guard !isRepeat else { return [] }
    if case .paper(let paper)? = code { return [.readPaper(Personal(paper))] }
    return open(code, &model, at: now)
  }

  /// Whether a burst is what the open field asks for: a line that delivers late, or a visitor who pastes.
  private func isTyped(_ text: String, _ code: ScannedCode?, _ model: KioskModel) -> Bool {
    guard let digits = TypedNumber.digits(of: text), !digits.isEmpty else {
      return code == nil && model.screen == .enterCode && CodeEntry.read(text) != nil
    }
    guard let entry = model.screen.entry else { return false }
    let room =
      switch entry {
      case .birthDate: BirthDateEntry.digitCount
      case .pin: CasePIN.digitCount
      case .application, .code, .ticket: ApplicationEntry.digitCountMax
      }
    return model.entry.exposed.count + digits.count <= room
  }

  private func type(_ text: String, isEnded: Bool, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    var effects: [KioskEffect] = []
    for character in text { effects = type(.character(character), &model, at: now) }
    // A burst that began before the field was there has filled it and confirms nothing.
    return isEnded && now > model.shownAt ? type(.enter, &model, at: now) : effects
  }

  func open(_ code: ScannedCode?, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard let code, canOpen(code, model) else { return refuse(code, &model, at: now) }
    if isBeforeLanguage(model) {
      hold(code, &model)
      return []
    }
    if isOpen(code, model) { return [] }
    if case .application(let number) = code, [.haveApplication, .enterApplication, .enterCode].contains(model.screen) {
      askForBirthDate(of: number, &model)
      return []
    }
    guard asksFirst(code, model) else { return lead(to: code, &model, at: now) }
    if case .scanned = model.screen {
      replace(with: .scanned(Personal(code)), &model)
    } else {
      go(to: .scanned(Personal(code)), &model)
    }
    return []
  }

  /// Keeps the code until it is known in which language its holder reads.
  private func hold(_ code: ScannedCode, _ model: inout KioskModel) {
    if model.screen != .language {
      model.trail = []
      replace(with: .language, &model)
    }
    (model.held, model.notice, model.page) = (Personal(code), nil, 0)
  }

  private func refuse(_ code: ScannedCode?, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    model.notice = .noCode(code.map { Personal($0) })
    model.noticeAt = now
    model.page = 0
    return [.bell]
  }

  /// Whether this kiosk has a screen for it.
  func canOpen(_ code: ScannedCode, _ model: KioskModel) -> Bool {
    switch code {
    case .application: model.offer.hasQueue || model.offer.hasTracking
    case .appointment, .checkIn: model.offer.hasAppointments
    case .ticket, .ticketNumber: model.offer.hasQueue
    case .paper, .proof, .other: false
    }
  }

  /// Whether the visitor is in the middle of just that.
  private func isOpen(_ code: ScannedCode, _ model: KioskModel) -> Bool {
    switch code {
    case .application(let number): model.draft.application == Personal(number)
    case .appointment(let number): model.draft.appointment == Personal(number)
    case .ticketNumber(let number): model.draft.ticket == Personal(number)
    case .checkIn(let code), .ticket(let code):
      if case .ticket(let ticket) = model.screen { ticket.exposed.code == code } else { false }
    case .paper, .proof, .other: false
    }
  }

  /// Of an application it is not known what its holder wants; and no answers are dropped for a paper that came too
  /// near to the scanner.
  private func asksFirst(_ code: ScannedCode, _ model: KioskModel) -> Bool {
    if case .application = code { return true }
    return wouldLose(model)
  }

  /// Whether there is something on the screen, or behind it, that would be gone.
  func wouldLose(_ model: KioskModel) -> Bool {
    let draft = model.draft
    return model.screen.isResult || !model.entry.exposed.isEmpty || draft.application != nil || draft.appointment != nil
      || draft.ticket != nil || draft.service != nil || !draft.needs.isEmpty || model.trail.contains(where: \.isResult)
  }

  /// Leads to where the code belongs; "back" comes back from there.
  func lead(to code: ScannedCode, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    switch code {
    case .checkIn(let code): return handOut(.checkIn(Personal(code), model.language), in: .working, &model, at: now)
    case .ticket(let code): return handOut(.findTicket(Personal(code)), in: .working, &model, at: now)
    case .appointment(let number):
      model.draft = KioskModel.Draft(purpose: .checkIn, appointment: Personal(number))
      go(to: .enterBirthDate, &model)
    case .ticketNumber(let number):
      model.draft = KioskModel.Draft(purpose: .findTicket, ticket: Personal(number))
      go(to: .enterPIN, &model)
    case .application, .paper, .proof, .other: break
    }
    return []
  }

  /// Does what was chosen for a scanned application, in place of what was begun before.
  func begin(_ purpose: KioskModel.Purpose, with number: ApplicationNumber, _ model: inout KioskModel) {
    model.draft = KioskModel.Draft(purpose: purpose, application: Personal(number))
    model.trail = [.language, .menu]
    if purpose == .takeNumber, let refusal = refusalOfAllNumbers(model) {
      return replace(with: .unavailable(refusal), &model)
    }
    // The paper names the application; what opens it is not on it.
    replace(with: .enterBirthDate, &model)
  }
}
