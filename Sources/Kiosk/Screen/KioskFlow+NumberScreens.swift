internal import Contracts
internal import Core
internal import QR

extension KioskFlow {
  func haveApplication(_ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.menu.number"),
      items: [
        .text(words("kiosk.application.question"), .strong),
        .text(words("kiosk.application.where")),
        .choice(ScreenChoice(words("kiosk.yes"), .hasApplication(true))),
        .choice(ScreenChoice(words("kiosk.application.none"), .hasApplication(false))),
        .choice(ScreenChoice(words("kiosk.find.choice"), .begin(.findTicket))),
      ])
  }

  func enterTicket(_ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.find.title"),
      items: [
        .text(words("kiosk.find.enter"), .strong),
        .entry(ApplicationEntry.shown(model.entry.exposed)),
        .text(words("kiosk.find.scan")),
      ],
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  func enterPIN(_ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.find.pin-title"),
      items: [
        .text(words("kiosk.find.pin"), .strong),
        .entry(PINEntry.shown(model.entry.exposed)),
        .text(words("kiosk.find.pin-where")),
      ],
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  func enterApplication(_ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.application.title"),
      items: [
        .text(words("kiosk.application.enter"), .strong),
        .entry(ApplicationEntry.shown(model.entry.exposed)),
        .text(words("kiosk.application.scan")),
      ],
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  func chooseService(_ model: KioskModel, _ words: Words) -> ScreenContent {
    let services = model.offer.services.filter { model.hall?[$0.code] != .unservable }
    guard !services.isEmpty else {
      return ScreenContent(
        title: words("kiosk.service.title"),
        items: [.text(words("kiosk.service.none"), .strong), .text(helpHint(model, words))])
    }
    let first = model.language == .indonesian ? OfferedService.Audience.citizens : .foreigners
    let ordered =
      services.filter { $0.audience == first } + services.filter { $0.audience != first }
    // What holds for all of them is said once.
    let common = model.hall.flatMap { hall in
      services.dropFirst().allSatisfy { hall[$0.code] == hall[services[0].code] } ? hall[services[0].code] : nil
    }
    let notice = common.flatMap { $0.isServing && $0.takesNumbers ? nil : $0 }.map { state in
      Item.text(state.title(words, in: settings.zone, isOffice: true), .warning)
    }
    // In large print the title asks, as in the menu.
    let question = model.isLarge ? nil : Item.text(words("kiosk.service.question"), .strong)
    return ScreenContent(
      title: words("kiosk.service.title"),
      items: [notice, question].compactMap { $0 }
        + ordered.map { service in
          let mark = common == nil ? model.hall?[service.code].mark(words) : nil
          return .choice(ScreenChoice(label(of: service, mark: mark, words), .service(service)))
        })
  }

  private func label(of service: OfferedService, mark: String?, _ words: Words) -> String {
    guard let mark else { return words(service.name) }
    return words("kiosk.service.marked", ["service": words(service.name), "mark": mark])
  }

  func priority(_ model: KioskModel, _ words: Words) -> ScreenContent {
    // In large print a line for each, so that all of them can be read before one is chosen.
    let isLarge = model.isLarge
    let groups = PriorityGroup.allCases.map { group in
      ScreenChoice(
        words(MessageKey(isLarge ? "kiosk.priority.large" : "need.priority", named: group.rawValue)), .priority(group))
    }
    return ScreenContent(
      title: words("kiosk.priority.title"),
      items: [
        .text(words(isLarge ? "kiosk.priority.large.question" : "kiosk.priority.question"), .strong),
        .choice(ScreenChoice(words(isLarge ? "kiosk.priority.large.none" : "kiosk.priority.none"), .priority(nil))),
      ] + groups.map { .choice($0) })
  }

  func assistance(_ model: KioskModel, _ words: Words) -> ScreenContent {
    // Large print and contrast are chosen with 9, not asked for here.
    let helps = Assistance.allCases.filter { $0 != .largePrint && $0 != .highContrast }
    let choices = helps.map { assistance in
      ScreenChoice(
        words(
          MessageKey(model.isLarge ? "kiosk.assistance.large" : "need.assistance", named: assistance.rawValue)),
        isMarked: model.draft.needs.assistance.contains(assistance), .assistance(assistance))
    }
    return ScreenContent(
      title: words("kiosk.assistance.title"),
      items: [
        .text(words(model.isLarge ? "kiosk.assistance.large.question" : "kiosk.assistance.question"), .strong)
      ] + choices.map { .choice($0) },
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  func confirmation(_ model: KioskModel, _ words: Words) -> ScreenContent {
    var items: [Item] = []
    if let service = model.draft.service { items.append(.text(words(service.name), .strong)) }
    if let application = model.draft.application {
      items.append(.text(words("kiosk.confirm.application", ["number": application.exposed.printed]), .strong))
    }
    let needs = model.draft.needs
    if let group = needs.priority { items.append(.text(words(MessageKey("need.priority", named: group.rawValue)))) }
    for assistance in Assistance.allCases where needs.assistance.contains(assistance) {
      items.append(.text(words(MessageKey("need.assistance", named: assistance.rawValue))))
    }
    items += serviceNotice(model.draft.service?.code, model, words)
    items.append(.choice(ScreenChoice(words("kiosk.confirm.take"), .proceed)))
    return ScreenContent(
      title: words("kiosk.confirm.title"), items: items, actions: [KeyHint("Enter", words("kiosk.confirm.take"))])
  }

  func ticket(_ ticket: Ticket, _ model: KioskModel, _ words: Words) -> ScreenContent {
    var items: [Item] = [.text(words("kiosk.ticket.number")), .display(ticket.number)]
    items.append(.text(state(ticket, words), .strong))
    if let wait = ticket.waitMinutes, ticket.state == .waiting {
      items.append(.text(estimate(wait, words)))
    }
    if let address = ticket.sentTo {
      items.append(
        .text(
          words(
            address.isAttended ? "queue.ticket.sent-to" : "queue.ticket.sent-to-unattended",
            ["counter": String(address.counter)])))
    }
    if let stop = ticket.stopAhead { items.append(.text(stop.sentence(words, in: settings.zone), .warning)) }
    items += promise(ticket, words)
    items += reference(ticket, words)
    if !ticket.state.isClosed { items.append(.text(words("kiosk.ticket.keep"))) }
    return ScreenContent(
      title: words("kiosk.ticket.title"), items: items, actions: finishing(model, words),
      picture: picture(ticket, words))
  }

  /// The key that closes a result, named as soon as it does.
  func finishing(_ model: KioskModel, _ words: Words) -> [KeyHint] {
    model.hasStood ? [KeyHint("Enter", words("kiosk.key.finish"))] : []
  }

  /// The number and PIN by which the ticket is found again at home.
  func reference(_ ticket: Ticket, _ words: Words) -> [Item] {
    guard !ticket.state.isClosed, let pin = ticket.pin else { return [] }
    return [.text(words("kiosk.ticket.reference", ["number": ticket.reference.printed, "pin": pin]))]
  }

  private func promise(_ ticket: Ticket, _ words: Words) -> [Item] {
    let spoken = { (time: CivilTime) in time.spoken }
    switch ticket.promise {
    case .calledBy(let time): return [.text(words("appointment.promise.ticket", ["time": spoken(time)]))]
    case .broken(let time):
      let unserved = ticket.waitMinutes == nil ? [Item.text(words("queue.promise.unserved"))] : []
      return [.text(words("queue.promise.broken", ["time": spoken(time)]))] + unserved
    case nil: return []
    }
  }

  private func picture(_ ticket: Ticket, _ words: Words) -> Picture? {
    guard let address = settings.ticketAddress, let paper = ticket.paper,
      let code = try? QRCode(text: address + paper.description, correction: .low)
    else { return nil }
    return Picture(
      code: code, caption: words("kiosk.ticket.photo"),
      alternative: words("kiosk.ticket.portal"))
  }

  private func state(_ ticket: Ticket, _ words: Words) -> String {
    switch ticket.state {
    case .waiting: break
    case .called, .serving: return words("kiosk.ticket.called", ["counter": ticket.counter.map(String.init) ?? ""])
    case .booked, .checkedIn, .hold, .finished, .noShow, .cancelled: return ticket.stateText(words, in: settings.zone)
    }
    if let hindered = ticket.hindered(words, in: settings.zone) { return "\(hindered.title) \(hindered.text)" }
    switch ticket.peopleAhead {
    case 0: return words("kiosk.ticket.next")
    case 1: return words("kiosk.ticket.one-ahead")
    default: return words("kiosk.ticket.ahead", ["count": String(ticket.peopleAhead)])
    }
  }

  private func estimate(_ wait: ClosedRange<Int>, _ words: Words) -> String {
    wait.lowerBound == wait.upperBound
      ? words("kiosk.ticket.wait", ["minutes": String(wait.upperBound)])
      : words("kiosk.ticket.wait-between", ["from": String(wait.lowerBound), "to": String(wait.upperBound)])
  }
}
