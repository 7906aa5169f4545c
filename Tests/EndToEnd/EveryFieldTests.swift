import Client
import Foundation
import XCTest

/// Walks the site as the public and as a supervisor, and sends into every field of every form that is found what people
/// paste, scan and type without seeing it.
final class EveryFieldTests: XCTestCase {
  /// A form and the page that shows it.
  private struct Found {
    let page: String
    let form: PageForm
    /// The names of its fields that take text.
    let texts: [String]
  }

  /// What nobody sees; none of it may come back from the server, on this page or any other.
  private static let hidden: [Unicode.Scalar] = [
    "\u{0}", "\u{1B}", "\u{AD}", "\u{200B}", "\u{200E}", "\u{202A}", "\u{202C}", "\u{202E}", "\u{2066}", "\u{FEFF}",
    "\u{E0041}",
  ]

  private static let samples = [
    "\u{202A}+62 812-3456-7890\u{202C}", "\u{FEFF}1808\u{200B}9917\u{A0}0890\u{2013}0001",
    "Contoh\u{200D} Uji\u{E0041}", "Rp950.000 \u{202E}000.059pR", "Con\u{AD}toh", "Contoh\u{0}", "\u{1B}[31mContoh",
    "a" + String(repeating: "\u{301}", count: 300), "\u{2066}contoh\u{2069}",
  ]

  /// Those that are to be refused, whatever the field asks.
  private static let refused = ["Contoh\u{0}", "\u{1B}[31mContoh", "a" + String(repeating: "\u{301}", count: 300)]

  /// The walk never goes there: it would end the walk itself.
  private static let skipped = ["/petugas/keluar", "/tampilan", "/aset/"]

  func testNothingHiddenPassesAnyFieldOfAnyForm() throws {
    let office = try closedOffice()
    try office.liftRates()
    let password = try office.addOfficer("budi", role: "supervisor")
    try office.start()
    let visitor = HallVisitor(port: office.port)
    let ticket = try visitor.applyAndTakeNumber(person: 1)
    let person = Browser(port: office.port)
    let officer = Browser(port: office.port)
    let signIn = try XCTUnwrap(try officer.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    XCTAssertEqual(try officer.submit(signIn.filled(["nama": "\u{FEFF}Budi", "sandi": password])).status, 303)
    var (formCount, fieldCount) = (0, 0)
    for (browser, starts) in [(person, ["/", "/tiket/\(ticket.code)", "/display"]), (officer, ["/petugas"])] {
      for found in try forms(from: starts, with: browser) {
        formCount += 1
        fieldCount += found.texts.count
        for sample in Self.samples { try send(sample, to: found, with: browser) }
      }
    }
    print("\(fieldCount) fields of \(formCount) forms")
    XCTAssertGreaterThan(formCount, 20)
    XCTAssertGreaterThan(fieldCount, 40)
    for page in ["/petugas/pengaduan", "/petugas/pengaduan/1", "/petugas/survei", "/petugas/akun", "/petugas/loket/1"] {
      assertClean(try officer.get(page), page)
    }
  }

  private func send(_ sample: String, to found: Found, with browser: Browser) throws {
    var form = found.form
    for name in found.texts { form = form.filled([name: sample]) }
    let answer = try browser.submit(form)
    let place = "\(found.page) → \(form.action) with \(sample.prefix(24).debugDescription)"
    XCTAssertLessThan(answer.status, 500, place)
    assertClean(answer, place)
    if Self.refused.contains(sample) { XCTAssertNotEqual(answer.status, 303, "\(place) was taken") }
  }

  private func assertClean(_ answer: Answer, _ place: String) {
    // Direction is isolated by elements, never by what a person sent.
    let found = answer.text.unicodeScalars.first { Self.hidden.contains($0) }
    XCTAssertNil(found, "\(place) shows U+\(String(found?.value ?? 0, radix: 16))")
  }

  /// Every form with a text field on the pages that links lead to.
  private func forms(from starts: [String], with browser: Browser) throws -> [Found] {
    var (waiting, seen, actions) = (starts, Set(starts), Set<String>())
    var found: [Found] = []
    while let path = waiting.popLast() {
      let answer = try browser.visit(path)
      guard answer.header("content-type")?.hasPrefix("text/html") == true else { continue }
      let markup = Markup(answer.body)
      for form in answer.forms where form.isPost {
        let texts = textFields(of: form, in: markup)
        guard !texts.isEmpty, !Self.skipped.contains(where: form.action.hasPrefix) else { continue }
        if actions.insert("\(form.action) \(texts)").inserted {
          found.append(Found(page: path, form: form, texts: texts))
        }
      }
      for link in markup.links where link.hasPrefix("/") {
        let next = link.replacing("&amp;", with: "&")
        // One page of each kind: numbers at the end are people and days.
        let kind = next.replacing(/\d+/, with: "0")
        guard !next.contains("bahasa="), !Self.skipped.contains(where: next.hasPrefix), seen.count < 250,
          seen.insert(kind).inserted
        else { continue }
        waiting.append(next)
      }
    }
    return found
  }

  private func textFields(of form: PageForm, in markup: Markup) -> [String] {
    var names: [String] = []
    for start in markup.tags.indices where markup.tags[start].name == "form" && !markup.tags[start].isEnd {
      guard markup.tags[start].attributes["action"] == form.action else { continue }
      for tag in markup.inside(start) where !tag.isEnd {
        let attributes = tag.attributes
        let isText =
          tag.name == "textarea"
          || tag.name == "input"
            && ["text", "tel", "email", "search", "password"].contains(attributes["type"] ?? "text")
        if isText, let name = attributes["name"], !names.contains(name) { names.append(name) }
      }
    }
    return names
  }
}
