internal import Core

extension KioskFlow {
  func tick(_ now: Instant, _ model: inout KioskModel) -> [KioskEffect] {
    if let began = model.workBegan, now - began >= Self.workMax {
      return take(.problem(Problem(.unavailable, "kiosk.no-answer")), work: model.work, &model, at: now)
    }
    if model.screen == .language, now - model.noticeAt >= Self.noticeMax { model.notice = nil }
    // The office may open or close while no one is there, and while a visitor reads.
    if isFresh(model) { return askAgain(.refreshOffer, after: Self.offerMax, &model, at: now) }
    let asked = model.screen == .working ? [] : askAgain(.refreshHall, after: Self.offerMax, &model, at: now)
    return asked + askWhetherThere(now, &model)
  }

  private func askWhetherThere(_ now: Instant, _ model: inout KioskModel) -> [KioskEffect] {
    let quiet = now - model.lastKeyAt
    if quiet >= settings.idle + Self.warning { return forget(&model, at: now) }
    guard quiet >= settings.idle else { return [] }
    let isNew = model.secondsLeft == nil
    model.secondsLeft = Int(((settings.idle + Self.warning - quiet).milliseconds + 999) / 1000)
    return isNew ? [.bell] : []
  }

  /// Forgets the visitor: nothing but the terminal's size, the offer and which key is down outlives this. It is said
  /// where there was something to forget.
  func forget(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    let hadData = wouldLose(model) || model.held != nil || isScanned(model.screen)
    var fresh = KioskModel(size: model.size, at: now)
    fresh.work = model.work + 1
    fresh.offer = model.offer
    fresh.hall = model.hall
    fresh.isHelpHeard = model.isHelpHeard
    if hadData { fresh.notice = .forgotten }
    fresh.lastKey = model.lastKey
    fresh.lastScan = model.lastScan
    model = fresh
    return [.wipe, .refreshOffer]
  }

  private func isScanned(_ screen: KioskModel.Screen) -> Bool {
    if case .scanned = screen { true } else { false }
  }

  /// Whether nothing has been begun, so that there is no person to forget.
  func isFresh(_ model: KioskModel) -> Bool {
    model.screen == .language && !model.isLarge && model.trail.isEmpty && model.held == nil
  }
}
