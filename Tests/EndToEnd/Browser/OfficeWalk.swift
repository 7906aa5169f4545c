import Client
import Core
import Foundation
import WebDriver
import XCTest

/// One walk through the office: a person applies, takes a number, is called and served, follows the
/// application and says how it went; an officer and a supervisor do their part.
struct OfficeWalk {
  /// Synthetic: the region code is real, the person is not.
  enum Person {
    static let name = "Contoh Uji"
    static let nik = "1808991708900001"
    static let birth = (day: "17", month: "8", year: "1990")
    static let telephone = "0812 0000 0001"
    static let address = "Jalan Contoh Nomor 7, Kota Contoh"
  }

  static let serviceCode = "paspor-elektronik-10"

  let office: OfficeProcess
  let person: BrowserSession
  let officer: BrowserSession
  let words: Words
  let service: ServiceFileWords

  var language: Language { words.language }
  var origin: String { "http://127.0.0.1:\(office.port)" }
  var runsScripts: Bool { person.options.runsScripts }
  var serviceName: String { service.name(language) }

  func look(_ session: BrowserSession, _ page: String, status: Int = 200, line: UInt = #line) throws {
    try PageInspector(session: session, origin: origin, language: language, line: line).check(page, status: status)
  }

  /// What stands beside a field and in the summary above: the same words, and the link leads to the field.
  func expectError(_ message: String, on field: String, leadingTo anchor: String, line: UInt = #line) throws {
    XCTAssertEqual(try person.text(".error-summary h2"), words("form.error.title"), line: line)
    let link = try person.element(".error-summary a[href=\"#\(anchor)\"]")
    XCTAssertEqual(try link.text, message, line: line)
    XCTAssertTrue(try person.text("#f-\(field)-error").contains(message), line: line)
    XCTAssertEqual(try person.element("#\(anchor)").attribute("aria-invalid"), "true", line: line)
  }

  // MARK: The applicant

  func findService() throws {
    try person.open(origin + "/")
    XCTAssertEqual(try person.heading, words("home.greeting"))
    try look(person, "home")
    try person.element("main a[href=\"/layanan\"]").click()
    try person.wait(forHeading: words("catalogue.title"))
    try look(person, "services")
    try person.element("main a[href=\"/layanan/\(Self.serviceCode)\"]").click()
    try person.wait(forHeading: serviceName)
    try look(person, "service")
    try person.control(words("catalogue.apply")).click()
    try person.wait(forHeading: words("registration.form.title", ["service": serviceName]))
    try look(person, "application form")
  }

  /// Sends a form with two mistakes, sees them beside the fields with everything kept, mends them and sends again.
  ///
  /// - Returns: the application's number.
  func apply() throws -> ApplicationNumber {
    try person.element("#f-nik").type("180899170890")
    try person.element("#f-tempat-lahir").type("Kota Contoh")
    try fillBirth("tanggal-lahir")
    try pick("jenis-kelamin", "L")
    try person.element("#f-telepon").type(Person.telephone)
    try person.element("#f-alamat").type(Person.address)
    try person.element("#f-tujuan").choose("umrah")
    try person.control(words("registration.form.send")).click()
    try person.wait(for: "the errors") { try person.has(".error-summary") }
    try expectError(
      words("form.error.missing", ["label": service.label("nama", language)]), on: "nama", leadingTo: "f-nama")
    try expectError(words("civil.refusal.nik-length", ["count": "12"]), on: "nik", leadingTo: "f-nik")
    try expectKept()
    try look(person, "application form with errors", status: 422)
    try person.element("#f-nama").type(Person.name)
    try person.element("#f-nik").fill(Person.nik)
    try person.control(words("registration.form.send")).click()
    try person.wait(forHeading: words("registration.receipt.title"))
    return try readReceipt()
  }

  /// Clicks the words beside a radio button or check box, as people do.
  private func pick(_ name: String, _ value: String) throws {
    let id = try person.element("main input[name=\"\(name)\"][value=\"\(value)\"]").attribute("id") ?? ""
    try person.element("label[for=\"\(id)\"]").click()
  }

  private func fillBirth(_ field: String, day: String = Person.birth.day) throws {
    try person.element("#f-\(field)--hari").fill(day)
    try person.element("#f-\(field)--bulan").fill(Person.birth.month)
    try person.element("#f-\(field)--tahun").fill(Person.birth.year)
  }

  private func expectKept() throws {
    XCTAssertEqual(try person.element("#f-nik").value, "180899170890")
    XCTAssertEqual(try person.element("#f-tempat-lahir").value, "Kota Contoh")
    XCTAssertEqual(try Int(person.element("#f-tanggal-lahir--bulan").value), 8)
    XCTAssertEqual(try person.element("#f-tanggal-lahir--tahun").value, Person.birth.year)
    XCTAssertTrue(try person.element("#f-jenis-kelamin-0").isSelected)
    XCTAssertEqual(try person.element("#f-telepon").value, Person.telephone)
    XCTAssertEqual(try person.element("#f-alamat").value, Person.address)
    XCTAssertEqual(try person.element("#f-tujuan").value, "umrah")
  }

  private func readReceipt() throws -> ApplicationNumber {
    let number = try XCTUnwrap(ApplicationNumber(person.text(".keep-code code")))
    XCTAssertTrue(try person.address.hasPrefix("\(origin)/permohonan/~"))
    XCTAssertFalse(try person.address.contains(number.description), "the number stands in the address")
    let qr = try person.element("svg.qr")
    XCTAssertTrue(try qr.isDisplayed)
    XCTAssertEqual(try qr.attribute("aria-label"), words("registration.receipt.qr"))
    XCTAssertTrue(try person.text("main").contains(service.stage(0, language)))
    XCTAssertFalse(try person.source.contains(Person.name), "the receipt names the person")
    try look(person, "receipt")
    return number
  }

  /// Takes a number, first with a slip of the finger.
  ///
  /// - Returns: the number for the hall.
  func takeNumber(_ number: ApplicationNumber) throws -> String {
    try person.control(words("registration.receipt.take-number")).click()
    try person.wait(forHeading: words("queue.take.title"))
    XCTAssertEqual(try person.element("#f-nomor").value, number.description, "nobody types a number twice")
    try look(person, "take a number")
    try person.element("#f-nomor").fill("1234 5678 9093")
    try pick("prioritas", "pregnant")
    try pick("bantuan", "wheelchair")
    try person.control(words("queue.take.submit")).click()
    try person.wait(for: "the error") { try person.has(".error-summary") }
    try expectError(
      words("form.number.mistyped", ["example": TypedNumber.example(.application)]), on: "nomor", leadingTo: "f-nomor")
    XCTAssertTrue(try person.element("input[name=prioritas][value=pregnant]").isSelected)
    XCTAssertTrue(try person.element("input[name=bantuan][value=wheelchair]").isSelected)
    try look(person, "take a number with an error", status: 422)
    try person.element("#f-nomor").fill(number.description)
    try person.control(words("queue.take.submit")).click()
    try person.wait(forHeading: words("queue.ticket.heading"))
    // Nobody has signed in yet, and the page says so instead of promising a turn.
    XCTAssertTrue(try person.text("main").contains(words("availability.unattended.title")))
    XCTAssertFalse(try person.text("main").contains(words("queue.ticket.next.title")))
    XCTAssertEqual(try person.element("svg.qr").attribute("aria-label"), words("queue.ticket.qr"))
    try look(person, "ticket")
    return try person.text(".ticket-number strong")
  }

  /// Sees a state on the ticket's page: by itself where scripts run, after loading again where not.
  func expectTicket(_ state: MessageKey) throws {
    if !runsScripts { try person.reload() }
    try person.wait(forText: words(state), in: "#tiket")
    try look(person, "ticket \(state)")
  }

  /// Follows the application, first with a wrong date of birth.
  func follow(_ number: ApplicationNumber) throws {
    try person.open("\(origin)/lacak?nomor=\(number)")
    try person.wait(forHeading: words("tracking.look-up.title"))
    try look(person, "follow")
    try fillBirth("lahir", day: "18")
    try person.control(words("tracking.look-up.send")).click()
    try person.wait(for: "the refusal") { try person.has("main .notice") }
    XCTAssertEqual(try person.element("#f-nomor").value, number.description)
    XCTAssertEqual(try person.element("#f-lahir--hari").value, "18")
    try look(person, "follow with a wrong date", status: 404)
    try fillBirth("lahir")
    try person.control(words("tracking.look-up.send")).click()
    try person.wait(forHeading: words("tracking.timeline.title", ["number": number.printed]))
    XCTAssertEqual(
      try person.text(".present-stage h2"), service.stage(1, language), "the visit has ended the first stage")
    XCTAssertTrue(try person.text(".timeline .done").contains(service.stage(0, language)))
    try look(person, "timeline")
  }

  func answerSurvey() throws {
    // The number's state is pushed; what its holder can do then is fetched after it.
    let survey = "main a[href^=\"/survei?tiket=\"]"
    try person.wait(for: "the way to the survey") { try person.has(survey) }
    try person.element(survey).click()
    try person.wait(forHeading: words("feedback.survey.title"))
    try look(person, "survey")
    let questions = Set(try person.elements("main input[type=radio]").compactMap { try $0.attribute("name") })
    XCTAssertEqual(questions.count, 9, "the nine elements of PermenPANRB 14/2017")
    for name in questions.sorted() { try pick(name, "4") }
    try person.control(words("feedback.survey.submit")).click()
    try person.wait(forHeading: words("feedback.thanks.title"))
    try look(person, "survey thanks")
  }

  // MARK: The officers

  func signIn(_ name: String, _ password: String) throws {
    try officer.open(origin + "/petugas")
    try officer.wait(forHeading: words("officers.sign-in.title"))
    try officer.element("#f-nama").fill(name)
    try officer.element("#f-sandi").type("bukan kata sandinya")
    try officer.control(words("officers.sign-in.submit")).click()
    try officer.wait(for: "the refusal") { try officer.has(".error-summary") }
    XCTAssertTrue(try officer.text(".error-summary").contains(words("officers.sign-in.refused")))
    XCTAssertEqual(try officer.element("#f-nama").value, name)
    XCTAssertEqual(try officer.element("#f-sandi").value, "", "a password never comes back")
    try look(officer, "sign-in with an error", status: 422)
    try officer.element("#f-sandi").type(password)
    try officer.control(words("officers.sign-in.submit")).click()
    try officer.wait(forHeading: words("officers.home.greeting", ["name": name]))
    try look(officer, "console home")
  }

  func signOut() throws {
    try officer.element("form[action=\"/petugas/keluar\"] button").click()
    try officer.wait(forText: words("officers.sign-in.signed-out"))
    try look(officer, "signed out")
  }

  func chooseCounter(_ counter: Int) throws {
    try officer.element("main a[href=\"/petugas/loket\"]").click()
    try officer.wait(forHeading: words("queue.console.counters"))
    try look(officer, "counters")
    try officer.element("main a[href=\"/petugas/loket/\(counter)\"]").click()
    try officer.wait(forHeading: words("queue.counter", ["counter": String(counter)]))
    try look(officer, "unopened counter")
    try act(key: "b", button: "queue.post.open-action")
    try officer.wait(forText: words("queue.console.free"))
    try look(officer, "free counter")
  }

  /// Does an action at the counter: with its key where scripts run, with its button where not.
  func act(key: Key, button label: MessageKey) throws {
    if runsScripts {
      try officer.press(key)
    } else {
      let text = words(label)
      let button = try officer.wait(for: "the button “\(text)”") {
        try officer.elements("main button").first { try $0.text.hasPrefix(text) }
      }
      try button.click()
    }
  }

  func expectInHand(_ number: String, _ state: MessageKey) throws {
    try officer.wait(for: "\(number) in hand") { try officer.text("main .ticket-number strong") == number }
    try officer.wait(forText: words(state), in: "main .ticket-number")
  }
}
