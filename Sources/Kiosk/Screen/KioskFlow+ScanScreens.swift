internal import Contracts
internal import Core

extension KioskFlow {
  /// What a scanned code leads to, before anything that was begun is dropped for it.
  func scanned(_ code: ScannedCode, _ model: KioskModel, _ words: Words) -> ScreenContent {
    var items: [Item] = []
    var before = model
    if let screen = model.trail.last { before.screen = screen }
    let loses = wouldLose(before)
    switch code {
    case .application(let number):
      items = [.text(words("kiosk.scan.application", ["number": number.printed]), .strong)]
      if loses { items.append(.text(words("kiosk.scan.lost"))) }
      if model.offer.hasQueue {
        let label = numberLabel(words("kiosk.menu.number"), model, words)
        items.append(.choice(ScreenChoice(label, .beginWith(.takeNumber, number))))
      }
      if model.offer.hasTracking {
        items.append(.choice(ScreenChoice(words("kiosk.menu.status"), .beginWith(.lookUp, number))))
      }
      if model.offer.hasAppointments {
        items.append(.choice(ScreenChoice(words("appointment.kiosk.menu"), .beginWith(.checkIn, number))))
      }
    case .ticket, .ticketNumber: items = opening(code, words("kiosk.scan.ticket"), words)
    case .appointment, .checkIn, .paper, .proof, .other: items = opening(code, words("kiosk.scan.appointment"), words)
    }
    items.append(.choice(ScreenChoice(words("kiosk.scan.stay"), .stay)))
    return ScreenContent(title: words("kiosk.scan.title"), items: items)
  }

  /// What was read, what opening it costs, and the offer to open it.
  private func opening(_ code: ScannedCode, _ read: String, _ words: Words) -> [Item] {
    [
      .text(read, .strong), .text(words("kiosk.scan.lost")),
      .choice(ScreenChoice(words("kiosk.scan.open"), .open(code))),
    ]
  }

  /// Why a code was not taken.
  func refusal(of code: ScannedCode?, _ words: Words) -> String {
    switch code {
    case .proof: words("kiosk.scan.proof")
    case .other(let kind):
      words("kiosk.scan.kind", ["kind": words(MessageKey("form.number.kind", named: kind.rawValue))])
    case nil, .application, .appointment, .checkIn, .ticket, .ticketNumber, .paper: words("kiosk.scan.unknown")
    }
  }
}
