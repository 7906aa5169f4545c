internal import Contracts
internal import Core

/// What the kiosk says of whether the office and its services can be had.
extension KioskFlow {
  /// Why the office serves no one, and when it does; and its stops later today. Before the choices, or partly after them,
  /// where those would go off the first page.
  func hallNotice(_ model: KioskModel, _ words: Words) -> (before: [Item], after: [Item]) {
    let ahead = stopsAhead(of: nil, model, words)
    let isRoomy = !model.isLarge && ScreenSpace(model.size).isRoomy
    guard let state = stateToTell(model) else { return isRoomy ? (ahead, []) : ([], ahead) }
    let text = Item.text(state.text(words, in: settings.zone, isOffice: true))
    let title = Item.text(title(state, isOffice: true, model, words), .warning)
    if isRoomy { return ([title, text] + ahead, []) }
    return model.isLarge && state.takesNumbers ? ([], [title, text] + ahead) : ([title], [text] + ahead)
  }

  /// The same before a language has been chosen; in large print the menu tells the rest.
  func hallNotices(_ model: KioskModel) -> [Item] {
    let ahead = model.isLarge ? [] : locales.languages.flatMap { stopsAhead(of: nil, model, locales.words($0)) }
    guard let state = stateToTell(model) else { return ahead }
    let notices = locales.languages.map { language in
      let words = locales.words(language)
      return (
        title: title(state, isOffice: true, model, words), text: state.text(words, in: settings.zone, isOffice: true)
      )
    }
    if model.isLarge { return notices.map { .text($0.title, .warning) } }
    let isRoomy = ScreenSpace(model.size).isRoomy
    // Where not everything fits on the first page, it says in each language at least what is the matter.
    let told: [Item] =
      isRoomy
      ? notices.map { .text("\($0.title) \($0.text)", .warning) }
      : notices.map { .text($0.title, .warning) } + notices.map { .text($0.text) }
    return told + ahead
  }

  /// The stops later today that concern a service, or the office as a whole, each in a sentence.
  private func stopsAhead(of service: ServiceCode?, _ model: KioskModel, _ words: Words) -> [Item] {
    (model.hall?.ahead ?? []).filter { $0.isToday && $0.concerns(service) }
      .map { .text($0.sentence(words, in: settings.zone), .warning) }
  }

  private func stateToTell(_ model: KioskModel) -> Availability? {
    if let refusal = refusalOfNumbers(model) { return refusal.availability }
    return model.hall.flatMap { $0.office.isServing ? nil : $0.office }
  }

  /// The title; in large print so short that choices have room beside it.
  private func title(_ state: Availability, isOffice: Bool, _ model: KioskModel, _ words: Words) -> String {
    guard model.isLarge, !state.takesNumbers else { return state.title(words, in: settings.zone, isOffice: isOffice) }
    return state.shortTitle(words, in: settings.zone)
  }

  /// The way to a number, marked while it leads to none.
  func numberLabel(_ label: String, _ model: KioskModel, _ words: Words) -> String {
    guard let refusal = refusalOfNumbers(model) else { return label }
    return words(
      refusal.availability.hasGivenLastNumber ? "kiosk.menu.not-today" : "kiosk.menu.not-now", ["choice": label])
  }

  /// What helps where no officer can be called, the first of it in bold.
  func otherHelp(_ model: KioskModel, _ words: Words) -> [Item] {
    elsewhere(model).sentences(words, in: settings.zone).enumerated().map { place, sentence in
      .text(sentence, place == 0 ? .strong : .normal)
    }
  }

  /// Where a screen did not help.
  func helpHint(_ model: KioskModel, _ words: Words) -> String {
    words(helpSource(model) == .officer ? "kiosk.help.press" : "kiosk.help.where")
  }

  /// Why no number can be had, and what can be done instead; never without a key that leads on.
  func unavailable(_ refusal: Unavailable, _ model: KioskModel, _ words: Words) -> ScreenContent {
    let isOffice = refusal.service == nil
    var items: [Item] = []
    if let service = model.offer.services.first(where: { $0.code == refusal.service }) {
      items.append(.text(words(service.name), .strong))
    }
    items.append(.text(title(refusal.availability, isOffice: isOffice, model, words), .warning))
    var told: [Item] = [.text(refusal.availability.text(words, in: settings.zone, isOffice: isOffice))]
    if model.offer.hasAppointments { told.append(.text(words("availability.appointment-kiosk"))) }
    var choices: [Item] = []
    if model.offer.hasTracking { choices.append(.choice(ScreenChoice(words("kiosk.menu.status"), .begin(.lookUp)))) }
    if model.offer.hasQueue { choices.append(.choice(ScreenChoice(words("kiosk.find.choice"), .begin(.findTicket)))) }
    if !isOffice { choices.append(.choice(ScreenChoice(words("kiosk.service.other"), .begin(.takeNumber)))) }
    // In large print what is told takes pages, and the way on would stand behind them.
    items += model.isLarge ? choices + told : told + choices
    return ScreenContent(
      title: words("kiosk.unavailable.title"), items: items,
      actions: [KeyHint("Enter", words("kiosk.menu.title"))])
  }

  /// What is said of a service before its number is taken; nothing while counters serve it and no stop comes today.
  func serviceNotice(_ service: ServiceCode?, _ model: KioskModel, _ words: Words) -> [Item] {
    guard let hall = model.hall else { return [] }
    let availability = service.map { hall[$0] } ?? hall.office
    let ahead = stopsAhead(of: service, model, words)
    guard !availability.isServing else { return ahead }
    let isOffice = service == nil
    return [
      .text(availability.title(words, in: settings.zone, isOffice: isOffice), .warning),
      .text(availability.text(words, in: settings.zone, isOffice: isOffice)),
    ] + ahead
  }
}
