import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import XCTest

@testable import Feedback

final class FeedbackPagesTests: XCTestCase {
  func testEveryPageIsSoundInBothLanguages() async throws {
    try await serving { office, served in
      for (place, language) in ["id", "en"].enumerated() {
        let visitor = served.visitor(language)
        let survey = "/survei?tiket=\(office.codes[place])"
        for path in [
          "/pengaduan", "/pengaduan/status", survey, "/survei/terima-kasih", "/survei/terima-kasih?komentar=tidak",
        ] {
          assertSound(try await visitor.visit(path), path)
        }
        assertSound(try await visitor.post("/survei", [("tiket", office.codes[place].description)]), "empty survey")
        assertSound(try await visitor.post("/pengaduan", [("jenis", "x")]), "empty complaint")
        assertSound(try await visitor.visit("/survei?tiket=zzz"), "not finished")
        assertSound(try await visitor.visit("/pengaduan/status?nomor=123"), "mistyped")

        let number = try await office.complaints.receive(office.report(submission: language))
        let id = try await self.id(office, number)
        let page = "/pengaduan/status?nomor=\(number)"
        let pin = office.complaints.pins.digits(of: number)
        let asked = try await visitor.visit(page)
        assertSound(asked, "asked for the PIN")
        XCTAssertNotNil(asked.form(to: "/pengaduan/status")?["pin"])
        assertSound(
          try await visitor.post("/pengaduan/status", [("nomor", number.description), ("pin", "")]), "no PIN")
        let entered = try await visitor.post("/pengaduan/status", [("nomor", number.printed), ("pin", pin)])
        XCTAssertEqual(entered.location, page)
        let new = try await visitor.visit("\(page)&baru=ya")
        assertSound(new, "received")
        XCTAssertTrue(new.text.contains(number.printed))
        XCTAssertTrue(new.text.contains(pin))
        let again = try await visitor.visit(page)
        XCTAssertFalse(again.text.contains(pin), "the PIN is shown once")
        let officer = await signedIn(served, language)
        for path in ["/petugas/survei?kunjungan=500", "/petugas/pengaduan", "/petugas/pengaduan/\(id)"] {
          assertSound(try await officer.visit(path), path)
        }
        assertSound(try await officer.post("/petugas/survei/komentar", []), "comments")
        assertSound(try await officer.post("/petugas/pengaduan/\(id)/verifikasi", []), "no class")
        assertSound(try await officer.post("/petugas/pengaduan/\(id)/tolak", []), "no reason")
        try await office.complaints.verify(id, as: .complaint, by: supervisor)
        assertSound(try await officer.post("/petugas/pengaduan/\(id)/jawab", []), "no answer")
        try await office.complaints.answer(id, reply: Personal("Terima kasih"), by: supervisor)
        assertSound(try await visitor.visit(page), "answered")
        assertSound(try await visitor.post("/pengaduan/buka-kembali", [("nomor", number.description)]), "no objection")
        assertSound(try await officer.visit("/petugas/pengaduan/\(id)"), "answered")
      }
    }
  }

  func testAComplaintOnFeesSaysEverywhereByWhenItIsAnsweredAndWhy() async throws {
    try await serving { office, served in
      for (language, form, receipt) in [
        (
          "id", ["paling lama 14 hari kerja", "biaya atau pungutan liar", "paling lama 60 hari kerja"],
          ["Dijawab paling lambat", "15 Februari 2027", "Mengapa batas waktunya begitu", "paling lama 60 hari kerja"]
        ),
        (
          "en", ["within 14 working days", "fees or illegal charges", "within 60 working days"],
          ["To be answered by", "15 February 2027", "Why this deadline", "within 60 working days"]
        ),
      ] {
        let visitor = served.visitor(language)
        let asked = try await visitor.visit("/pengaduan")
        for text in form { XCTAssertTrue(asked.text.contains(text), text) }
        let filled = try XCTUnwrap(asked.form(to: "/pengaduan")).filled([
          "jenis": "complaint", "tentang": "levy", "isi": "Diminta membayar lebih",
        ])
        let sent = try await visitor.submit(filled)
        let page = try await visitor.visit(try XCTUnwrap(sent.location))
        for text in receipt { XCTAssertTrue(page.text.contains(text), text) }
        let officer = await signedIn(served, language)
        let list = try await officer.visit("/petugas/pengaduan")
        let day = language == "id" ? "15 Februari 2027" : "15 February 2027"
        XCTAssertTrue(list.text.contains("\(receipt[0]): \(day)"))
      }
    }
  }

  func testSurveyIsFilledInOnceAndThenThanked() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let page = try await visitor.visit("/survei?tiket=\(office.codes[0])")
      var form = try XCTUnwrap(page.form(to: "/survei"))
      XCTAssertEqual(["L", "P", "X"].map { page.text.contains("<option value=\"\($0)\"") }, [true, true, false])
      for element in SurveyElement.allCases { form = form.filled([element.rawValue: "4"]) }
      let sent = try await visitor.submit(form.filled(["U4": "0", "umur": "21-30", "komentar": "Bagus"]))
      XCTAssertEqual(sent.location, "/survei/terima-kasih")
      let again = try await visitor.get("/survei?tiket=\(office.codes[0])")
      XCTAssertEqual(again.location, "/survei/terima-kasih")
      let repeated = try await visitor.submit(form)
      XCTAssertEqual(repeated.location, "/survei/terima-kasih")
      let count = try await office.count("SELECT COUNT(*) FROM feedback_answer")
      XCTAssertEqual(count, 8)
    }
  }

  func testResultsSayFromHowManyAnswersTheyAre() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let page = try await visitor.visit("/survei?tiket=\(office.codes[0])")
      var form = try XCTUnwrap(page.form(to: "/survei"))
      for element in SurveyElement.allCases { form = form.filled([element.rawValue: "4"]) }
      _ = try await visitor.submit(form.filled(["U4": "0"]))
      let results = try await signedIn(served).visit("/petugas/survei")
      for words in ["Indeks (IKM), dari 1 jawaban", "Mutu dan kinerja, dari 1 jawaban"] {
        XCTAssertTrue(results.text.contains(words), words)
      }
      // Each element says its own: the skipped one has none.
      let counts = results.text.matches(of: #/<tr>.*?<td[^>]*>(\d+)<\/td>/#).map { String($0.output.1) }
      XCTAssertEqual(counts.filter { $0 == "1" }.count, SurveyElement.allCases.count - 1)
      XCTAssertEqual(counts.filter { $0 == "0" }.count, 1)
    }
  }

  func testUnfinishedVisitIsToldWhenTheSurveyOpens() async throws {
    try await serving { _, served in
      let answer = try await served.visitor().visit("/survei?tiket=0000000000000")
      XCTAssertEqual(answer.status, 409)
      XCTAssertTrue(answer.text.contains("setelah Anda selesai dilayani"))
    }
  }

  func testNothingTypedIsLostWhenAnAnswerIsRefused() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      _ = try await visitor.visit("/survei?tiket=\(office.codes[0])")
      let long = String(repeating: "panjang ", count: 200)
      let answer = try await visitor.post(
        "/survei", [("tiket", office.codes[0].description), ("U1", "3"), ("komentar", long)])
      XCTAssertEqual(answer.status, 422)
      let form = try XCTUnwrap(answer.form(to: "/survei"))
      XCTAssertEqual(form["U1"], "3")
      XCTAssertEqual(form["komentar"], String(long.dropLast()))
    }
  }

  func testComplaintIsSentTwiceFollowedAnsweredAndClosed() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let page = try await visitor.visit("/pengaduan")
      let form = try XCTUnwrap(page.form(to: "/pengaduan")).filled(
        ["jenis": "complaint", "tentang": "time", "isi": "Menunggu empat jam <b>tanpa</b> kabar"])
      let sent = try await visitor.submit(form)
      let again = try await visitor.submit(form)
      let location = try XCTUnwrap(sent.location)
      XCTAssertEqual(again.location, location)
      XCTAssertFalse(location.contains("Menunggu"))
      let status = try await visitor.visit(location)
      XCTAssertTrue(status.text.contains("Diterima"))
      XCTAssertTrue(status.text.contains("Pengaduan Anda sudah kami terima"))
      XCTAssertTrue(status.text.contains("11 Desember 2026"))

      let officer = await signedIn(served)
      let list = try await officer.visit("/petugas/pengaduan")
      let link = try XCTUnwrap(list.links.first { $0.firstMatch(of: /pengaduan\/\d+$/) != nil })
      let opened = try await officer.visit(link)
      XCTAssertTrue(opened.text.contains("&lt;b&gt;tanpa&lt;/b&gt;"))
      XCTAssertEqual(opened.form(to: "\(link)/verifikasi")?["jenis"], "complaint")
      for (step, fields) in [
        ("verifikasi", [("jenis", "complaint")]), ("proses", []), ("jawab", [("jawaban", "Maaf")]),
      ] {
        let answer = try await officer.post("\(link)/\(step)", fields)
        XCTAssertEqual(answer.status, 303, step)
      }
      let answered = try await visitor.visit(location)
      XCTAssertTrue(answered.text.contains("Maaf"))
      XCTAssertFalse(answered.text.contains("Pengaduan Anda sudah kami terima"), "its address outlives the news")
      let close = try XCTUnwrap(answered.form(to: "/pengaduan/selesai"))
      let closed = try await visitor.confirm(visitor.submit(close))
      XCTAssertEqual(closed.status, 303)
      let end = try await visitor.visit(location)
      XCTAssertTrue(end.text.contains("Selesai"))
      let late = try await officer.post("\(link)/jawab", [("jawaban", "lagi")])
      XCTAssertEqual(late.status, 409)
    }
  }

  func testWithoutVaultThePagesSaySoAndNameAnotherWay() async throws {
    try await serving(withVault: false) { office, served in
      let visitor = served.visitor()
      let complaint = try await visitor.visit("/pengaduan")
      assertSound(complaint, "complaint")
      XCTAssertNil(complaint.form(to: "/pengaduan"))
      XCTAssertTrue(complaint.text.contains("1708"))
      let survey = try await visitor.visit("/survei?tiket=\(office.codes[0])")
      assertSound(survey, "survey")
      let sent = try await visitor.post(
        "/survei", [("tiket", office.codes[0].description), ("U1", "3"), ("komentar", "halo")])
      XCTAssertEqual(sent.location, "/survei/terima-kasih?komentar=tidak")
    }
  }

  func testClerksDoNotSeeComplaintsOrComments() async throws {
    try await serving { _, served in
      let visitor = served.visitor()
      await visitor.with { $0.setCookie("petugas", "CLERK") }
      for path in ["/petugas/pengaduan", "/petugas/pengaduan/1", "/petugas/survei"] {
        let answer = try await visitor.get(path)
        XCTAssertEqual(answer.status, 403, path)
      }
    }
  }

  func testWithoutItsPassAReportIsNeitherSeenNorClosed() async throws {
    try await serving { office, served in
      let number = try await office.complaints.receive(office.report())
      let stranger = served.visitor()
      let page = try await stranger.visit("/pengaduan/status?nomor=\(number)&baru=ya")
      XCTAssertFalse(page.text.contains(office.complaints.pins.digits(of: number)))
      XCTAssertNil(page.form(to: "/pengaduan/selesai"))
      for path in ["/pengaduan/selesai", "/pengaduan/buka-kembali"] {
        let answer = try await stranger.post(path, [("nomor", number.description), ("tanggapan", "x")])
        XCTAssertEqual(answer.status, 403, path)
      }
      let other = try await stranger.post(
        "/pengaduan/status", [("nomor", TypedNumber.example(.application)), ("pin", "123456")])
      XCTAssertEqual(other.status, 422)
      let words = office.base.locales.words(.indonesian)
      let kinds: KeyValuePairs = [
        "kind": words("form.number.kind.application"), "wanted": words("form.number.kind.complaint"),
      ]
      XCTAssertTrue(other.text.contains(words("form.number.other-kind", kinds)))
    }
  }

  func testStrangeInputIsAProblemAndNeverAFault() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let officer = await signedIn(served)
      _ = try await visitor.visit("/pengaduan")
      _ = try await officer.visit("/petugas/survei")
      for text in ["", "%00", "'; DROP TABLE feedback_survey; --", String(repeating: "9", count: 500), "🦆", "-1"] {
        let typed = Browser.encoded(text)
        for path in ["/survei?tiket=\(typed)", "/pengaduan/status?nomor=\(typed)"] {
          let answer = try await visitor.get(path)
          XCTAssertLessThan(answer.status, 500, path)
        }
        let period = try await officer.get("/petugas/survei?dari=\(typed)&sampai=\(typed)&kunjungan=\(typed)")
        XCTAssertEqual(period.status, 200, text)
        let sent = try await visitor.post(
          "/pengaduan", [("jenis", text), ("tentang", text), ("isi", text), ("kontak", text), ("_kirim", text)])
        XCTAssertEqual(sent.status, 422, text)
      }
    }
  }

  private func id(_ office: FeedbackOffice, _ number: ComplaintNumber) async throws -> Int64 {
    let progress = try await office.complaints.progress(number)
    return try XCTUnwrap(progress).complaint.id
  }

  private func signedIn(_ served: ServedModule, _ language: String = "id") async -> Visitor {
    let visitor = served.visitor(language)
    await visitor.with { $0.setCookie("petugas", "SUPERVISOR") }
    return visitor
  }

  private func assertSound(_ answer: Answer, _ what: String, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], what, file: file, line: line)
    XCTAssertLessThan(answer.status, 500, what, file: file, line: line)
  }

  private func serving(
    withVault: Bool = true, _ body: (FeedbackOffice, ServedModule) async throws -> Void
  ) async throws {
    let office = try await FeedbackOffice(withVault: withVault)
    let served = try office.serve()
    try await served.whileServing { try await body(office, served) }
  }
}
