internal import Contracts
internal import Core
internal import People

/// A person before a kiosk: reads the screen and presses what it offers.
struct KioskVisit {
  /// What the person takes along.
  struct Paper: Sendable {
    let number: String
    /// Only where the screen has no room for the code to photograph and spells it instead.
    let code: String?
  }

  private static let enter = "\r"
  private static let backspace = "\u{7F}"

  let terminal: KioskTerminal
  let person: Person
  let plan: Plan
  let locales: Locales
  let told: Told

  private var words: Words { locales.words(person.language) }

  /// Takes a number, with an application or for a service.
  func takeNumber(application: String?, serviceName: String) async throws -> Paper {
    try await begin()
    if plan.asksForHelp { try await callHelp() }
    try await choose(words("kiosk.menu.number"), until: words("kiosk.application.question"))
    if let application {
      try await choose(words("kiosk.yes"), until: words("kiosk.application.enter"))
      try await type(application)
    } else {
      try await choose(words("kiosk.application.none"), until: words("kiosk.service.question"))
      try await choose(serviceName, until: words("kiosk.priority.question"))
    }
    try await sayNeeds()
    return try await takePaper()
  }

  /// Looks where an application stands.
  ///
  /// - Returns: what the screen says.
  func lookUp(application: String) async throws -> String {
    try await begin()
    try await choose(words("kiosk.menu.status"), until: words("kiosk.application.enter"))
    try await press(application + Self.enter, until: words("kiosk.birth.enter"))
    let title = words("kiosk.status.title")
    let screen = try await terminal.press(birthDate + Self.enter) { $0.lines.first?.contains(title) == true }
    try await end()
    return screen.text
  }

  // MARK: Steps

  private func begin() async throws {
    let (name, question) = (words("language.name"), words("kiosk.menu.question"))
    let isCrowded: @Sendable (TerminalScreen) -> Bool = { $0.digit(before: name) == nil && $0.isFirstOfSeveral }
    // What the hall has to say comes a moment after the greeting, and may push the languages to the next page.
    for _ in 0..<3 {
      let screen = try await terminal.press("") { $0.digit(before: name) != nil || isCrowded($0) }
      guard let digit = screen.digit(before: name) else {
        try await terminal.press("8") { $0.digit(before: name) != nil }
        continue
      }
      let next = try await terminal.press(String(digit)) { $0.text.contains(question) || isCrowded($0) }
      if next.text.contains(question) { return }
    }
    throw Trouble("kiosk \(terminal.name) offers no \"\(name)\"")
  }

  private func callHelp() async throws {
    let coming = words("kiosk.help.coming")
    let nobody = words("kiosk.help.nobody")
    // A person who comes before the first officer has signed in is told that no officer can be called.
    let screen = try await terminal.press("0") { $0.text.contains(coming) || $0.text.contains(nobody) }
    if screen.text.contains(coming) { told.help(at: terminal.name) }
    try await press(Self.enter, until: words("kiosk.menu.question"))
  }

  private func type(_ application: String) async throws {
    if plan.mistypesNumber {
      let wrong = Slip.mistyped(application)
      try await press(
        wrong + Self.enter, until: words("kiosk.number.wrong", ["kind": words("form.number.kind.application")]))
      told.refusal("mistyped number, kiosk")
      let keys = String(repeating: Self.backspace, count: wrong.count)
      try await terminal.press(keys) { screen in !screen.text.contains(wrong) }
    }
    try await press(application + Self.enter, until: words("kiosk.birth.enter"))
    try await press(birthDate + Self.enter, until: words("kiosk.priority.question"))
  }

  /// As it is typed: day, month and year.
  private var birthDate: String {
    let date = person.dateOfBirth
    return [(date.day, 2), (date.month, 2), (date.year, 4)].map { Self.padded($0.0, $0.1) }.joined()
  }

  private func sayNeeds() async throws {
    let group = person.priority.map { words(MessageKey("need.priority", named: $0.rawValue)) }
    try await choose(group ?? words("kiosk.priority.none"), until: words("kiosk.assistance.question"))
    // Large print and contrast are chosen by a key of their own.
    let helps = person.assistance.filter { $0 != .largePrint && $0 != .highContrast }
    for help in helps.sorted(by: { $0.rawValue < $1.rawValue }) {
      try await choose("[ ] " + words(MessageKey("need.assistance", named: help.rawValue)), until: "[x]")
    }
    try await press(Self.enter, until: words("kiosk.confirm.title"))
  }

  private func takePaper() async throws -> Paper {
    let keys = plan.doubleClicks ? Self.enter + Self.enter : Self.enter
    let (taken, refused) = (words("kiosk.ticket.title"), words("kiosk.problem.title"))
    let first = try await terminal.press(keys) { screen in
      [taken, refused].contains { screen.title.hasPrefix($0) }
    }
    guard let number = first.largeTicketNumber else {
      throw Trouble("kiosk \(terminal.name) shows no number but \"\(first.title)\"")
    }
    let code = try await spelledCode(on: first)
    // An Enter by mistake must not have lost the number; a further one closes the screen once it says so.
    if plan.doubleClicks { try await end(by: Self.enter) } else { try await end() }
    return Paper(number: number, code: code)
  }

  /// Turns the pages until the code is there.
  private func spelledCode(on first: TerminalScreen) async throws -> String? {
    var screen = first
    for page in 2..<5 {
      if let found = screen.text.firstMatch(of: #/\b[0-9A-HJKMNP-TV-Z]{13}\b/#) { return String(found.output) }
      guard let pages = first.lines.first?.firstMatch(of: #/1\/(\d)/#).flatMap({ Int($0.output.1) }), page <= pages
      else { return nil }
      screen = try await terminal.press("8") { $0.lines.first?.contains("\(page)/\(pages)") == true }
    }
    return nil
  }

  /// Leaves. The next person is greeted in Indonesian and told that nothing of this one is kept.
  private func end(by key: String = "*") async throws {
    if key == Self.enter {
      let hint = "Enter \(words("kiosk.key.finish"))"
      try await terminal.press("") { $0.text.contains(hint) }
    }
    try await press(key, until: locales.words(.indonesian)("kiosk.forgotten"))
  }

  // MARK: Keys

  private func press(_ keys: String, until text: String) async throws {
    let awaited = Self.inOneLine(text)
    try await terminal.press(keys) { $0.text.contains(awaited) }
  }

  private static func inOneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Presses the digit of an answer, on the page of the screen that has it.
  private func choose(_ label: String, until text: String) async throws {
    var screen = try await terminal.press("") { _ in true }
    for _ in 0..<6 {
      if let digit = screen.digit(before: label) {
        let awaited = Self.inOneLine(text)
        try await terminal.press(String(digit)) {
          $0.text.contains(awaited)
        } againWhile: {
          $0.digit(before: label) == digit
        }
        return
      }
      let title = screen.lines.first ?? ""
      screen = try await terminal.press("8") { $0.lines.first != title }
    }
    throw Trouble("kiosk \(terminal.name) offers no \"\(label)\"")
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// What goes wrong when people type.
enum Slip {
  private static let symbols = Array("0123456789")

  /// The number with its second digit replaced by the next one; its check digits catch that.
  static func mistyped(_ number: String) -> String {
    var characters = Array(number)
    let place = 1
    let position = symbols.firstIndex(of: characters[place]) ?? 0
    characters[place] = symbols[(position + 1) % symbols.count]
    return String(characters)
  }
}

extension TerminalScreen {
  /// Whether there is more than stands here.
  var isFirstOfSeveral: Bool { lines.first?.firstMatch(of: #/1\/[2-9]/#) != nil }
}
