internal import Core
internal import HTML

/// The frame of the officers' pages: one dense bar, then all the room for the work.
struct ConsoleFrame {
  let context: PageContext
  let form: PageForms.Form?

  private var words: Words { context.words }

  @NodeBuilder func around(_ content: Node) -> Node {
    let menu = ConsoleMenu(context: context)
    skipLink(words)
    header(.class("top console-top")) {
      div(.class("wrap top-row")) {
        Brand(context: context, home: "/petugas").link
        div(.class("tools")) {
          Switches(context: context, form: form).node
          if !menu.isEmpty { menuOpener(words) }
          if let officer = context.officer { signedIn(officer) }
        }
        menu.node
      }
    }
    main(.id(Layout.mainID), .class("wrap"), .tabindex(-1)) {
      if context.clockDoubt != nil, context.officer != nil {
        notice(.warning, title: words("layout.clock.title")) { p { words("layout.clock.text") } }
      }
      if context.officer != nil { space }
      if context.isDataDamaged, context.officer != nil {
        notice(.warning, title: words("layout.damage.title")) { p { words("layout.damage.text") } }
      }
      content
    }
    div(.hidden()) {
      for said in ["offline", "fault", "file"] {
        p(.data("say", said)) { words(MessageKey("layout.said", named: said)) }
      }
    }
    footer(.class("console-foot")) {
      div(.class("wrap")) {
        p {
          words("layout.console.help") + " "
          if let number = context.officeTelephone { a(.href(.telephone(number))) { number } }
        }
      }
    }
  }

  /// What the disk means for the work: what still goes on, and who has to be called.
  private var space: Node {
    switch context.space {
    case .ample: .empty
    case .low, .withoutUploads, .withoutApplications, .emergency:
      notice(.warning, title: words("layout.space.title")) { p { words("layout.space.text") } }
    case .full: notice(.error, title: words("layout.space.full")) { p { words("layout.space.full-text") } }
    case .readOnly:
      notice(.error, title: words("layout.space.read-only")) { p { words("layout.space.read-only-text") } }
    }
  }

  private func signedIn(_ officer: SignedInOfficer) -> Node {
    div(.class("officer")) {
      span {
        strong(.untranslated) { officer.name }
        small { officer.counter ?? words(MessageKey("layout.role", named: officer.role.rawValue)) }
      }
      HTML.form(.method(.post), .action("/petugas/sesi/kunci"), .data("locks", "")) {
        hiddenFields(context, submission: nil)
        input(.type(.hidden), .name("kembali"), .value(context.address.description))
        button(.button(.submit), .class("sign-out"), .data("key", "q"), .aria("keyshortcuts", "Q")) {
          Icon.lock.node
          span { words("layout.lock") }
        }
      }
      HTML.form(.method(.post), .action("/petugas/keluar")) {
        hiddenFields(context, submission: nil)
        button(.button(.submit), .class("sign-out")) {
          Icon.signOut.node
          span { words("layout.sign-out") }
        }
      }
    }
  }
}
