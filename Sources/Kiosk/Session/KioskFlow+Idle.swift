internal import Core

extension KioskFlow {
  func tick(_ now: Instant, _ model: inout KioskModel) -> [KioskEffect] {
    if let began = model.workBegan, now - began >= Self.workMax {
      return take(.problem(Problem(.unavailable, "kiosk.no-answer")), work: model.work, &model)
    }
    guard !isFresh(model) else { return askAgain(&model, at: now) }
    let quiet = now - model.lastKeyAt
    if quiet >= settings.idle + Self.warning { return forget(&model, at: now, notice: .forgotten) }
    guard quiet >= settings.idle else { return [] }
    let isNew = model.secondsLeft == nil
    model.secondsLeft = Int(((settings.idle + Self.warning - quiet).milliseconds + 999) / 1000)
    return isNew ? [.bell] : []
  }

  /// Forgets the visitor: nothing but the terminal's size, the offer and which key is down outlives this.
  func forget(_ model: inout KioskModel, at now: Instant, notice: KioskModel.Notice?) -> [KioskEffect] {
    var fresh = KioskModel(size: model.size, at: now)
    fresh.work = model.work + 1
    fresh.offer = model.offer
    fresh.hall = model.hall
    fresh.notice = notice
    fresh.lastKey = model.lastKey
    fresh.lastScan = model.lastScan
    model = fresh
    return [.wipe, .refreshOffer]
  }

  /// Whether the office is open is asked from time to time while nobody is there; a visitor is told by what they try.
  private func askAgain(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard now - model.offerAskedAt >= Self.offerMax else { return [] }
    model.offerAskedAt = now
    return [.refreshOffer]
  }

  /// Whether nobody has begun anything, so that there is nobody to forget.
  private func isFresh(_ model: KioskModel) -> Bool {
    model.place == .language && !model.isLarge && model.trail.isEmpty
  }
}
