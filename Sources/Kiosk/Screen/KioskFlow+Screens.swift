internal import Contracts
internal import Core

extension KioskFlow {
  /// What is said where the visitor is.
  func screen(_ model: KioskModel) -> ScreenContent {
    let words = words(model)
    var content = model.secondsLeft.map { stillThere(seconds: $0, words) } ?? place(model, words)
    if model.secondsLeft == nil { content.items.insert(contentsOf: notice(model, words), at: 0) }
    content.fixedKeys = fixedKeys(model, words)
    content.pageHints = (
      KeyHint(isEntry(model.place) ? "↑" : "7", words("kiosk.key.previous")),
      KeyHint(isEntry(model.place) ? "↓" : "8", words("kiosk.key.next"))
    )
    return content
  }

  private func place(_ model: KioskModel, _ words: Words) -> ScreenContent {
    switch model.place {
    case .language: language(model, words)
    case .menu: menu(model, words)
    case .haveApplication: haveApplication(words)
    case .enterApplication: enterApplication(model, words)
    case .enterBirthDate: enterBirthDate(model, words)
    case .enterCode: enterCode(model, words)
    case .chooseService: chooseService(model, words)
    case .priority: priority(words)
    case .assistance: assistance(model, words)
    case .confirm: confirmation(model, words)
    case .ticket(let ticket): self.ticket(ticket.exposed, model, words)
    case .family(let tickets): family(tickets.exposed, model, words)
    case .progress(let progress): self.progress(progress.exposed, model, words)
    case .help(let help): self.help(help, model, words)
    case .unavailable(let refusal): unavailable(refusal, model, words)
    case .scanned(let code): scanned(code.exposed, model, words)
    case .working: ScreenContent(title: words("kiosk.working.title"), items: [.text(words("kiosk.working.text"))])
    case .problem(let problem): self.problem(problem, words)
    }
  }

  private func fixedKeys(_ model: KioskModel, _ words: Words) -> [KeyHint] {
    guard model.secondsLeft == nil else { return [] }
    let large = words(model.isLarge ? "kiosk.key.normal" : "kiosk.key.large")
    if isEntry(model.place) {
      return [KeyHint("+", words("kiosk.key.help")), KeyHint("F9", large), KeyHint("*", words("kiosk.key.back"))]
    }
    let keys = [KeyHint("0", words("kiosk.key.help")), KeyHint("9", large)]
    return model.place == .language ? keys : keys + [KeyHint("*", words("kiosk.key.back"))]
  }

  private func notice(_ model: KioskModel, _ words: Words) -> [Item] {
    switch model.notice {
    case nil: []
    case .forgotten: [.text(words("kiosk.forgotten"), .strong)]
    case .noNumber(let typed, let wanted): [.text(refusal(of: typed, wanted: wanted, words), .warning)]
    case .noCode(let code): refusal(of: code?.exposed, model)
    case .noDate: [.text(words("kiosk.birth.wrong"), .warning)]
    }
  }

  private func refusal(of typed: TypedNumber, wanted: NumberKind, _ words: Words) -> String {
    func name(_ kind: NumberKind) -> String { words(MessageKey("form.number.kind", named: kind.rawValue)) }
    switch typed {
    case .number(_, let kind): return words("form.number.other-kind", ["kind": name(kind), "wanted": name(wanted)])
    case .nik: return words("form.number.nik", ["wanted": name(wanted), "example": TypedNumber.example(wanted)])
    case .mistyped: return words("kiosk.number.wrong", ["kind": name(wanted)])
    }
  }

  private func stillThere(seconds: Int, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.idle.title"),
      items: [.text(words("kiosk.idle.text", ["seconds": String(seconds)]), .strong)])
  }

  private func language(_ model: KioskModel, _ words: Words) -> ScreenContent {
    let languages = locales.languages.map { language in
      Choice(locales.words(language)("language.name"), .speak(language))
    }
    let notices = hallNotices(model)
    // In large print the greetings would push the languages off the first page, and on a small screen what is the matter.
    let hasRoom = !model.isLarge && (notices.isEmpty || Space(model.size).isRoomy)
    let greetings = hasRoom ? locales.languages.map { Item.text(locales.words($0)("kiosk.welcome")) } : []
    // What is asked comes before what is told: on a small screen a notice may run on to the next page, a choice never.
    return ScreenContent(
      title: words(settings.officeName), items: greetings + languages.map { .choice($0) } + notices)
  }

  private func menu(_ model: KioskModel, _ words: Words) -> ScreenContent {
    // In large print, fewer words: what a screen asks first stands on one page.
    let isLarge = model.isLarge
    var choices: [Choice] = []
    func offer(_ label: MessageKey, large: MessageKey, _ action: Choice.Action) {
      choices.append(Choice(words(isLarge ? large : label), action))
    }
    if model.offer.hasQueue { offer("kiosk.menu.number", large: "kiosk.menu.large.number", .begin(.takeNumber)) }
    if model.offer.hasTracking { offer("kiosk.menu.status", large: "kiosk.menu.large.status", .begin(.lookUp)) }
    if model.offer.hasAppointments {
      offer("appointment.kiosk.menu", large: "kiosk.menu.large.appointment", .begin(.checkIn))
    }
    offer("kiosk.menu.help", large: "kiosk.menu.large.help", .help)
    let question = isLarge ? [] : [Item.text(words("kiosk.menu.question"), .strong)]
    let notice = isLarge ? [] : hallNotice(model, words)
    return ScreenContent(title: words("kiosk.menu.title"), items: notice + question + choices.map { .choice($0) })
  }

  private func help(_ help: KioskModel.Help, _ model: KioskModel, _ words: Words) -> ScreenContent {
    var items: [Item] =
      switch help {
      case .calling: [.text(words("kiosk.help.calling"), .strong)]
      case .coming: [.text(words("kiosk.help.coming"), .strong)]
      case .desk: [.text(words("kiosk.help.desk"), .strong)]
      case .nobody: [.text(words("kiosk.help.nobody"), .warning)]
      }
    if help == .nobody {
      let closed = hallNotice(model, words)
      items += closed.isEmpty ? [.text(words("kiosk.help.nobody-here"), .strong)] : closed
    }
    return ScreenContent(
      title: words("kiosk.help.title"), items: items,
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  private func problem(_ problem: Problem, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.problem.title"),
      items: [.text(problem.title(words), .warning), .text(problem.mend(words)), .text(words("kiosk.problem.help"))],
      actions: [KeyHint("Enter", words("kiosk.key.again"))])
  }
}
