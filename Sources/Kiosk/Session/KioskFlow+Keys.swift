internal import Civil
internal import Console
internal import Core

extension KioskFlow {
  func press(_ key: Key, at now: Instant, _ model: inout KioskModel) -> [KioskEffect] {
    let isRepeat = model.lastKey.take(key, at: now, repeatMax: settings.keys.repeatMax)
    // A book that lies on the keyboard is no visitor who is still there.
    if !isRepeat { model.lastKeyAt = now }
    if model.secondsLeft != nil {
      // The key answers "still there?" and does nothing else.
      if !isRepeat { model.secondsLeft = nil }
      return []
    }
    guard let key = admitted(key) else { return [] }
    guard model.screen != .working, ScreenLayout.isLargeEnough(model.size) else { return [] }
    if isTyping(key, model) { return type(key, &model, at: now) }
    if turnPage(key, &model) { return [] }
    // Everything else chooses, confirms or leaves: only a key that is pressed anew, and on the screen that it is meant for.
    guard !isRepeat, now > model.shownAt else { return [] }
    if let effects = pressAnywhere(key, &model, at: now) { return effects }
    return isEntry(model.screen) ? type(key, &model, at: now) : choose(key, &model, at: now)
  }

  /// Whether the key adds to what is being typed or takes from it. That is seen at once and mended as quickly, so it may be
  /// held down and typed ahead.
  private func isTyping(_ key: Key, _ model: KioskModel) -> Bool {
    guard isEntry(model.screen) else { return false }
    switch key {
    case .character("+"), .character("*"): return false
    case .character: return true
    case .backspace, .delete: return !model.entry.exposed.isEmpty
    default: return false
    }
  }

  /// Turns the page where the key does that.
  private func turnPage(_ key: Key, _ model: inout KioskModel) -> Bool {
    switch key {
    case .character("8") where !isEntry(model.screen), .pageDown, .down, .right:
      model.page = min(model.page + 1, pageCount(model) - 1)
    case .character("7") where !isEntry(model.screen), .pageUp, .up, .left: model.page = max(model.page - 1, 0)
    default: return false
    }
    return true
  }

  /// The key as the gate for text lets it in: a full-width digit is the digit, a dash a hyphen; nil for a character that
  /// is invisible, which scanners and pasting send along.
  private func admitted(_ key: Key) -> Key? {
    guard case .character(let character) = key else { return key }
    return TextGate.key(character).map { .character($0) }
  }

  /// The keys that mean the same on every screen; nil for others.
  private func pressAnywhere(_ key: Key, _ model: inout KioskModel, at now: Instant) -> [KioskEffect]? {
    switch key {
    case .character("+"), .function(1): return callHelp(&model, at: now)
    case .function(9):
      enlarge(&model)
      return []
    case .escape: return goBack(&model, at: now)
    default: return nil
    }
  }

  private func choose(_ key: Key, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    switch key {
    case .character("0"): return callHelp(&model, at: now)
    case .character("9"):
      enlarge(&model)
      return []
    case .character("*"), .backspace: return goBack(&model, at: now)
    case .enter: return confirm(&model, at: now)
    case .character(let character):
      guard let digit = character.wholeNumberValue,
        let choice = layout(model).choice(digit, page: model.page)
      else { return [] }
      return follow(choice, &model, at: now)
    default: return []
    }
  }

  /// Steps back one screen; from the end of a task, or from the first one, the visit ends.
  func goBack(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    if model.screen.isResult { return forget(&model, at: now) }
    guard let screen = model.trail.popLast() else {
      return isFresh(model) ? [] : forget(&model, at: now)
    }
    // A visitor who asked for help in the middle of typing finds it as it was.
    show(screen, keepingEntry: isAside(model.screen), &model)
    return []
  }

  /// Goes to a screen from which "back" leads here.
  func go(to screen: KioskModel.Screen, _ model: inout KioskModel) {
    model.trail.append(model.screen)
    show(screen, keepingEntry: isAside(screen), &model)
  }

  /// Goes to a screen in the stead of the present one.
  func replace(with screen: KioskModel.Screen, _ model: inout KioskModel) {
    show(screen, keepingEntry: isAside(screen), &model)
  }

  /// Hands out a piece of work and waits for its answer on the given screen.
  func handOut(
    _ effect: KioskEffect, in screen: KioskModel.Screen, _ model: inout KioskModel, at now: Instant
  ) -> [KioskEffect] {
    go(to: screen, &model)
    model.work += 1
    model.workBegan = now
    return [effect]
  }

  private func show(_ screen: KioskModel.Screen, keepingEntry: Bool, _ model: inout KioskModel) {
    model.screen = screen
    model.page = 0
    model.notice = nil
    model.workBegan = nil
    if !keepingEntry { model.entry = Personal("") }
  }

  private func enlarge(_ model: inout KioskModel) {
    model.isLarge.toggle()
    model.page = 0
  }

  func callHelp(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard !isHelp(model.screen) else { return [] }
    guard model.offer.hasHelp else {
      go(to: .help(.desk), &model)
      return []
    }
    return handOut(.callHelp, in: .help(.calling), &model, at: now)
  }

  func isHelp(_ screen: KioskModel.Screen) -> Bool {
    if case .help = screen { return true }
    return false
  }

  /// Whether the visitor comes back from there to what they were typing.
  private func isAside(_ screen: KioskModel.Screen) -> Bool {
    if case .scanned = screen { return true }
    return isHelp(screen)
  }

  func isEntry(_ screen: KioskModel.Screen) -> Bool { screen.entry != nil }
}
