import Client
import Core
import Foundation
import XCTest

/// Each act of the officers' pages on a disk of which one call fails (see `EveryWriteTests`), as the console's own test lists
/// them.
final class ConsoleWriteTests: XCTestCase {
  func testEveryActOfTheConsole() throws {
    let office = try closedOffice()
    try office.liftRates()
    let tour = try Tour(office)
    for person in 40..<48 { _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: person) }
    let third = Browser(port: office.port)
    _ = try third.submit(
      XCTUnwrap(third.visit("/pengaduan").form(to: "/pengaduan"))
        .filled(["jenis": "complaint", "tentang": "facilities", "isi": "Kursi tunggu di depan loket 3 patah."]))
    let documents = try ConsoleDocuments.send(office)
    let port = office.port
    XCTAssertEqual(office.stop(), 0)
    let disk = try OfficeDisk(of: office)
    try office.start(port: port, environment: disk.environment(office.clock))
    let walk = WriteWalk(office, disk)
    let officer = Browser(port: office.port)
    _ = try officer.visit("/petugas/masuk")
    _ = try officer.post("/petugas/masuk", ["nama": "budi", "sandi": tour.password])
    let values = [
      "name": "budi", "counter": "1", "other": "2", "application": tour.application, "documents": documents,
      "password": tour.password, "case": try office.query("SELECT code FROM privacy_request LIMIT 1"),
      "appointment": try office.query("SELECT number FROM queue_appointment LIMIT 1"),
      "soon": office.clock.today.adding(days: 27).description, "later": office.clock.today.adding(days: 29).description,
      "tomorrow": office.clock.today.adding(days: 1).description,
    ]
    let steps = try ConsoleHand.steps { text in
      values.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
    }.filter { $0.role == nil || $0.role == "supervisor" }
    for (index, step) in steps.enumerated() {
      guard let trace = step.changes, step.control.hasPrefix("post ") else { continue }
      // What was looked at on the way, and changed nothing.
      let start = steps[...index].lastIndex { !$0.stays } ?? index
      let way = steps[start..<index].filter { $0.control.hasPrefix("post ") && $0.changes == nil }
      let pattern = ConsoleStep.pattern(of: step.control)
      // The officer's own session ends, which no trace outlives; it is tried with the public's acts.
      guard !["/petugas/keluar", "/petugas/masuk"].contains(pattern), !pattern.hasSuffix("/dokumen") else { continue }
      try walk.take(pattern, trace) {
        var page = try officer.visit(steps[start].page)
        for other in way { page = try officer.submit(ConsoleStep(other).form(on: page)) }
        let form = try ConsoleStep(step).form(on: page)
        return { try officer.submit(form) }
      }
    }
    let glass = "/petugas/hak-data/darurat"
    try walk.take(glass, EveryWriteTests.ledger) {
      let page = try officer.visit(glass)
      let form = try XCTUnwrap(page.form(to: glass)).filled([
        "nomor": documents, "isian": ConsoleStep.choice("isian", on: page),
        "alasan": "Permintaan tertulis pengadilan, untuk sidang hari ini.",
      ])
      return { try officer.submit(form) }
    }
    XCTAssertGreaterThan(walk.tried.count, 35)
    XCTAssertGreaterThan(walk.refusalCount, 60, "hardly anything has failed")
    try walk.restart()
  }
}

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
