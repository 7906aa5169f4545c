import Client
import Core

/// What people do at a kiosk that is written down.
struct KioskActs {
  /// What a screen says of it.
  struct Screen: Reply {
    let isDone: Bool
    let gist: String
    let fault: String?
  }

  /// Who comes, as the web has made them known.
  struct Guests {
    /// The number of an application without an appointment.
    let application: String
    /// Appointments of now.
    let booked: [(application: String, code: String)]

    init(_ office: OfficeProcess) throws {
      application = try HallVisitor(port: office.port).apply(person: 1)
      booked = try (2..<5).map { try HallVisitor(port: office.port).bookForToday(person: $0) }
    }
  }

  private static let numbers = "SELECT count(*) FROM queue_ticket"

  let walk: WriteWalk
  let guests: Guests
  let kiosk: KioskWalk
  let words: Words

  /// Does them all, one after another.
  func take() throws {
    let birthDate = { try kiosk.window.enter("17081990") }
    try act("lookUp", EveryWriteTests.ledger, on: "kiosk.birth.enter", by: birthDate, until: "kiosk.status.title") {
      try begin("kiosk.menu.status", until: "kiosk.application.enter")
      try kiosk.window.enter(guests.application)
    }
    try kiosk.leave(words)
    try act(
      "open", EveryWriteTests.ledger, on: "kiosk.birth.enter", by: birthDate, until: "kiosk.priority.question"
    ) {
      try begin("kiosk.menu.number", until: "kiosk.application.question")
      try kiosk.choose(words("kiosk.yes"))
      try kiosk.window.wait(for: words("kiosk.application.enter"))
      try kiosk.window.enter(guests.application)
    }
    let enter = { try kiosk.window.press("Enter") }
    try act("takeNumber", Self.numbers, on: "kiosk.confirm.title", by: enter, until: "kiosk.ticket.title") {
      try kiosk.choose(words("kiosk.priority.none"))
      try kiosk.window.wait(for: words("kiosk.assistance.question"))
      try kiosk.window.press("Enter")
    }
    try kiosk.leave(words)
    var scanCount = 0
    let scan = {
      // The same code again within seconds is one that lies before the scanner.
      scanCount += 1
      try kiosk.window.scan("http://kantor-\(scanCount).example/janji/\(guests.booked[0].code)")
    }
    try checkIn("checkIn", on: "appointment.kiosk.enter", by: scan) {}
    let number = "SELECT number FROM appointments_appointment WHERE code = '\(guests.booked[1].code)'"
    try checkIn("checkInByNumber", on: "kiosk.birth.enter", by: birthDate) {
      try kiosk.window.enter(walk.office.query(number))
    }
    try checkIn("checkInByApplication", on: "kiosk.birth.enter", by: birthDate) {
      try kiosk.window.enter(guests.booked[2].application)
    }
    try act(
      "callHelp", "SELECT count(*) FROM accessibility_help", on: "kiosk.menu.question",
      by: { try kiosk.window.type("0") }, until: "kiosk.help.coming", refused: ["availability.help.desk"]
    ) { try kiosk.chooseLanguage(words.language, words) }
  }

  private func checkIn(
    _ effect: String, on question: MessageKey, by keys: @escaping () throws -> Void, way: () throws -> Void
  ) throws {
    try act(effect, Self.numbers, on: question, by: keys, until: "kiosk.ticket.title") {
      try begin("appointment.kiosk.menu", until: "appointment.kiosk.enter")
      try way()
    }
    try kiosk.leave(words)
  }

  private func begin(_ choice: MessageKey, until question: MessageKey) throws {
    try kiosk.chooseLanguage(words.language, words)
    try kiosk.choose(words(choice))
    try kiosk.window.wait(for: words(question))
  }

  /// - Parameters:
  ///   - question: the screen from which it is asked for.
  ///   - keys: what is pressed there.
  ///   - refusal: all that is said where it cannot be done, the first of it before the rest. Who cannot be called for help is
  ///     replaced by where there is some.
  ///   - way: leads there.
  private func act(
    _ effect: String, _ trace: String, on question: MessageKey, by keys: @escaping () throws -> Void,
    until done: MessageKey,
    refused refusal: [MessageKey] = [
      "kiosk.problem.title", "problem.unavailable.title", "problem.unavailable.mend", "kiosk.key.again",
    ],
    way: () throws -> Void
  ) throws {
    var isAgain = false
    try walk.attempt(effect, trace) {
      // The key that a refusal names leads back there.
      if isAgain { try kiosk.window.press("Enter") } else { try way() }
      isAgain = true
      try kiosk.window.wait(for: words(question))
      return {
        try keys()
        return try screen(until: done, or: refusal)
      }
    }
  }

  /// What comes of it.
  private func screen(until done: MessageKey, or refusal: [MessageKey]) throws -> Screen {
    func says(_ key: MessageKey, _ shown: String) -> Bool {
      TerminalWindow.squeezed(shown).contains(TerminalWindow.squeezed(words(key)))
    }
    try kiosk.window.wait(for: "an answer", within: .seconds(30)) { says(done, $0) || says(refusal[0], $0) }
    let shown = try kiosk.window.settledText
    let (isDone, unsaid) = (says(done, shown), refusal.filter { !says($0, shown) })
    return Screen(
      isDone: isDone, gist: isDone ? "done" : "refused",
      fault: unsaid.isEmpty ? nil : "\(unsaid) is not said:\n\(shown)")
  }
}
