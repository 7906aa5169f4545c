internal import Client

/// A form on a page: its questions with what may be answered, as a person sees them.
public struct Form: Sendable {
  /// One question.
  struct Question: Sendable {
    enum Kind: Sendable, Equatable {
      case hidden
      case text
      /// Radio buttons or a select list; one answer.
      case choice
      /// Any number of answers.
      case boxes
    }

    let name: String
    let kind: Kind
    var isRequired: Bool
    /// The values that may be chosen.
    var options: [String]
    /// What would be sent now.
    var answers: [String]
  }

  /// Where it is sent to.
  let action: String
  /// What stands on its button.
  private(set) var label = ""
  private(set) var questions: [Question] = []

  /// What the button sends.
  var fields: [(name: String, value: String)] {
    questions.flatMap { question in question.answers.map { (question.name, $0) } }
  }

  func question(_ name: String) -> Question? { questions.first { $0.name == name } }

  /// Types or chooses an answer.
  ///
  /// - Throws: `Trouble` when there is no such question, or no such answer to it.
  mutating func answer(_ name: String, _ value: String) throws {
    guard let place = questions.firstIndex(where: { $0.name == name }) else {
      throw Trouble("the form to \(action) has no question \"\(name)\"")
    }
    let question = questions[place]
    if question.kind == .choice || question.kind == .boxes {
      guard question.options.contains(value) else {
        throw Trouble("the question \"\(name)\" of the form to \(action) has no such answer")
      }
    }
    questions[place].answers = question.kind == .boxes ? question.answers + [value] : [value]
  }

  /// The three questions of a date, by their names.
  mutating func answer(_ name: String, year: Int, month: Int, day: Int) throws {
    try answer("\(name)--hari", String(day))
    try answer("\(name)--bulan", String(month))
    try answer("\(name)--tahun", String(year))
  }
}

extension Form {
  /// The forms among the tags of a page, in order.
  static func forms(in markup: Markup) -> [Form] {
    markup.tags.indices.filter { markup.tags[$0].name == "form" && !markup.tags[$0].isEnd }.map { start in
      var form = Form(action: markup.tags[start].attributes["action"] ?? "")
      form.read(markup.inside(start))
      return form
    }
  }

  private mutating func read(_ tags: ArraySlice<Markup.Tag>) {
    var list: String?
    if let button = tags.firstIndex(where: { $0.name == "button" && !$0.isEnd }) {
      label = tags[button...].prefix { !($0.name == "button" && $0.isEnd) }.map(\.text).joined()
    }
    for tag in tags where !tag.isEnd {
      let name = tag.attributes["name"] ?? ""
      switch tag.name {
      case "input" where !name.isEmpty: readInput(tag, name)
      case "textarea":
        // The parser of HTML drops the line feed that the renderer puts first.
        add(
          Question(
            name: name, kind: .text, isRequired: tag.attributes["required"] != nil, options: [],
            answers: [String(tag.text.drop { $0 == "\n" })]))
      case "select":
        list = name
        add(
          Question(
            name: name, kind: .choice, isRequired: tag.attributes["required"] != nil, options: [], answers: [""]))
      case "option":
        if let list { addOption(tag.attributes["value"] ?? "", to: list, isChosen: tag.attributes["selected"] != nil) }
      default: break
      }
    }
  }

  private mutating func readInput(_ tag: Markup.Tag, _ name: String) {
    let value = tag.attributes["value"] ?? ""
    let isRequired = tag.attributes["required"] != nil
    switch tag.attributes["type"] ?? "text" {
    case "hidden": add(Question(name: name, kind: .hidden, isRequired: false, options: [], answers: [value]))
    case "radio", "checkbox":
      let isRadio = tag.attributes["type"] == "radio"
      if question(name) == nil {
        add(Question(name: name, kind: isRadio ? .choice : .boxes, isRequired: isRequired, options: [], answers: []))
      }
      addOption(value, to: name, isChosen: tag.attributes["checked"] != nil)
    case "submit", "button", "image", "file": break
    default: add(Question(name: name, kind: .text, isRequired: isRequired, options: [], answers: [value]))
    }
  }

  private mutating func add(_ question: Question) { questions.append(question) }

  private mutating func addOption(_ value: String, to name: String, isChosen: Bool) {
    guard let place = questions.firstIndex(where: { $0.name == name }) else { return }
    questions[place].options.append(value)
    guard isChosen else { return }
    questions[place].answers = questions[place].kind == .boxes ? questions[place].answers + [value] : [value]
  }
}
