import Client
import Core
import Foundation

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
    let page = try proven(browser.visit(path))
    if page.status == 303 { return try sound(browser.visit(path)) }
    guard let form = page.forms.first(where: { $0.action.hasPrefix("/petugas/masuk") }) else { return try sound(page) }
    let entered = try browser.submit(form.filled(["nama": officer.name, "sandi": officer.password]))
    guard entered.status == 303 else { throw Surprise("an officer could not sign in", entered.status, entered.heading) }
    return try sound(browser.visit(path))
  }

  /// Presses a button and goes where it leads.
  func press(_ form: PageForm) throws -> Answer { try sound(browser.follow(browser.submit(form))) }

  /// Gives the password where an act, or a console that was left alone, asks for it again.
  func proven(_ page: Answer) throws -> Answer {
    guard let form = page.forms.first(where: { $0["_bukti-sandi"] != nil }) else { return page }
    return try browser.submit(form.filled(["_bukti-sandi": officer.password]))
  }

  private func sound(_ page: Answer) throws -> Answer {
    if page.status >= 500 { keeper.find(Finding(.unsound, "\(page.status) on the console: \(page.heading ?? "")")) }
    return page
  }
}

extension OfficerHand {
  /// Acts until the server's life is over.
  func work(_ life: Life, as client: String, _ act: () throws -> Void) {
    while !life.isOver {
      do { try act() } catch { life.surprise(error, to: client) }
    }
    browser.close()
  }

  /// Moves some application to its next stage.
  func decide(_ day: CivilDate, _ random: some RandomSource) throws {
    let forms = try open("/petugas/berkas").forms.filter { $0.action.hasPrefix("/petugas/berkas/") }
    guard !forms.isEmpty else { return }
    let form = forms[random.below(forms.count)]
    guard let number = form.action.split(separator: "/").last?.description.removingPercentEncoding else { return }
    let application = Thing(.application, number)
    let answer = try browser.submit(form)
    // A colleague, or a visit, was faster.
    if answer.status == 409 { return }
    guard answer.status == 303 else { throw Surprise("a decision", answer.status, answer.heading) }
    keeper.tell(.decision) { books in
      let known = books.things[application]?.told.last.flatMap { Int($0) } ?? 1
      books.tell(application, isNow: String(known + 1), on: day)
      return nil
    }
  }
}
