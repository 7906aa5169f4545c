internal import Civil
internal import Console
internal import Contracts
internal import Core

extension KioskFlow {
  /// Takes a key on a screen where something is typed.
  func type(_ key: Key, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    switch key {
    case .enter: return submitEntry(&model, at: now)
    case .backspace, .delete:
      // An empty line has nothing to take back but the screen.
      guard !model.entry.exposed.isEmpty else { return goBack(&model, at: now) }
      model.entry = Personal(String(model.entry.exposed.dropLast()))
      model.notice = nil
    case .character(let character): return type(character, &model, at: now)
    default: break
    }
    return []
  }

  private func type(_ character: Character, _ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard let entry = model.screen.entry else { return [] }
    let typed = model.entry.exposed
    let step =
      switch entry {
      case .birthDate: BirthDateEntry.add(character, to: typed)
      case .pin: PINEntry.add(character, to: typed)
      case .application, .code, .ticket: ApplicationEntry.add(character, to: typed)
      }
    switch step {
    case .text(let text):
      model.entry = Personal(text)
      model.notice = nil
    case .back: return goBack(&model, at: now)
    case .refused: return [.bell]
    }
    return []
  }

  private func submitEntry(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    switch model.screen.entry {
    case .birthDate: submitBirthDate(&model, at: now)
    case .code: submitCode(&model, at: now)
    case .ticket: submitTicket(&model, at: now)
    case .pin: submitPIN(&model, at: now)
    case .application: submitApplication(&model, at: now)
    case nil: []
    }
  }

  private func submitCode(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    if let code = CodeEntry.read(model.entry.exposed) {
      return handOut(.checkIn(Personal(code), model.language), in: .working, &model, at: now)
    }
    let typed = ApplicationEntry.read(model.entry.exposed)
    // A person with only the receipt of the application at hand comes in with that.
    if let number = ApplicationNumber(typed) {
      askForBirthDate(of: number, &model)
      return []
    }
    guard let number = AppointmentNumber(typed) else {
      return takeOther(typed, wanted: .appointment, &model, at: now)
    }
    change(&model) {
      $0.appointment = Personal(number)
      ($0.application, $0.opened) = (nil, nil)
    }
    go(to: .enterBirthDate, &model)
    return []
  }

  /// A number of another kind than the open field asks for: leads to its screen where this kiosk has one, and else says
  /// what it is.
  private func takeOther(
    _ typed: TypedNumber, wanted: NumberKind, _ model: inout KioskModel, at now: Instant
  ) -> [KioskEffect] {
    if let code = ScannedCode(typed), canOpen(code, model) { return open(code, &model, at: now) }
    model.notice = .noNumber(typed, wanted: wanted)
    return [.bell]
  }

  private func submitTicket(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    // A code that a scanner types key by key.
    if let code = CodeEntry.read(model.entry.exposed) {
      return handOut(.findTicket(Personal(code)), in: .working, &model, at: now)
    }
    let typed = ApplicationEntry.read(model.entry.exposed)
    guard let number = TicketNumber(typed) else { return takeOther(typed, wanted: .ticket, &model, at: now) }
    change(&model) { $0.ticket = Personal(number) }
    go(to: .enterPIN, &model)
    return []
  }

  private func submitPIN(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard model.entry.exposed.count == CasePIN.digitCount, let number = model.draft.ticket else {
      model.notice = .noPIN
      return [.bell]
    }
    return handOut(.findTicketByNumber(number, pin: model.entry), in: .working, &model, at: now)
  }

  private func submitApplication(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    // A person who holds an appointment's code to the scanner here is checked in all the same.
    if model.offer.hasAppointments, model.draft.purpose == .takeNumber, CodeEntry.read(model.entry.exposed) != nil {
      return submitCode(&model, at: now)
    }
    let typed = ApplicationEntry.read(model.entry.exposed)
    if model.offer.hasAppointments, model.draft.purpose == .takeNumber, AppointmentNumber(typed) != nil {
      return submitCode(&model, at: now)
    }
    guard let number = ApplicationNumber(typed) else {
      return takeOther(typed, wanted: .application, &model, at: now)
    }
    askForBirthDate(of: number, &model)
    return []
  }

  /// An application was named, typed or scanned; the date of birth opens it.
  func askForBirthDate(of number: ApplicationNumber, _ model: inout KioskModel) {
    change(&model) {
      $0.application = Personal(number)
      $0.opened = nil
      $0.service = nil
      $0.appointment = nil
    }
    go(to: .enterBirthDate, &model)
  }

  private func submitBirthDate(_ model: inout KioskModel, at now: Instant) -> [KioskEffect] {
    guard let date = BirthDateEntry.read(model.entry.exposed) else {
      model.notice = .noDate
      return [.bell]
    }
    if let appointment = model.draft.appointment {
      return handOut(
        .checkInByNumber(appointment, bornOn: Personal(date), model.language), in: .working, &model, at: now)
    }
    guard let application = model.draft.application else { return [] }
    let effect: KioskEffect =
      switch model.draft.purpose {
      case .takeNumber: .open(application, bornOn: Personal(date))
      case .checkIn: .checkInByApplication(application, bornOn: Personal(date), model.language)
      case .lookUp, .findTicket: .lookUp(application, bornOn: Personal(date))
      }
    return handOut(effect, in: .working, &model, at: now)
  }
}

/// What a typed character does to an entry.
enum EntryStep: Equatable {
  case text(String)
  case back
  case refused
}

/// Typing a number of twelve digits by hand, or with a scanner that types what a receipt's code holds.
enum ApplicationEntry {
  /// A scanned address with a number at its end; more is no such address.
  static let characterCountMax = 120
  /// The digits that are taken: as many as a NIK has, so that one can be told from a number of ours.
  static let digitCountMax = 16

  static func add(_ character: Character, to text: String) -> EntryStep {
    if character == "*" { return .back }
    // Groups may be typed, and mean nothing.
    if isTyped(text), " -".contains(character) { return .text(text) }
    guard character.isASCII, !character.isWhitespace else { return .refused }
    // A person types digits; what begins with anything else is a scanner's, and comes whole.
    let isMore = isTyped(text) && (character.isNumber || text.isEmpty)
    guard isMore ? text.count < digitCountMax : !isTyped(text) && text.count < characterCountMax else {
      return .refused
    }
    return .text(text + String(character))
  }

  private static func isTyped(_ text: String) -> Bool { text.allSatisfy(\.isNumber) }

  /// The number in what was typed or scanned.
  static func read(_ text: String) -> TypedNumber { TypedNumber(scanned: text) }

  /// What was typed in groups, as it is printed, as far as it goes; a scanned address stays as it is.
  static func shown(_ text: String) -> String { isTyped(text) ? TypedNumber.grouped(text) : text }
}

/// The code of an appointment, as a scanner types it or the address that holds it.
enum CodeEntry {
  /// The code in what was scanned: the whole of it, or what follows the last `/`. Thirteen digits are no code but a number
  /// with a digit too many.
  static func read(_ text: String) -> PublicCode? {
    if text.allSatisfy(\.isNumber) { return nil }
    if let code = PublicCode(text) { return code }
    return text.split(separator: "/").last.flatMap { PublicCode(String($0)) }
  }
}

/// Typing a date of birth as eight digits: day, month, year.
enum BirthDateEntry {
  static let digitCount = 8

  static func add(_ character: Character, to text: String) -> EntryStep {
    if character == "*" { return .back }
    // Separators may be typed, and mean nothing.
    if "-/. ".contains(character) { return .text(text) }
    guard character.isASCII, character.isNumber, text.count < digitCount else { return .refused }
    return .text(text + String(character))
  }

  static func read(_ text: String) -> CivilDate? {
    text.count == digitCount ? try? DateRule.birth(text) : nil
  }

  /// `17-08-19__`: what is there and what is missing.
  static func shown(_ text: String) -> String {
    let digits = Array(text) + Array(repeating: "_", count: max(0, digitCount - text.count))
    return "\(String(digits[0..<2]))-\(String(digits[2..<4]))-\(String(digits[4..<8]))"
  }
}

/// Typing the six digits that open a ticket.
enum PINEntry {
  static func add(_ character: Character, to text: String) -> EntryStep {
    if character == "*" { return .back }
    // Groups may be typed, and mean nothing.
    if " -".contains(character) { return .text(text) }
    guard character.isASCII, character.isNumber, text.count < CasePIN.digitCount else { return .refused }
    return .text(text + String(character))
  }

  /// `0123__`: what is there and what is missing.
  static func shown(_ text: String) -> String {
    text + String(repeating: "_", count: max(0, CasePIN.digitCount - text.count))
  }
}
