internal import Contracts
internal import Core

/// What the kiosk says of whether the office and its services can be had.
extension KioskFlow {
  /// Nothing while counters serve or it is not known; otherwise why, and when: before the choices, or partly after them,
  /// where those would go off the first page.
  func hallNotice(_ model: KioskModel, _ words: Words) -> (before: [Item], after: [Item]) {
    guard let state = stateToTell(model) else { return ([], []) }
    let text = Item.text(state.text(words, in: settings.zone, isOffice: true))
    let title = Item.text(title(state, isOffice: true, model, words), .warning)
    if model.isLarge { return state.takesNumbers ? ([], [title, text]) : ([title], [text]) }
    return ScreenSpace(model.size).isRoomy ? ([title, text], []) : ([title], [text])
  }

  /// The same before a language has been chosen; in large print the menu tells the rest.
  func hallNotices(_ model: KioskModel) -> [Item] {
    guard let state = stateToTell(model) else { return [] }
    let notices = locales.languages.map { language in
      let words = locales.words(language)
      return (
        title: title(state, isOffice: true, model, words), text: state.text(words, in: settings.zone, isOffice: true)
      )
    }
    if model.isLarge { return notices.map { .text($0.title, .warning) } }
    if ScreenSpace(model.size).isRoomy { return notices.map { .text("\($0.title) \($0.text)", .warning) } }
    // Where not everything fits on the first page, it says in each language at least what is the matter.
    return notices.map { .text($0.title, .warning) } + notices.map { .text($0.text) }
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

  /// What is said of a service before its number is taken; nothing while counters serve it.
  func serviceNotice(_ service: ServiceCode?, _ model: KioskModel, _ words: Words) -> [Item] {
    guard let hall = model.hall else { return [] }
    let availability = service.map { hall[$0] } ?? hall.office
    guard !availability.isServing else { return [] }
    let isOffice = service == nil
    return [
      .text(availability.title(words, in: settings.zone, isOffice: isOffice), .warning),
      .text(availability.text(words, in: settings.zone, isOffice: isOffice)),
    ]
  }
}
