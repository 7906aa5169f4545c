import Client
import Core

/// An officer's account.
struct OfficerName: Sendable {
  let name: String
  let password: String
}

/// An officer at a browser, who signs in whenever the office asks for it.
struct OfficerHand {
  let officer: OfficerName
  let browser: Browser
  let keeper: BookKeeper

  init(_ officer: OfficerName, at town: Town) {
    self.officer = officer
    keeper = town.keeper
    browser = Browser(port: town.port, timeout: .seconds(30))
  }

  /// Opens a page of the console.
  func open(_ path: String) throws -> Answer {
    let page = try browser.visit(path)
    guard let form = page.forms.first(where: { $0.action.hasPrefix("/petugas/masuk") }) else { return try sound(page) }
    let entered = try browser.submit(form.filled(["nama": officer.name, "sandi": officer.password]))
    guard entered.status == 303 else { throw Surprise("an officer could not sign in", entered.status, entered.heading) }
    return try sound(browser.visit(path))
  }

  /// Presses a button and goes where it leads.
  func press(_ form: PageForm) throws -> Answer { try sound(browser.follow(browser.submit(form))) }

  private func sound(_ page: Answer) throws -> Answer {
    if page.status >= 500 { keeper.find(Finding(.unsound, "\(page.status) on the console: \(page.heading ?? "")")) }
    return page
  }
}
