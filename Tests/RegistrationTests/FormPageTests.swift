import Client
import Contracts
import Core
import Store
import Web
import XCTest

@testable import Registration
@testable import Vault

final class FormPageTests: RegistrationPageTestCase {
  private func open(_ visitor: Visitor, _ path: String = "/ajukan/paspor") async throws -> PageForm {
    let page = try await visitor.get(path)
    XCTAssertEqual(page.status, 200)
    return try XCTUnwrap(page.form(to: path))
  }

  func testPersonAppliesAndGetsAReceiptInBothLanguages() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    for (language, title) in [("id", "Permohonan Anda sudah kami terima"), ("en", "We have received your application")]
    {
      let visitor = Visitor(port: port, language: language)
      let form = try await open(visitor)
      let answer = try await visitor.post(form.action, sent(Typed.citizen, form))
      XCTAssertEqual(answer.status, 303)
      let location = try XCTUnwrap(answer.location)
      let receipt = try await visitor.get(location)
      XCTAssertEqual(receipt.heading, title)
      let number = try XCTUnwrap(ApplicationNumber(String(location.dropFirst("/permohonan/".count)).removingEscapes))
      let encoded = Browser.encoded(number.description)
      XCTAssertTrue(receipt.links.contains("/antrean?nomor=\(encoded)"))
      XCTAssertTrue(receipt.links.contains("/lacak?nomor=\(encoded)"))
      for shown in ["Rp950.000", "Rp1.000.000", "class=\"qr\""] { XCTAssertTrue(receipt.text.contains(shown), shown) }
      for planted in ["Planted", "1808995708900001", "81234567890"] { XCTAssertFalse(receipt.text.contains(planted)) }
      XCTAssertLessThan(receipt.body.count, Self.pageByteCountMax)
    }
  }

  func testTheReceiptShowsWithWhatItsHolderComesInsteadOfTellingThemToGetIt() async throws {
    let hall = try await Hall()
    let code = PublicCode(from: SystemRandom())
    var coming = ComingVisit()
    let stop = Availability.stopped(reason: StopReason(cause: .power), resumesAt: CivilTime("13:00"), next: nil)
    coming.number = ComingVisit.Number(code: code, number: "A-001", hindrance: stop)
    let port = try serve(hall, coming: coming)
    let visitor = Visitor(port: port)
    let form = try await open(visitor)
    let answer = try await visitor.post(form.action, sent(Typed.citizen, form))
    let location = try XCTUnwrap(answer.location)
    let receipt = try await visitor.get(location)
    XCTAssertTrue(receipt.text.contains("Nomor Anda hari ini: A-001"))
    XCTAssertTrue(receipt.links.contains("/tiket/\(code)"))
    XCTAssertFalse(receipt.links.contains { $0.hasPrefix("/antrean?") })
    XCTAssertTrue(receipt.text.contains("Layanan ini sedang dihentikan."), "what the ticket says, the receipt says")
    let stranger = try await Visitor(port: port).get(location)
    XCTAssertFalse(stranger.text.contains("A-001"), "a number opens nothing")
  }

  func testForeignerAppliesWithTheSpecimenStatesPassport() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall), language: "en")
    let form = try await open(visitor, "/ajukan/izin-tinggal")
    let answer = try await visitor.post(form.action, sent(Typed.foreigner, form))
    XCTAssertEqual(answer.status, 303)
  }

  func testErrorsStandBesideTheirFieldsAndNothingTypedIsLost() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let form = try await open(visitor)
    var typed = Typed.citizen
    typed["nik"] = "123"
    typed["lahir"] = "1990-02-31"
    let page = try await visitor.post(form.action, sent(typed, form))
    XCTAssertEqual(page.status, 422)
    XCTAssertTrue(page.text.contains("NIK harus 16 angka. Anda memasukkan 3 angka."))
    let again = try XCTUnwrap(page.form(to: form.action))
    XCTAssertEqual(again["_kirim"], form["_kirim"], "the same form, sent again")
    XCTAssertEqual(again["nik"], "123")
    XCTAssertEqual(again["lahir--hari"], "31")
    XCTAssertEqual(again["alamat"], "Jalan Planted 12\nBlambangan")
    XCTAssertEqual(again["kelamin"], "P")
    XCTAssertEqual(again["alasan"], "habis")
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["application"], 0)
  }

  func testDoubtIsShownOnceAndAcceptedWhenSentAgain() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let form = try await open(visitor)
    let typed = Typed.citizen.merging(["nik": "1808993213900001", "kelamin": "L"]) { $1 }
    let page = try await visitor.post(form.action, sent(typed, form))
    XCTAssertEqual(page.status, 422)
    XCTAssertTrue(page.text.contains("jika sudah benar, kirim lagi"))
    let again = try XCTUnwrap(page.form(to: form.action))
    let answer = try await visitor.submit(again)
    XCTAssertEqual(answer.status, 303)
  }

  func testFormSentTwiceLeadsToTheSameReceipt() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    let visitor = Visitor(port: port)
    let form = try await open(visitor)
    let fields = sent(Typed.citizen, form)
    let cookies = await visitor.with { $0.cookies }
    let locations = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<6 {
        group.addTask {
          let twin = Visitor(port: port)
          await twin.with { browser in for (name, value) in cookies { browser.setCookie(name, value) } }
          return try await twin.post(form.action, fields).location
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(Set(locations).count, 1)
    XCTAssertNotNil(locations[0])
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["application"], 1)
  }

  func testFormSentAgainWithChangesSaysThatTheyAreNotKept() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let form = try await open(visitor)
    let first = try await visitor.post(form.action, sent(Typed.citizen, form))
    let second = try await visitor.post(
      form.action, sent(Typed.citizen.merging(["tujuan": "Haji"]) { $1 }, form))
    XCTAssertEqual(second.location, first.location.map { $0 + "?sudah=1" })
    let receipt = try await visitor.get(second.location ?? "")
    XCTAssertTrue(receipt.text.contains("Formulir ini sudah pernah dikirim."))
  }

  func testFormWithoutItsKeyIsShownAgainAndThenTaken() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let form = try await open(visitor)
    let keyless = sent(Typed.citizen, form).filter { $0.name != "_kirim" }
    let page = try await visitor.post(form.action, keyless)
    XCTAssertEqual(page.status, 422)
    let answer = try await visitor.submit(try XCTUnwrap(page.form(to: form.action)))
    XCTAssertEqual(answer.status, 303)
  }

  func testTooManyFormsFromOnePlaceAreHeldUpWithoutLosingWhatWasTyped() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall, submitRate: Rate(burst: 1, perMinute: 1)))
    let first = try await open(visitor)
    _ = try await visitor.post(first.action, sent(Typed.citizen, first))
    let second = try await open(visitor)
    let page = try await visitor.post(second.action, sent(Typed.citizen, second))
    XCTAssertEqual(page.status, 429)
    let again = try XCTUnwrap(page.form(to: second.action))
    XCTAssertEqual(again["nama"], "Ai'nun Planted")
    hall.clock.advance(by: .minutes(1))
    let answer = try await visitor.submit(again)
    XCTAssertEqual(answer.status, 303)
  }

  func testServicesThatCannotBeHadOnTheWebSayHowToGoOn() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    for (path, status, words) in [
      ("/ajukan/tidak-ada", 404, "Pilih layanan lain"), ("/ajukan/hilang", 404, "Datang ke kantor"),
      ("/ajukan/tanpa-nama", 503, "sedang diperbaiki"), ("/permohonan/123456789093", 404, "Periksa lagi nomornya"),
    ] {
      let page = try await visitor.get(path)
      XCTAssertEqual(page.status, status, path)
      XCTAssertTrue(page.text.contains(words), path)
    }
  }

  func testWithoutCatalogueAndTrackingTheReceiptStillStands() async throws {
    let hall = try await Hall()
    let outcome = try await hall.applications().submit(hall.sheet(), for: .passport, submission: "k")
    let visitor = Visitor(port: try serve(hall, catalogue: false, tracking: false))
    let form = try await visitor.get("/ajukan/paspor")
    XCTAssertEqual(form.status, 503)
    let path = "/permohonan/\(outcome.number)"
    let ask = try await visitor.get(path)
    let opened = try await visitor.submit(
      try XCTUnwrap(ask.form(to: path)).filled(["lahir--hari": "17", "lahir--bulan": "8", "lahir--tahun": "1990"]))
    XCTAssertEqual(opened.location, path)
    let receipt = try await visitor.get(path)
    XCTAssertEqual(receipt.status, 200)
    XCTAssertTrue(receipt.text.contains("Rp1.000.000"))
    XCTAssertFalse(receipt.links.contains { $0.hasPrefix("/lacak") || $0.hasPrefix("/antrean") })
    let health = await (try module(hall, catalogue: false)).health()
    XCTAssertFalse(health.isHealthy)
  }

  func testAReceiptsNumberAloneShowsTheSameQuestionAsAnUnknownOne() async throws {
    let hall = try await Hall()
    let outcome = try await hall.applications().submit(hall.sheet(), for: .passport, submission: "k")
    let port = try serve(hall)
    let unknown = ApplicationNumber(from: SystemRandom())
    func shown(_ number: ApplicationNumber, _ page: Answer) -> String {
      page.text.replacing(/name="_csrf" value="[^"]*"/, with: "").replacing(number.description, with: "N")
        .replacing(number.printed, with: "N")
    }
    var pages: [[String]] = []
    for number in [outcome.number, unknown] {
      let stranger = Visitor(port: port)
      let path = "/permohonan/\(number)"
      let ask = try await stranger.get(path)
      XCTAssertEqual(ask.status, 200)
      XCTAssertFalse(ask.text.contains("Rp1.000.000"))
      let form = try XCTUnwrap(ask.form(to: path))
      let empty = try await stranger.submit(form)
      XCTAssertEqual(empty.status, 422)
      let wrong = try await stranger.submit(
        form.filled(["lahir--hari": "18", "lahir--bulan": "8", "lahir--tahun": "1990"]))
      XCTAssertEqual(wrong.status, 404)
      XCTAssertNil(wrong.header("set-cookie"))
      let documents = try await stranger.get("\(path)/dokumen")
      XCTAssertEqual(documents.status, 200)
      pages.append([ask, empty, wrong, documents].map { shown(number, $0) })
    }
    XCTAssertEqual(pages[0], pages[1])
  }

  func testThePaperAloneShowsTheReceiptAsItWasPrintedAndOpensNothing() async throws {
    let hall = try await Hall()
    var coming = ComingVisit()
    coming.number = ComingVisit.Number(code: PublicCode(from: SystemRandom()), number: "A-077")
    let port = try serve(hall, coming: coming)
    let applicant = Visitor(port: port)
    let form = try await open(applicant, "/ajukan/paspor")
    let answer = try await applicant.post(form.action, sent(Typed.citizen, form))
    let location = try XCTUnwrap(answer.location)
    let own = try await applicant.get(location)
    XCTAssertTrue(own.text.contains("A-077"))
    let number = try XCTUnwrap(ApplicationNumber(String(location.dropFirst("/permohonan/".count)).removingEscapes))
    let pass = CasePass.ofPaper(hash: hall.vault, clock: hall.clock).issue(for: number)
    let finder = Visitor(port: port)
    await finder.with { $0.setCookie("kertas", pass) }
    let shown = try await finder.get(location)
    XCTAssertEqual(shown.status, 200)
    XCTAssertTrue(shown.text.contains(number.printed))
    XCTAssertTrue(shown.text.contains("class=\"qr\""))
    XCTAssertFalse(shown.text.contains("A-077"), "what has come since")
    let papers = try await finder.get("\(location)/dokumen")
    XCTAssertNotNil(papers.form(to: "\(location)/dokumen/bukti"), "documents take more")
    let other = "/permohonan/\(ApplicationNumber(from: SystemRandom()))"
    let closed = try await finder.get(other)
    XCTAssertNotNil(closed.form(to: other), "another one's receipt")
    // A pass for holders is not made of it.
    let forged = Visitor(port: port)
    await forged.with { $0.setCookie("berkas", pass) }
    let asked = try await forged.get(location)
    XCTAssertNotNil(asked.form(to: location))
  }

  func testReceiptCarriesItsProofInACodeThatFitsThePage() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall), language: "en")
    let form = try await open(visitor, "/ajukan/paspor")
    let answer = try await visitor.post(form.action, sent(Typed.citizen, form))
    let location = try XCTUnwrap(answer.location)
    for isProven in [false, true] {
      if isProven { _ = try await hall.vault.signHead() }
      let page = try await visitor.get(location)
      XCTAssertEqual(page.text.contains("full proof is there in about 10 minutes"), !isProven)
      XCTAssertEqual(page.text.components(separatedBy: "class=\"qr\"").count, 3, "one to follow it, one to check it")
      XCTAssertLessThan(page.body.count, Self.pageByteCountMax)
      let text = try XCTUnwrap(page.form(to: "/verifikasi")?["r"])
      switch try await hall.vault.check(receipt: text) {
      case .genuine(let content), .notYetProven(let content):
        XCTAssertEqual(
          content.statement.reference, location.removingEscapes.split(separator: "/").last.map(String.init))
        XCTAssertEqual(content.provenAt != nil, isProven)
      case let other: XCTFail("\(other)")
      }
    }
  }

  func testOfficerOpensACaseAndStrangersDoNot() async throws {
    let hall = try await Hall()
    let outcome = try await hall.applications().submit(hall.sheet(), for: .passport, submission: "k")
    let port = try serve(hall)
    let stranger = try await Visitor(port: port).get("/petugas/permohonan")
    XCTAssertNotEqual(stranger.status, 200)
    let officer = Visitor(port: port)
    await officer.with { $0.setCookie("petugas", "CLERK") }
    let page = try await officer.get("/petugas/permohonan?nomor=\(Browser.encoded(outcome.number.description))")
    XCTAssertFalse(page.text.contains("Planted"), "looking at the form opens nothing")
    let form = try XCTUnwrap(page.form(to: "/petugas/permohonan"))
    let found = try await officer.submit(form)
    XCTAssertEqual(found.status, 200)
    XCTAssertTrue(found.text.contains("Ai&#39;nun Planted") || found.text.contains("Ai'nun Planted"))
    XCTAssertEqual(found.header("cache-control"), "no-store")
    let mistyped = try await officer.submit(form.filled(["nomor": "123456789093"]))
    XCTAssertEqual(mistyped.status, 422)
    let unknown = try await officer.submit(
      form.filled(["nomor": ApplicationNumber(from: SystemRandom()).description]))
    XCTAssertEqual(unknown.status, 404)
  }
}

extension String {
  /// Percent escapes decoded.
  var removingEscapes: String { removingPercentEncoding ?? self }
}
