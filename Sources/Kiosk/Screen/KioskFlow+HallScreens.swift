internal import Contracts
internal import Core

/// What the kiosk says of whether the office and its services can be had.
extension KioskFlow {
  /// Nothing while counters serve or it is not known; otherwise why, and when.
  func hallNotice(_ model: KioskModel, _ words: Words) -> [Item] {
    guard let office = model.hall?.office, !office.isServing || !office.takesNumbers else { return [] }
    return [
      .text(office.title(words, in: settings.zone, isOffice: true), .warning),
      .text(office.text(words, in: settings.zone, isOffice: true)),
    ]
  }

  /// The same before a language has been chosen; in large print only as much as leaves the languages on the page.
  func hallNotices(_ model: KioskModel) -> [Item] {
    guard !model.isLarge, let office = model.hall?.office, !office.isServing || !office.takesNumbers else { return [] }
    let notices = locales.languages.map { language in
      let words = locales.words(language)
      return (
        title: office.title(words, in: settings.zone, isOffice: true),
        text: office.text(words, in: settings.zone, isOffice: true)
      )
    }
    if Space(model.size).isRoomy { return notices.map { .text("\($0.title) \($0.text)", .warning) } }
    // Where not everything fits on the first page, it says in each language at least what is the matter.
    return notices.map { .text($0.title, .warning) } + notices.map { .text($0.text) }
  }

  /// Why no number can be had, and what can be done instead; never without a key that leads on.
  func unavailable(_ refusal: Unavailable, _ model: KioskModel, _ words: Words) -> ScreenContent {
    let isOffice = refusal.service == nil
    var items: [Item] = []
    if let service = model.offer.services.first(where: { $0.code == refusal.service }) {
      items.append(.text(words(service.name), .strong))
    }
    items += [
      .text(refusal.availability.title(words, in: settings.zone, isOffice: isOffice), .warning),
      .text(refusal.availability.text(words, in: settings.zone, isOffice: isOffice)),
    ]
    if model.offer.hasAppointments { items.append(.text(words("availability.appointment-kiosk"))) }
    if model.offer.hasTracking { items.append(.choice(Choice(words("kiosk.menu.status"), .begin(.lookUp)))) }
    if !isOffice { items.append(.choice(Choice(words("kiosk.service.other"), .begin(.takeNumber)))) }
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
