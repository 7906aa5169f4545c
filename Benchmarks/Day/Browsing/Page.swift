internal import Client
internal import Foundation

/// A page as a person reads it.
public struct Page: Sendable {
  let status: Int
  /// Where it was found, after redirects.
  let path: String
  let markup: Markup

  init(_ answer: Answer, path: String) {
    status = answer.status
    self.path = path
    markup = Markup(answer.body)
  }

  var heading: String { markup.firstText("h1") ?? "" }

  /// All that stands on it.
  var text: String { markup.text }

  /// The form that leads to `action`.
  ///
  /// - Throws: `Trouble` when there is none.
  func form(to action: String) throws -> Form {
    guard let form = Form.forms(in: markup).first(where: { $0.action == action }) else {
      throw Trouble("the page \(shape) has no form to \(action)")
    }
    return form
  }

  /// The action of a form, of those that `matches`.
  func forms(where matches: (String) -> Bool) -> [Form] { Form.forms(in: markup).filter { matches($0.action) } }

  /// The first link that begins with `prefix`.
  ///
  /// - Throws: `Trouble` when there is none.
  func link(_ prefix: String) throws -> String {
    guard let link = markup.links.first(where: { $0.hasPrefix(prefix) }) else {
      throw Trouble("the page \(shape) has no link to \(prefix)…")
    }
    return link
  }

  /// The number that the page tells its reader to keep, without the gaps between its groups.
  var codeToKeep: String? {
    guard let start = markup.tags.firstIndex(where: { $0.name == "p" && $0.has("keep-code") }) else { return nil }
    return markup.inside(start).first { $0.name == "code" }?.text.filter { !$0.isWhitespace }
  }

  /// The number on a ticket.
  var ticketNumber: String? {
    guard let start = markup.tags.firstIndex(where: { $0.name == "p" && $0.has("ticket-number") }) else { return nil }
    return markup.inside(start).first { $0.name == "strong" }?.text
  }

  /// Where it was found, with percent-encoding undone.
  var decodedPath: String { path.removingPercentEncoding ?? path }

  /// What the notices say first.
  var noticeTitles: [String] { markup.texts { $0.name == "p" && $0.has("notice-title") } }

  /// What is said beside fields.
  var fieldErrors: [String] { markup.texts { $0.name == "p" && $0.has("field-error") } }

  /// The code of the problem that the page tells of.
  var problem: String? {
    markup.tags.first { $0.has("problem") && $0.attributes["data-code"] != nil }?.attributes["data-code"]
  }

  /// Its status and path, for reports: a path names no person.
  var shape: String { "\(status) \(path)" }
}
