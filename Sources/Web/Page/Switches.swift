internal import Core
internal import HTML

/// Language and display settings; links and forms, so they work without scripts.
///
/// On a page with a form they are buttons of that form: they send what is written in it along, and it stands there
/// again on the page in its new look. So nothing that was typed is lost, and nothing of it comes into an address.
struct Switches {
  let context: PageContext
  /// The form that is sent along; nil on a page in which nothing is written.
  var form: PageForms.Form?

  /// The switches' own form, on pages without another.
  private static let ownID = "tampilan"

  private var words: Words { context.words }

  /// For the head of the page.
  @NodeBuilder var node: Node {
    if let form { firstButton(of: form) }
    if context.languages.count > 1 { languages }
    display
  }

  /// For a further form on a page, inside it, after its own buttons.
  static func row(of form: PageForms.Form, _ context: PageContext) -> Node {
    let switches = Switches(context: context, form: form)
    return details(.class("form-switches")) {
      summary { context.words("layout.form-switches") }
      div {
        switches.along
        for language in context.languages where language != context.words.language {
          switches.button("bahasa", language.rawValue, .lang(language.rawValue)) {
            context.words(MessageKey("layout.language.name", named: language.rawValue))
          }
        }
        switches.toggles
      }
    }
  }

  /// Enter in a field presses the first button of its form in the order of the page, and the switches come before it.
  private func firstButton(of form: PageForms.Form) -> Node {
    let buttons = Node.element(form.element).elements { $0.name == "button" && $0[attribute: "type"] == "submit" }
    guard let first = buttons.first else { return .empty }
    return HTML.button(
      .button(.submit), .form(form.id), .class("unseen"), .tabindex(-1), .aria("hidden", "true"),
      first[attribute: "name"].map { .name($0) }, first[attribute: "value"].map { .value($0) }
    ) { Node.element(first).plainText }
  }

  private var languages: Node {
    nav(.class("languages"), .aria("label", words("layout.language"))) {
      ul {
        for language in context.languages { li { languageSwitch(language) } }
      }
    }
  }

  @NodeBuilder private func languageSwitch(_ language: Language) -> Node {
    let name = Attribute.aria("label", words(MessageKey("layout.language.name", named: language.rawValue)))
    let current = Attribute.aria("current", language == words.language ? "true" : nil)
    if form == nil, context.lookUp == nil {
      a(
        .href(context.address.adding("bahasa", language.rawValue)), .lang(language.rawValue),
        .hreflang(language.rawValue), current, name
      ) { language.rawValue.uppercased() }
    } else {
      button("bahasa", language.rawValue, .lang(language.rawValue), current, name) { language.rawValue.uppercased() }
    }
  }

  private var display: Node {
    details(.class("display-settings")) {
      summary {
        Icon.eye.node
        span { words("layout.display") }
      }
      if form == nil {
        HTML.form(.method(.post), .action(DisplaySettings.link), .id(Self.ownID)) {
          input(.type(.hidden), .name(FormInput.csrfField), .value(context.csrf))
          along
          toggles
        }
      } else {
        div(.class("toggles")) {
          along
          toggles
        }
      }
    }
  }

  @NodeBuilder private var toggles: Node {
    toggle("besar", isOn: context.preferences.largePrint, label: words("layout.display.large"))
    toggle("kontras", isOn: context.preferences.highContrast, label: words("layout.display.contrast"))
  }

  /// A button that says its state in words too: what it is for, and whether it is on.
  private func toggle(_ name: String, isOn: Bool, label: String) -> Node {
    button(name, isOn ? "tidak" : "ya", .aria("pressed", isOn ? "true" : "false")) {
      label
      span(.class("state")) { isOn ? words("layout.on") : words("layout.off") }
    }
  }

  /// A form that asks for a page takes the settings as it takes its fields: in the address.
  private var sendsAnswers: Bool { form?.isPost ?? true }

  /// - Parameter setting: its name in an address; a form may have a field of that name, so there it stands apart.
  private func button(
    _ setting: String, _ value: String, _ first: Attribute? = nil, _ second: Attribute? = nil,
    _ third: Attribute? = nil,
    @NodeBuilder _ label: () -> Node
  ) -> Node {
    let keeps = form?.isPost == true
    let name = sendsAnswers ? DisplaySettings.settingPrefix + setting : setting
    return HTML.button(
      .button(.submit), .form(form?.id ?? Self.ownID), .name(name), .value(value), first, second, third,
      keeps ? .formaction(DisplaySettings.link) : nil, keeps ? .formWithoutFiles : nil,
      form == nil ? nil : .formnovalidate(), content: label)
  }

  /// What goes along unseen: where to come back to, which form it is, and how the page was asked for.
  @NodeBuilder private var along: Node {
    if sendsAnswers {
      let id = Attribute.form(form?.id ?? Self.ownID)
      input(.type(.hidden), id, .name(DisplaySettings.pageField), .value(context.address.description))
      if let form { input(.type(.hidden), id, .name(DisplaySettings.formField), .value(form.key)) }
      for entry in context.lookUp ?? [] {
        input(.type(.hidden), id, .name(DisplaySettings.lookUpPrefix + entry.name), .value(entry.value))
      }
    }
  }
}
