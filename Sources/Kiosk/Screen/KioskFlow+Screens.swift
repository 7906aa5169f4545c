internal import Console
internal import Contracts
internal import Core

extension KioskFlow {
  /// What is said where the visitor is.
  func screen(_ model: KioskModel) -> ScreenContent {
    var content = model.screen == .language && model.secondsLeft == nil ? language(model) : translated(model)
    if model.secondsLeft == nil { content.items.insert(contentsOf: notice(model), at: 0) }
    content.fixedKeys = fixedKeys(model)
    content.pageHints = (
      KeyHint(isEntry(model.screen) ? "↑" : "7", words(model)("kiosk.key.previous")),
      KeyHint(isEntry(model.screen) ? "↓" : "8", words(model)("kiosk.key.next"))
    )
    return content
  }

  /// The screen in the visitor's language; in each, one below the other, while that is not known.
  private func translated(_ model: KioskModel) -> ScreenContent {
    let contents = languages(model).map { language in
      let words = locales.words(language)
      return model.secondsLeft.map { stillThere(seconds: $0, words) } ?? ordinary(model, words)
    }
    guard var content = contents.first else { return ScreenContent(title: "") }
    guard contents.count > 1 else { return content }
    content.title = contents.map(\.title).joined(separator: " / ")
    content.items = contents.flatMap(\.items)
    content.actions = joined(contents.map(\.actions), model)
    return content
  }

  /// Whether no language has been chosen yet; from the first screen, help can be called before.
  func isBeforeLanguage(_ model: KioskModel) -> Bool {
    model.screen == .language || (isHelp(model.screen) && model.trail.last == .language)
  }

  /// The languages in which to speak to the person who is there, the likeliest first.
  func languages(_ model: KioskModel) -> [Language] {
    guard isBeforeLanguage(model) else { return [model.language] }
    return [model.language] + locales.languages.filter { $0 != model.language }
  }

  /// A row of keys in each language becomes one where there is room: `0 Bantuan/Help`.
  ///
  /// - Parameter short: the same rows in fewer letters, for where there is none.
  private func joined(_ rows: [[KeyHint]], short: [[KeyHint]] = [], _ model: KioskModel) -> [KeyHint] {
    let room = ScreenSpace(model.size, isLarge: model.isLarge).textColumns
    let fitting = [rows, short].map(joined).first { row in
      !row.isEmpty && row.map { Text.cellCount($0.text) + 2 }.reduce(-2, +) <= room
    }
    return fitting ?? rows.first ?? []
  }

  private func joined(_ rows: [[KeyHint]]) -> [KeyHint] {
    guard let first = rows.first else { return [] }
    return first.indices.map { place in
      // What is the same in each of them is said once.
      let meanings = rows.map { $0[place].meaning }.reduce(into: [String]()) { said, meaning in
        if !said.contains(meaning) { said.append(meaning) }
      }
      return KeyHint(first[place].key, meanings.joined(separator: "/"))
    }
  }

  private func ordinary(_ model: KioskModel, _ words: Words) -> ScreenContent {
    switch model.screen {
    case .language: language(model)
    case .menu: menu(model, words)
    case .haveApplication: haveApplication(words)
    case .enterApplication: enterApplication(model, words)
    case .enterBirthDate: enterBirthDate(model, words)
    case .enterCode: enterCode(model, words)
    case .enterTicket: enterTicket(model, words)
    case .enterPIN: enterPIN(model, words)
    case .chooseService: chooseService(model, words)
    case .priority: priority(model, words)
    case .assistance: assistance(model, words)
    case .confirm: confirmation(model, words)
    case .due(let appointment): due(appointment.exposed, words)
    case .ticket(let ticket): self.ticket(ticket.exposed, model, words)
    case .family(let tickets): family(tickets.exposed, model, words)
    case .progress(let progress): self.progress(progress.exposed, model, words)
    case .help(let help): self.help(help, model, words)
    case .unavailable(let refusal): unavailable(refusal, model, words)
    case .scanned(let code): scanned(code.exposed, model, words)
    case .working: ScreenContent(title: words("kiosk.working.title"), items: [.text(words("kiosk.working.text"))])
    case .problem(let problem): self.problem(problem, model, words)
    }
  }

  private func fixedKeys(_ model: KioskModel) -> [KeyHint] {
    guard model.secondsLeft == nil else { return [] }
    let rows = { (isShort: Bool) in languages(model).map { fixedKeys(model, isShort: isShort, locales.words($0)) } }
    return joined(rows(false), short: rows(true), model)
  }

  private func fixedKeys(_ model: KioskModel, isShort: Bool, _ words: Words) -> [KeyHint] {
    let large =
      isShort
      ? words(model.isLarge ? "kiosk.key.normal-short" : "kiosk.key.large-short")
      : words(model.isLarge ? "kiosk.key.normal" : "kiosk.key.large")
    if isEntry(model.screen) {
      return [KeyHint("+", words("kiosk.key.help")), KeyHint("F9", large), KeyHint("*", words("kiosk.key.back"))]
    }
    let keys = [KeyHint("0", words("kiosk.key.help")), KeyHint("9", large)]
    let hasBack = model.screen != .language || model.held != nil
    return hasBack ? keys + [KeyHint("*", words("kiosk.key.back"))] : keys
  }

  private func notice(_ model: KioskModel) -> [Item] {
    languages(model).compactMap { notice(model, locales.words($0)) }
  }

  private func notice(_ model: KioskModel, _ words: Words) -> Item? {
    switch model.notice {
    case nil: nil
    case .forgotten: .text(words("kiosk.forgotten"), .strong)
    case .noNumber(let typed, let wanted): .text(refusal(of: typed, wanted: wanted, words), .warning)
    case .noCode(let code): .text(refusal(of: code?.exposed, words), .warning)
    case .noDate: .text(words("kiosk.birth.wrong"), .warning)
    case .noPIN: .text(words("kiosk.find.pin-wrong"), .warning)
    }
  }

  private func refusal(of typed: TypedNumber, wanted: NumberKind, _ words: Words) -> String {
    func name(_ kind: NumberKind) -> String { words(MessageKey("form.number.kind", named: kind.rawValue)) }
    switch typed {
    // Those have no screen here at all; the others lead to theirs wherever this kiosk has it.
    case .number(_, let kind) where [.complaint, .dataRequest, .draft].contains(kind):
      return words("kiosk.scan.kind", ["kind": name(kind)])
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

  private func language(_ model: KioskModel) -> ScreenContent {
    let choices = locales.languages.map { language in
      ScreenChoice(locales.words(language)("language.name"), .speak(language))
    }
    let held = model.held == nil ? [] : locales.languages.map { locales.words($0)("kiosk.scan.language") }
    let notices = hallNotices(model)
    // In large print the greetings would push the languages off the first page, and on a small screen what is the matter.
    let isQuiet = notices.isEmpty && model.notice == nil && held.isEmpty
    let hasRoom = !model.isLarge && (isQuiet || ScreenSpace(model.size).isRoomy)
    let greetings = !hasRoom ? [] : held.isEmpty ? locales.languages.map { locales.words($0)("kiosk.welcome") } : held
    let later = hasRoom ? [] : held.map { Item.text($0, .strong) }
    // What is asked comes before what is told: on a small screen a notice may run on to the next page, a choice never.
    return ScreenContent(
      title: words(model)(settings.officeName),
      items: greetings.map { .text($0) } + choices.map { .choice($0) } + later + notices)
  }

  private func menu(_ model: KioskModel, _ words: Words) -> ScreenContent {
    // In large print, fewer words: what a screen asks first stands on one page.
    let isLarge = model.isLarge
    var choices: [ScreenChoice] = []
    func offer(_ label: MessageKey, large: MessageKey, _ action: ScreenChoice.Action) {
      choices.append(ScreenChoice(words(isLarge ? large : label), action))
    }
    if model.offer.hasQueue {
      // In large print there is no room for the mark, and the line above says it.
      let label =
        isLarge ? words("kiosk.menu.large.number") : numberLabel(words("kiosk.menu.number"), model, words)
      choices.append(ScreenChoice(label, .begin(.takeNumber)))
    }
    if model.offer.hasTracking { offer("kiosk.menu.status", large: "kiosk.menu.large.status", .begin(.lookUp)) }
    if model.offer.hasAppointments {
      offer("appointment.kiosk.menu", large: "kiosk.menu.large.appointment", .begin(.checkIn))
    }
    if helpSource(model) == .officer {
      offer("kiosk.menu.help", large: "kiosk.menu.large.help", .help)
    } else {
      offer("kiosk.menu.where", large: "kiosk.menu.large.where", .help)
    }
    let question = isLarge ? [] : [Item.text(words("kiosk.menu.question"), .strong)]
    let notice = hallNotice(model, words)
    return ScreenContent(
      title: words("kiosk.menu.title"), items: notice.before + question + choices.map { .choice($0) } + notice.after)
  }

  private func help(_ help: KioskModel.Help, _ model: KioskModel, _ words: Words) -> ScreenContent {
    let items: [Item] =
      switch help {
      case .calling: [.text(words("kiosk.help.calling"), .strong)]
      case .coming: [.text(words("kiosk.help.coming"), .strong)]
      case .desk: otherHelp(model, words)
      case .nobody: [.text(words("kiosk.help.nobody"), .warning)] + otherHelp(model, words)
      }
    return ScreenContent(
      title: words("kiosk.help.title"), items: items,
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  private func problem(_ problem: Problem, _ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.problem.title"),
      items: [
        .text(problem.title(words), .warning), .text(problem.mend(words, of: "kiosk.mend")),
      ] + (model.isLarge ? [] : [Item.text(helpHint(model, words))]),
      actions: [KeyHint("Enter", words("kiosk.key.again"))])
  }
}
