internal import HTML
internal import Synchronization

/// What stood in a form when its reader changed how the page looks: it comes back on the page that is made anew, so
/// that nothing that was typed is lost. It lives as long as one request; only the browser holds it in between.
final class KeptForm: Sendable {
  /// What became of it.
  enum Outcome: Sendable {
    /// The page has no such form (any more).
    case unplaced
    /// The form stands there as it would without it: nothing had been written.
    case unchanged
    case restored
  }

  private let key: String
  private let entries: [FormInput.Entry]
  private let state = Mutex(Outcome.unplaced)

  init(key: String, entries: [FormInput.Entry]) {
    self.key = key
    self.entries = entries
  }

  var outcome: Outcome { state.withLock { $0 } }

  /// The page's content with the answers in the form to which they belong; what is folded away around it is unfolded.
  func restored(in content: Node) -> Node {
    var seen: [String: Int] = [:]
    return content.mapped { element in
      if element.name == "details", Node.element(element).contains(where: { $0[attribute: "data-kept"] != nil }) {
        return element.with(.open())
      }
      guard element.name == "form", let action = element[attribute: "action"] else { return element }
      seen[action, default: 0] += 1
      guard PageForms.key(action, seen[action] ?? 1) == key else { return element }
      let filled = filled(element)
      let isChanged = filled != element
      state.withLock { $0 = isChanged ? .restored : .unchanged }
      return isChanged ? withSubmission(filled).with(.data("kept", "")) : element
    }
  }

  private func filled(_ form: Element) -> Element {
    var values: [String: ArraySlice<String>] = [:]
    for entry in entries { values[entry.name, default: []].append(entry.value) }
    let filled = Node.element(form).mapped { element in
      guard let name = element[attribute: "name"], name != FormInput.csrfField, name != FormInput.submissionField else {
        return element
      }
      switch (element.name, element[attribute: "type"] ?? "text") {
      case ("input", "file"), ("input", "password"), ("input", "submit"), ("button", _): return element
      case ("input", "radio"), ("input", "checkbox"):
        let isChosen = entries.contains(FormInput.Entry(name, element[attribute: "value"] ?? "ya"))
        return isChosen == (element[attribute: "checked"] != nil) ? element : element.with(.checked(isChosen))
      case ("input", _):
        guard let value = values[name]?.popFirst(), value != element[attribute: "value"] ?? "" else { return element }
        return element.with(.value(value))
      case ("textarea", _):
        guard let value = values[name]?.popFirst(), value != Node.element(element).plainText else { return element }
        return element.holding(.text(value))
      case ("select", _):
        guard let value = values[name]?.popFirst() else { return element }
        return element.choosing(value)
      default: return element
      }
    }
    if case .element(let element) = filled { return element }
    return form
  }

  /// The form keeps its idempotency key: sent twice, it is the same form.
  private func withSubmission(_ form: Element) -> Element {
    guard let key = entries.first(where: { $0.name == FormInput.submissionField })?.value else { return form }
    let kept = Node.element(form).mapped { element in
      element[attribute: "name"] == FormInput.submissionField ? element.with(.value(key)) : element
    }
    if case .element(let element) = kept { return element }
    return form
  }
}

extension Element {
  fileprivate func holding(_ content: Node) -> Element {
    var element = self
    element.children = [content]
    return element
  }

  /// A list with that option chosen and no other.
  fileprivate func choosing(_ value: String) -> Element {
    var element = self
    element.children = children.map { child in
      child.mapped { option in
        guard option.name == "option" else { return option }
        let isChosen = (option[attribute: "value"] ?? Node.element(option).plainText) == value
        return isChosen == (option[attribute: "selected"] != nil) ? option : option.with(.selected(isChosen))
      }
    }
    return element
  }
}
