internal import Contracts
internal import Core

extension KioskFlow {
  func enterBirthDate(_ model: KioskModel, _ words: Words) -> ScreenContent {
    ScreenContent(
      title: words("kiosk.birth.title"),
      items: [
        .text(words("kiosk.birth.enter"), .strong),
        .entry(BirthDateEntry.shown(model.entry.exposed)),
        .text(words("kiosk.birth.why")),
      ],
      actions: [KeyHint("Enter", words("kiosk.key.continue"))])
  }

  func progress(_ progress: Progress, _ model: KioskModel, _ words: Words) -> ScreenContent {
    var items: [Item] = [.text(words(progress.serviceName))]
    if let current = progress.current {
      items.append(.text(words("kiosk.status.now", ["stage": words(current.name)]), .strong))
      items.append(.text(words(current.explanation)))
    }
    if let day = progress.promisedFor {
      let key: MessageKey = progress.isOverdue ? "tracking.timeline.promise-broken" : "kiosk.status.promised"
      items.append(.text(words(key, ["date": words.longDate(day)])))
    }
    items += progress.steps.map { .text(line($0, words), $0.isCurrent ? .strong : .normal) }
    return ScreenContent(
      title: words("kiosk.status.title"), items: items, actions: finishing(model, words))
  }

  /// A stage with its mark and its day; the mark is said in words too.
  private func line(_ step: Progress.Step, _ words: Words) -> String {
    let name = words(step.stage.name)
    if step.isCurrent { return "> " + words("kiosk.status.step-now", ["stage": name]) }
    guard let day = step.enteredOn else { return "- " + words("kiosk.status.step-later", ["stage": name]) }
    return "x " + words("kiosk.status.step-done", ["stage": name, "date": words.date(day)])
  }
}
