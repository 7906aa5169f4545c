import Client
import Foundation
import WebDriver
import XCTest

/// A person on a tour of the pages, whatever they look with; fields are named as forms send them.
protocol PageVisitor {
  func open(_ address: String) throws
  /// Whether the page has such an element.
  func has(_ css: String) throws -> Bool
  func fill(_ field: String, with text: String) throws
  /// Takes the first of the choices that a field offers.
  func chooseFirst(of field: String) throws
  /// Puts a file into the first place for one.
  func attach(_ file: URL) throws
  /// Sends the page's form and waits for what the CSS selector names.
  func press(until expected: String) throws
  /// Sends the first form whose address ends so.
  func press(formTo suffix: String, until expected: String) throws
  /// Goes where the first link of the main part leads whose address begins so.
  func follow(linkTo prefix: String, until expected: String) throws
  /// Unfolds all that is folded on the page.
  func unfold() throws
  /// Unfolds the console's menu, which a narrow window hides.
  func openMenu() throws
  /// Sends the page's form as a person would whose session has ended.
  func pressWithoutToken(until expected: String) throws
}

extension BrowserSession: PageVisitor {
  func fill(_ field: String, with text: String) throws {
    try element("main [name=\"\(field)\"]:not([type=hidden])").type(text)
  }

  func chooseFirst(of field: String) throws {
    let id = try element("main [name=\"\(field)\"]").attribute("id") ?? ""
    try element("main label[for=\"\(id)\"]").click()
  }

  func attach(_ file: URL) throws { try element("main input[type=file]").type(file.path) }

  /// Waits for the page, and for all of it: on a busy machine its first part is there before its last form.
  private func arrive(at expected: String) throws {
    try wait(for: expected) { try has(expected) && run("return document.readyState === 'complete'").isTrue }
  }

  func press(until expected: String) throws {
    try element("main form.form button[type=submit]").click()
    try arrive(at: expected)
  }

  func press(formTo suffix: String, until expected: String) throws {
    try element("main form[action$=\"\(suffix)\"] button, header form[action$=\"\(suffix)\"] button").click()
    try arrive(at: expected)
  }

  func follow(linkTo prefix: String, until expected: String) throws {
    try element("main a[href^=\"\(prefix)\"]").click()
    try arrive(at: expected)
  }

  func unfold() throws {
    try run("document.querySelectorAll('main .folded').forEach(each => { each.open = true })")
  }

  func openMenu() throws {
    if try element(".menu-open").isDisplayed { try element(".menu-open").click() }
    try element(".menu-fold summary").click()
    try wait(for: "the entries") { try has(".menu-fold[open]") }
  }

  func pressWithoutToken(until expected: String) throws {
    try run("document.querySelectorAll('main [name=_csrf]').forEach(field => { field.value = 'x' })")
    try press(until: expected)
  }
}

/// A person whose browser has no screen and runs no scripts: they see every page as the server sent it.
final class PlainVisitor: PageVisitor {
  let browser: Browser
  private var page = Answer(status: 0)
  private var filled: [(field: String, text: String)] = []
  private var file: URL?

  init(port: UInt16) { browser = Browser(port: port) }

  func open(_ address: String) throws {
    let path = address.replacing(/^http:\/\/[^\/]*/, with: "")
    see(try browser.visit(path))
  }

  func has(_ css: String) -> Bool { page.has(css) }

  func fill(_ field: String, with text: String) { filled.append((field, text)) }

  func chooseFirst(of field: String) { filled.append((field, ConsoleStep.choice(field, on: page))) }

  func attach(_ file: URL) { self.file = file }

  func press(until expected: String) throws {
    try send(withToken: true)
    XCTAssertTrue(has(expected), "no \(expected) on the page “\(page.heading ?? "")”")
  }

  func press(formTo suffix: String, until expected: String) throws {
    let form = try XCTUnwrap(page.forms.first { $0.action.hasSuffix(suffix) }, suffix)
    see(try browser.follow(browser.submit(form)))
    XCTAssertTrue(has(expected), "no \(expected) on the page “\(page.heading ?? "")”")
  }

  func pressWithoutToken(until expected: String) throws {
    try send(withToken: false)
    XCTAssertTrue(has(expected), "no \(expected) on the page “\(page.heading ?? "")”")
  }

  func follow(linkTo prefix: String, until expected: String) throws {
    try open(XCTUnwrap(page.links.first { $0.hasPrefix(prefix) }, prefix))
    XCTAssertTrue(has(expected), "no \(expected) on the page “\(page.heading ?? "")”")
  }

  // What is folded stands in the page.
  func unfold() {}
  func openMenu() {}

  private func send(withToken hasToken: Bool) throws {
    var form = try XCTUnwrap(page.mainForm, "no form on the page “\(page.heading ?? "")”")
    for (field, text) in filled { form = form.without(field).adding(field, text) }
    if !hasToken { form = form.filled(["_csrf": "x"]) }
    see(try browser.follow(file.map { try send($0, in: form) } ?? browser.submit(form)))
  }

  private func send(_ file: URL, in form: PageForm) throws -> Answer {
    let content = [UInt8](try Data(contentsOf: file))
    let part = MultipartPart(
      page.fileField ?? "", fileName: file.lastPathComponent, mediaType: "application/pdf", content)
    return try browser.postMultipart(form.action, form.fields.map { MultipartPart($0.name, $0.value) } + [part])
  }

  private func see(_ answer: Answer) {
    page = answer
    filled = []
    file = nil
  }
}
