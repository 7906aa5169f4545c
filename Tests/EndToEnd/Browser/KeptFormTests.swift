import Client
import WebDriver
import XCTest

/// Nothing typed is lost: whatever stands in a form stands there still when its reader has changed the language, the
/// size of the letters or the contrast, without scripts, and comes into no address.
final class KeptFormTests: BrowserTestCase {
  func testEveryFormOfThePublicKeepsItsAnswersThroughEverySwitch() throws {
    let tour = try Tour(makeOffice())
    let person = try openBrowser(BrowserOptions(size: (390, 844), language: "id", runsScripts: false))
    let count = try tour.publicStops.reduce(0) { try $0 + keep(tour, $1, person) }
    XCTAssertGreaterThan(count, 20, "too few forms were found to tell anything")
  }

  func testEveryFormOfOfficersKeepsItsAnswersThroughEverySwitch() throws {
    let tour = try Tour(makeOffice())
    let officer = try openBrowser(BrowserOptions(size: (1280, 900), language: "id", runsScripts: false))
    try tour.signIn(officer)
    let count = try tour.officeStops.reduce(0) { try $0 + keep(tour, $1, officer) }
    XCTAssertGreaterThan(count, 20, "too few forms were found to tell anything")
  }

  func testEnterInAFieldSendsTheFormAndChangesNoSetting() throws {
    let office = try makeOffice()
    try office.start()
    for runsScripts in [true, false] {
      let session = try openBrowser(BrowserOptions(language: "id", runsScripts: runsScripts))
      try session.open("http://127.0.0.1:\(office.port)/antrean")
      try session.element("main [name=nomor]").type("x")
      try session.element("main [name=nomor]").type("\u{E007}")
      try session.wait(for: "what is to be mended") { try session.has(".error-summary") }
      XCTAssertEqual(try session.run("return document.documentElement.lang").string, "id")
    }
  }

  func testFormsWrittenInOneAfterAnotherKeepTheLastWithScripts() throws {
    let tour = try Tour(makeOffice())
    let officer = try openBrowser(BrowserOptions(size: (1280, 900), language: "id"))
    try tour.signIn(officer)
    try officer.open(tour.origin + "/petugas/janji")
    try officer.run("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    let ids = try officer.run(
      "return [...document.querySelectorAll('main form .form-switches')].map(each => each.closest('form').id)")
    let id = try XCTUnwrap(ids.strings.last)
    let field = try officer.element("#\(id) input:not([type=hidden], [type=radio], [type=checkbox])")
    try field.clear()
    try field.type("7")
    let name = try XCTUnwrap(field.attribute("name"))
    try officer.element("header .languages button[lang=en]").click()
    try officer.wait(for: "English") { try officer.run("return document.documentElement.lang").string == "en" }
    XCTAssertEqual(try officer.run("return document.querySelector('#\(id) [name=\"\(name)\"]').value").string, "7")
    XCTAssertEqual(try officer.address, tour.origin + "/petugas/janji")
  }

  // MARK: One page

  /// - Returns: how many forms it has in which one writes or chooses.
  private func keep(_ tour: Tour, _ stop: Tour.Stop, _ session: BrowserSession) throws -> Int {
    try tour.open(stop, in: session)
    let count = Int(try session.run(Self.countForms).double ?? 0)
    for place in 0..<count {
      if place > 0 { try tour.open(stop, in: session) }
      try session.run(Self.fill, .number(Double(place)))
      // A form that asks for a page is sent as it is: its page may write a date as the period's first day.
      if try session.run(Self.asksForPage, .number(Double(place))).isTrue { try press("besar", place, stop, session) }
      let typed = try session.run(Self.read, .number(Double(place)))
      XCTAssertFalse(typed.strings.isEmpty, "\(stop.name): nothing was typed in form \(place)")
      for setting in ["bahasa", "besar", "kontras", "bahasa", "besar", "kontras"] {
        try press(setting, place, stop, session)
        XCTAssertEqual(
          try session.run(Self.read, .number(Double(place))).strings, typed.strings,
          "\(stop.name), form \(place): \(setting)")
        if try session.run(Self.read, .number(Double(place))).strings != typed.strings { break }
        XCTAssertFalse(try session.address.contains("uji-coba"), "\(stop.name): an answer stands in the address")
      }
    }
    return count
  }

  private func press(_ setting: String, _ place: Int, _ stop: Tour.Stop, _ session: BrowserSession) throws {
    let isPressed = try session.run(Self.press, .number(Double(place)), .text(setting)).isTrue
    XCTAssertTrue(isPressed, "\(stop.name), form \(place): no switch of \(setting)")
    guard isPressed else { return }
    try session.wait(for: "\(stop.name) after \(setting)") {
      try session.run("return !document.documentElement.dataset.before && document.readyState === 'complete'").isTrue
    }
  }

  private static let forms = """
    const typed = form => [...form.elements].filter(each => form.contains(each) && each.matches(
      'input:not([type=hidden], [type=file], [type=submit], [type=password]), select, textarea'));
    const forms = [...document.querySelectorAll('main form')].filter(form => typed(form).length);
    """
  private static let countForms = forms + "return forms.length;"

  private static let asksForPage = forms + "return forms[arguments[0]].method === 'get';"

  private static let fill =
    forms + """
      typed(forms[arguments[0]]).forEach((each, index) => {
        if (each.matches('[type=radio]')) each.checked = true;
        else if (each.matches('[type=checkbox]')) each.checked = !each.checked;
        else if (each.matches('select')) each.selectedIndex = each.options.length - 1;
        else if (each.matches('[type=date], [type=time], [type=number]')) each.stepUp?.();
        else each.value = ('uji-coba "<' + index + '> é').slice(0, each.maxLength > 0 ? each.maxLength : 99);
      });
      """
  private static let read =
    forms + """
      return typed(forms[arguments[0]]).map(each =>
        each.name + '=' + (each.matches('[type=radio], [type=checkbox]') ? each.value + each.checked : each.value));
      """
  /// The switch in the page's head where it belongs to the form, else the one in the form.
  private static let press =
    forms + """
      const [place, setting] = arguments;
      const own = [...document.querySelectorAll('button')].filter(each => each.form === forms[place])
        .filter(each => each.name.endsWith(setting) && each.name.match(/^(_tampilan\\.)?(bahasa|besar|kontras)$/)
          && !each.hasAttribute('aria-current') && !(setting === 'bahasa' && each.lang === document.documentElement.lang));
      if (!own.length) return false;
      document.documentElement.dataset.before = 'yes';
      own[0].click();
      return true;
      """
}
