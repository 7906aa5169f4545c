/// What kinds of screens there are; each new one says here which it is.
extension KioskModel.Screen {
  /// What can be typed at a screen.
  enum Entry: Sendable, Equatable { case application, birthDate, code, ticket, pin }

  /// What is typed here; nil where nothing is.
  var entry: Entry? {
    switch self {
    case .enterApplication: .application
    case .enterBirthDate: .birthDate
    case .enterCode: .code
    case .enterTicket: .ticket
    case .enterPIN: .pin
    case .language, .menu, .haveApplication, .chooseService, .priority, .assistance, .confirm, .due, .ticket, .family,
      .progress, .help, .unavailable, .working, .scanned, .problem:
      nil
    }
  }

  /// Whether it shows what the visitor came for: the visit ends from here.
  var isResult: Bool {
    switch self {
    case .ticket, .family, .progress: true
    case .language, .menu, .haveApplication, .enterApplication, .enterBirthDate, .enterCode, .enterTicket, .enterPIN,
      .chooseService, .priority, .assistance, .confirm, .due, .help, .unavailable, .working, .scanned, .problem:
      false
    }
  }
}
