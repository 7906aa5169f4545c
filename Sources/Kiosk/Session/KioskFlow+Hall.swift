internal import Contracts
internal import Core

/// What follows for a visit from whether the office and its services can be had, and from what help there is.
extension KioskFlow {
  /// The help there is at this moment. Every screen that speaks of help asks here, so that none promises an officer whom
  /// another takes back.
  func helpSource(_ model: KioskModel) -> HelpSource {
    if model.offer.hasHelp, model.isHelpHeard != false { return .officer }
    return elsewhere(model).isStaffed ? .desk : .nobody
  }

  func elsewhere(_ model: KioskModel) -> HelpElsewhere {
    HelpElsewhere(office: model.hall?.office, hours: model.offer.hours, telephone: settings.telephone)
  }

  /// Who helps.
  enum HelpSource {
    /// Comes when called.
    case officer
    /// No officer can be called, but the office is open, and its information desk answers.
    case desk
    /// No one is there.
    case nobody
  }

  /// Why no number is given now; nil where one may be, and while it is not known.
  func refusalOfNumbers(_ model: KioskModel) -> Unavailable? {
    guard let hall = model.hall else { return nil }
    if !hall.office.takesNumbers { return Unavailable(service: nil, availability: hall.office) }
    // The office is open, and yet nothing can be had in it.
    let states = model.offer.services.map { hall[$0.code] }.filter { $0 != .unservable }
    guard let first = states.first, !first.takesNumbers, states.allSatisfy({ $0 == first }) else { return nil }
    return Unavailable(service: nil, availability: first)
  }

  /// The same, once it also stands against those who are served first or have not yet been asked about it.
  func refusalOfAllNumbers(_ model: KioskModel) -> Unavailable? {
    refusalOfNumbers(model).flatMap { $0.availability.isFull ? nil : $0 }
  }

  /// Why a service gives no number to a visitor who has said so much.
  func refusal(of service: ServiceCode?, isOrdinary: Bool, _ model: KioskModel) -> Unavailable? {
    guard let service, let availability = model.hall?[service], !availability.takesNumbers,
      isOrdinary || !availability.isFull
    else { return nil }
    return Unavailable(service: service, availability: availability)
  }

  /// Takes what is known of the hall now. A visitor on the way to a number that is no longer given is told at once, not
  /// when all questions are answered.
  func take(_ hall: HallAvailability?, isHelpHeard: Bool?, _ model: inout KioskModel) -> [KioskEffect] {
    if let hall { model.hall = hall }
    if let isHelpHeard { model.isHelpHeard = isHelpHeard }
    guard isOnTheWayToANumber(model) else { return [] }
    let isOrdinary = model.draft.needs.priority == nil && [.assistance, .confirm].contains(model.screen)
    guard
      let refusal = refusalOfAllNumbers(model)
        ?? refusal(of: model.draft.service?.code, isOrdinary: isOrdinary, model)
    else { return [] }
    model.draft = KioskModel.Draft()
    model.trail = [.language, .menu]
    replace(with: .unavailable(refusal), &model)
    return [.bell]
  }

  /// Asks again when a screen comes, so that a stop is known there and not only where it refuses.
  func asksAgain(
    onEntering screen: KioskModel.Screen, after event: KioskEvent, _ model: inout KioskModel, _ effects: [KioskEffect],
    at now: Instant
  ) -> [KioskEffect] {
    if case .result(.hall, _) = event { return [] }
    // An answer is awaited there, and brings the next screen.
    guard screen != .working, screen != .help(.calling), !effects.contains(.refreshOffer) else { return [] }
    return askAgain(.refreshHall, after: Self.offerMin, &model, at: now)
  }

  func askAgain(
    _ effect: KioskEffect, after interval: Duration, _ model: inout KioskModel, at now: Instant
  ) -> [KioskEffect] {
    guard now - model.offerAskedAt >= interval else { return [] }
    model.offerAskedAt = now
    return [effect]
  }

  /// Not while something is typed: the rest of it would choose answers of the screen that comes.
  private func isOnTheWayToANumber(_ model: KioskModel) -> Bool {
    guard model.draft.purpose == .takeNumber, model.draft.appointment == nil, model.entry.exposed.isEmpty else {
      return false
    }
    switch model.screen {
    case .haveApplication, .enterApplication, .enterBirthDate, .chooseService, .priority, .assistance, .confirm:
      return true
    case .language, .menu, .enterCode, .enterTicket, .enterPIN, .due, .ticket, .family, .progress, .help, .unavailable,
      .working, .scanned, .problem:
      return false
    }
  }
}
