internal import Core
internal import HTML

/// Language and display settings; links and a form, so both work without scripts.
struct Switches {
  let context: PageContext

  private var words: Words { context.words }

  @NodeBuilder var node: Node {
    if context.languages.count > 1 { languages }
    display
  }

  private var languages: Node {
    nav(.class("languages"), .aria("label", words("layout.language"))) {
      ul {
        for language in context.languages {
          li {
            a(
              .href(context.address.adding("bahasa", language.rawValue)), .lang(language.rawValue),
              .hreflang(language.rawValue), .aria("current", language == words.language ? "true" : nil),
              .aria("label", words(MessageKey("layout.language.name", named: language.rawValue)))
            ) { language.rawValue.uppercased() }
          }
        }
      }
    }
  }

  private var display: Node {
    details(.class("display-settings")) {
      summary {
        Icon.eye.node
        span { words("layout.display") }
      }
      form(.method(.post), .action("/tampilan")) {
        hiddenFields(context, submission: nil)
        input(.type(.hidden), .name("kembali"), .value(context.address.description))
        toggle("besar", isOn: context.preferences.largePrint, label: words("layout.display.large"))
        toggle("kontras", isOn: context.preferences.highContrast, label: words("layout.display.contrast"))
      }
    }
  }

  /// A button that says its state in words too: what it is for, and whether it is on.
  private func toggle(_ name: String, isOn: Bool, label: String) -> Node {
    button(.button(.submit), .name(name), .value(isOn ? "tidak" : "ya"), .aria("pressed", isOn ? "true" : "false")) {
      label
      span(.class("state")) { isOn ? words("layout.on") : words("layout.off") }
    }
  }
}
