import Client

/// A step of the console's own test as a form that is sent.
struct ConsoleStep {
  private let step: ConsoleHand.Step

  init(_ step: ConsoleHand.Step) { self.step = step }

  /// `/petugas/loket/*/mulai` of `post /petugas/loket/*/mulai [m]`.
  static func pattern(of control: String) -> String {
    control.split(separator: " ").dropFirst().first.map(String.init) ?? ""
  }

  /// Whether a route's pattern and a step's mean the same.
  static func matches(_ pattern: String, _ route: String) -> Bool {
    let (stars, names) = (pattern.split(separator: "/"), route.split(separator: "/"))
    guard stars.count == names.count else { return false }
    return zip(stars, names).allSatisfy { $0 == $1 || $1.hasPrefix(":") && ($0 == "*" || $1 == ":tindakan") }
  }

  /// The form of that page, filled in.
  func form(on page: Answer) throws -> PageForm {
    let pattern = Self.pattern(of: step.control)
    func fits(_ action: String) -> Bool {
      let path = action.split(separator: "?").first.map(String.init) ?? action
      let (stars, parts) = (pattern.split(separator: "/"), path.split(separator: "/"))
      return stars.count == parts.count && zip(stars, parts).allSatisfy { $0 == "*" || $0 == $1 }
    }
    let forms = page.forms.filter { $0.isPost && fits($0.action) }
    let question = forms.first { $0["_yakin"] != nil }
    guard var form = question ?? (step.fill.isEmpty ? forms.first : forms.last) else {
      throw OfficeProcess.Failure(
        description: "no form to \(pattern): \(page.status) \(page.heading ?? "") \(page.forms.map(\.action))")
    }
    for (name, value) in step.fill.sorted(by: { $0.key < $1.key }) {
      form = form.without(name).adding(name, value == "*" ? Self.choice(name, on: page) : value)
    }
    let words = step.control.split(separator: " ").dropFirst(2).map(String.init)
    if let button = words.first, !button.hasPrefix("[") { form = form.adding(button, Self.choice(button, on: page)) }
    return form
  }

  /// The first value that a field of that name offers.
  static func choice(_ name: String, on page: Answer) -> String {
    var isInside = false
    for tag in Markup(page.body).tags where !tag.isEnd {
      let (own, value) = (tag.attributes["name"], tag.attributes["value"] ?? "")
      if own == name, !value.isEmpty { return value }
      if tag.name == "select" { isInside = own == name }
      if tag.name == "option", isInside, !value.isEmpty { return value }
    }
    return ""
  }
}
