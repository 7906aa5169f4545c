internal import Contracts
internal import Core

extension KioskFlow {
  func enterCode(_ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("appointment.kiosk.title"),
      items: [
        .text(words("appointment.kiosk.enter"), .strong),
        .entry(ApplicationEntry.shown(model.entry.exposed)),
        .text(words("appointment.kiosk.scan")),
      ],
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  /// A person who comes in the time of their appointment is led to it, instead of taking a number beside it.
  func due(_ appointment: ComingVisit.Appointment, _ words: Words) -> ScreenContent {
    guard !appointment.isCalledOff else { return calledOff(appointment, words) }
    return ScreenContent(
      title: words("kiosk.due.title"),
      items: [
        .text(appointment.sentence(words, in: settings.zone), .strong), .text(words("kiosk.due.text")),
        .choice(ScreenChoice(words("kiosk.due.check-in"), .checkIn(appointment.code))),
        .choice(ScreenChoice(words("kiosk.menu.title"), .menu)),
      ], actions: [KeyHint("Enter", words("kiosk.due.check-in"))])
  }

  /// A person whose appointment is not served at its time is told where its reason and the way on are.
  private func calledOff(_ appointment: ComingVisit.Appointment, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.due.title"),
      items: [
        .text(appointment.sentence(words, in: settings.zone), .warning), .text(words("kiosk.due.called-off")),
        .choice(ScreenChoice(words("kiosk.menu.title"), .menu)),
      ], actions: [KeyHint("Enter", words("kiosk.menu.title"))])
  }

  /// The numbers of all who came together, the one that is expected first on top.
  func family(_ tickets: [Ticket], _ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.ticket.title"),
      items: [.text(words("appointment.kiosk.family"), .strong)]
        + tickets.flatMap { ticket in
          [.text("\(ticket.number)  \(words(ticket.serviceName))", .strong)] + reference(ticket, words)
        }
        + [.text(words("kiosk.ticket.keep"))],
      actions: finishing(model, words))
  }
}
