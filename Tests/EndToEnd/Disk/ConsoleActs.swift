import Client
import Core
import XCTest

/// What a supervisor does on the officers' pages, as the console's own test lists it.
struct ConsoleActs {
  /// A hall in which there is something to do.
  struct Hall {
    let tour: Tour
    /// An application with documents.
    let documents: String

    /// Starts the office and lets some people come.
    init(_ office: OfficeProcess) throws {
      tour = try Tour(office)
      for person in 40..<48 { _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: person) }
      let third = Browser(port: office.port)
      _ = try third.submit(
        XCTUnwrap(third.visit("/pengaduan").form(to: "/pengaduan"))
          .filled(["jenis": "complaint", "tentang": "facilities", "isi": "Kursi tunggu di depan loket 3 patah."]))
      documents = try ConsoleDocuments.send(office)
      try tour.openFurtherSessions()
    }
  }

  /// Acts that ask for a fresh proof.
  private static let fresh = ["/petugas/akun", "/petugas/hak-data/kasus/", "/petugas/sesi/pin"]
  private static let newPassword = "Kopi-Pagi-Enak-27"

  let walk: WriteWalk
  let hall: Hall

  private var office: OfficeProcess { walk.office }

  /// Does them all, one after another.
  func take() throws {
    let officer = Browser(port: office.port)
    _ = try officer.visit("/petugas/masuk")
    _ = try officer.post("/petugas/masuk", ["nama": "budi", "sandi": hall.tour.password])
    let steps = try supervisorSteps()
    for (index, step) in steps.enumerated() {
      guard let trace = step.changes, step.control.hasPrefix("post ") else { continue }
      // What was looked at on the way, and changed nothing.
      let start = steps[...index].lastIndex { !$0.stays } ?? index
      let way = steps[start..<index].filter { $0.control.hasPrefix("post ") && $0.changes == nil }
      let pattern = ConsoleStep.pattern(of: step.control)
      // The officer's own session ends, which no trace outlives; it is tried with the public's acts.
      guard !["/petugas/keluar", "/petugas/masuk"].contains(pattern), !pattern.hasSuffix("/dokumen") else { continue }
      try walk.take(pattern, trace) {
        if Self.fresh.contains(where: pattern.hasPrefix) { try officer.prove(hall.tour.password) }
        var page = try officer.visit(steps[start].page)
        for other in way { page = try officer.submit(ConsoleStep(other).form(on: page)) }
        let form = try ConsoleStep(step).form(on: page)
        return { try officer.submit(form) }
      }
    }
    let glass = "/petugas/hak-data/darurat"
    try walk.take(glass, EveryWriteTests.ledger) {
      try officer.prove(Self.newPassword)
      let page = try officer.visit(glass)
      let form = try XCTUnwrap(page.form(to: glass)).filled([
        "nomor": hall.documents, "isian": ConsoleStep.choice("isian", on: page),
        "alasan": "Permintaan tertulis pengadilan, untuk sidang hari ini.",
      ])
      return { try officer.submit(form) }
    }
  }

  /// The steps of the console's own test, with this hall's numbers.
  private func supervisorSteps() throws -> [ConsoleHand.Step] {
    let today = office.clock.today
    let values = [
      "name": "budi", "counter": "1", "other": "2", "application": hall.tour.application,
      "documents": hall.documents, "password": hall.tour.password,
      "case": try office.query("SELECT code FROM privacy_request ORDER BY received_at LIMIT 1"),
      "appointment": try office.query("SELECT number FROM appointments_appointment ORDER BY id LIMIT 1"),
      "soon": today.adding(days: 27).description, "later": today.adding(days: 29).description,
      "tomorrow": today.adding(days: 1).description,
    ]
    return try ConsoleHand.steps { text in
      values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }.filter { $0.role == nil || $0.role == "supervisor" }
  }
}
