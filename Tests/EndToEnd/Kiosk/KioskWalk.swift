import Client
import Core
import Foundation
import XCTest

/// A visitor at a kiosk, who reads the screen and presses the digit beside what they want.
struct KioskWalk {
  let window: TerminalWindow

  /// Opens a kiosk of the office in a terminal of that size.
  static func openWindow(_ office: OfficeProcess, columns: Int, rows: Int) throws -> TerminalWindow {
    try TerminalWindow(
      columns: columns, rows: rows,
      running: [
        OfficeProcess.builtExecutable.path, "kiosk", "--socket", office.kioskSocket, "--name", "kios-uji", "--share",
        OfficeProcess.repository.appendingPathComponent("share").path,
      ])
  }

  /// Presses the digit that stands beside the words; turns the pages where there are several, to and fro: a page may have
  /// been read before it was drawn to its end.
  func choose(_ label: String) throws {
    let wanted = TerminalWindow.squeezed(label).prefix(16)
    var turn = "8"
    for _ in 0..<24 {
      let shown = try window.settledText
      for line in shown.split(separator: "\n") {
        let line = TerminalWindow.squeezed(String(line))
        guard let found = line.firstMatch(of: /(\d)[\])}.: ]+(.*)/), found.output.2.contains(wanted) else { continue }
        return try window.type(String(found.output.1))
      }
      if let (page, count) = Self.page(shown), count > 1 {
        if page == 1 { turn = "8" } else if page == count { turn = "7" }
        try window.type(turn)
      }
      try window.wait(for: "the next page with “\(label)”") { $0 != shown }
    }
    throw TerminalWindow.Failure(description: "no choice “\(label)”:\n\(try window.text)")
  }

  /// Every page of a screen that does not change meanwhile, as one text.
  func readAllPages() throws -> String { TerminalWindow.squeezed(try readPages().joined(separator: "\n")) }

  /// Every page of a screen that does not change meanwhile; the first is shown again afterwards.
  func readPages() throws -> [String] {
    var pages: [String] = []
    while true {
      let shown = try window.settledText
      pages.append(shown)
      guard let count = Self.page(shown)?.count, pages.count < count else { break }
      try window.type("8")
      try window.wait(for: "page \(pages.count + 1)") { Self.title($0).contains("\(pages.count + 1)/\(count)") }
    }
    // One by one: keys that come as fast as a scanner's are a scan.
    for number in (1..<pages.count).reversed() {
      try window.type("7")
      try window.wait(for: "page \(number)") { Self.title($0).contains("\(number)/\(pages.count)") }
    }
    let first = pages[0]
    if pages.count > 1 { try window.wait(for: "the first page again") { Self.title($0) == Self.title(first) } }
    return pages
  }

  /// `1/3` at the end of the title.
  private static func page(_ shown: String) -> (number: Int, count: Int)? {
    guard let found = title(shown).firstMatch(of: /(\d+)\/(\d+)\s*$/), let number = Int(found.output.1),
      let count = Int(found.output.2)
    else { return nil }
    return (number, count)
  }

  private static func title(_ shown: String) -> String { shown.split(separator: "\n").first.map(String.init) ?? "" }

  func chooseLanguage(_ language: Language, _ words: Words) throws {
    try window.wait(for: words("language.name"))
    try choose(words("language.name"))
    try window.wait(for: words("kiosk.menu.question"))
  }

  func takeNumber(_ words: Words) throws {
    try askForNumber(words)
    let shown = try readAllPages()
    XCTAssertTrue(shown.contains(words("kiosk.ticket.next")), shown)
    XCTAssertTrue(shown.contains(words("kiosk.ticket.keep")), shown)
    try leave(words)
  }

  /// Closes a result once it says that Enter does.
  func leave(_ words: Words) throws {
    try window.wait(for: "Enter \(words("kiosk.key.finish"))")
    try window.press("Enter")
    try window.wait(for: words("language.name"))
  }

  /// Without an application, for the first service offered, in the ordinary line; stops at the ticket.
  ///
  /// - Parameter repeats: how often the keyboard repeats the Enter that takes the number.
  func askForNumber(_ words: Words, holding repeats: Int = 1) throws {
    try goToConfirmation(words)
    try window.hold("Enter", repeats: repeats)
    try window.wait(for: words("kiosk.ticket.title"))
  }

  /// The same as far as the question whether all is right.
  func goToConfirmation(_ words: Words) throws {
    try choose(words("kiosk.menu.number"))
    try window.wait(for: words("kiosk.application.question"))
    try choose(words("kiosk.application.none"))
    try window.wait(for: words("kiosk.service.question"))
    try window.type("1")
    try window.wait(for: words("kiosk.priority.question"))
    try choose(words("kiosk.priority.none"))
    try window.wait(for: words("kiosk.assistance.question"))
    try window.press("Enter")
    try window.wait(for: words("kiosk.confirm.title"))
  }

  func lookUp(_ application: String, _ words: Words) throws {
    try chooseLanguage(words.language, words)
    try choose(words("kiosk.menu.status"))
    try window.wait(for: words("kiosk.application.enter"))
    try window.enter("12345678")
    try window.wait(
      for: words("kiosk.number.wrong", ["kind": words("form.number.kind.application")]))
    for _ in 0..<8 { try window.press("BSpace") }
    try window.enter(application)
    try window.wait(for: words("kiosk.birth.enter"))
    try window.enter("17081990")
    try window.wait(for: words("kiosk.status.title"))
    let stage = try ServiceFileWords("10-paspor-elektronik-10").stage(0, words.language)
    let shown = try readAllPages()
    XCTAssertTrue(shown.contains(words("kiosk.status.now", ["stage": stage])), shown)
  }

  func callHelp(_ words: Words) throws {
    try window.type("0")
    try window.wait(for: words("kiosk.help.coming"))
  }
}
