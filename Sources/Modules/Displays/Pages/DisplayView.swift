import Core
import HTML
import Web

/// The call display of the hall or of a zone.
struct DisplayView {
  let board: Board
  let zone: DisplayZone
  let displays: HallDisplays
  let words: Words
  let officeZone: OfficeZone

  @NodeBuilder var node: Node {
    h1(.class("unseen")) { title }
    div(
      .class("display-hall"), .data("chime", switched(displays.chime)), .data("speech", switched(displays.speech)),
      .data("flash", switched(displays.flash))
    ) {
      if let name = zone.name { p(.class("display-zone")) { words(name) } }
      liveRegion("papan", events: events, isPushed: true) {
        BoardView(board: board, words: words, zone: officeZone).node
      }
      div(.class("captions"), .role("status")) {}
      ticker
      switches
    }
  }

  var title: String {
    guard let name = zone.name else { return words("queue.display.title") }
    return "\(words("queue.display.title")): \(words(name))"
  }

  private var events: Link {
    guard let code = zone.code else { return "/display/peristiwa" }
    return "/display/\(code)/peristiwa"
  }

  private func switched(_ isOn: Bool) -> String { isOn ? "ya" : "tidak" }

  /// Every line in every language of the hall; a script shows one after the other, without it the first stand there.
  private var ticker: Node {
    let lines = zone.ticker ?? displays.ticker
    guard !lines.isEmpty else { return .empty }
    return div(.class("ticker"), .data("ticker", "")) {
      for line in lines {
        for language in displays.languages { p(.lang(language.rawValue)) { line[language] } }
      }
    }
  }

  /// Shown by the script: without one there is nothing to switch.
  private var switches: Node {
    div(.class("sound"), .hidden(), .data("sound", "")) {
      button(.button(.button), .class("sound-notice"), .data("allow", ""), .hidden()) {
        Icon.bell.node
        span { words("queue.display.sound.allow") }
      }
      soundSwitch("chime", words("queue.display.sound.chime"))
      soundSwitch("speech", words("queue.display.sound.speech"))
      soundSwitch("flash", words("queue.display.sound.flash"))
    }
  }

  private func soundSwitch(_ name: String, _ label: String) -> Node {
    button(.button(.button), .class("sound-switch"), .data("switch", name), .aria("pressed", "false")) {
      span { label }
      " "
      span(.data("on", "")) { words("queue.display.sound.on") }
      span(.data("off", "")) { words("queue.display.sound.off") }
    }
  }
}
