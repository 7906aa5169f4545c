import Client
import Contracts
import Core
import Expectations
import Foundation
import ModuleHarness
import Store
import Web
import XCTest

@testable import Documents
@testable import Privacy
@testable import Vault

/// What a person sees of their own data, and what they may do about it, over the wire.
final class OwnDataTests: XCTestCase {
  /// A clerk looks at the case, as every day.
  private func serve(_ number: ApplicationNumber, _ office: RightsOffice) async throws -> Answer {
    let clerk = await office.officer("CLERK")
    _ = try await clerk.get("/petugas/permohonan")
    return try await clerk.post("/petugas/permohonan", [("nomor", number.description)])
  }

  func testAPersonSeesWhenInWhichRoleAndWhyTheirDataWasOpenedButNoName() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let opened = try await serve(number, office)
    XCTAssertTrue(opened.text.contains("Contoh Uji"))
    for (language, said) in [
      ("id", ["Petugas", "Melayani permohonan", "Data diri", "23 November 2026"]),
      ("en", ["Officer", "Serving the application", "Personal details", "23 November 2026"]),
    ] {
      let page = try await office.person(number, language).get(office.own(number))
      XCTAssertEqual(page.status, 200)
      XCTAssertEqual(page.faults, [])
      for text in said { XCTAssertTrue(page.text.contains(text), text) }
      XCTAssertFalse(page.text.contains("Sari"), "the officer's name is shown")
      XCTAssertFalse(page.text.contains("Contoh Uji"), "the page opens no record")
      XCTAssertTrue(page.text.contains("1808********0001"))
      XCTAssertEqual(page.header("cache-control"), "no-store")
    }
    await office.end()
  }

  func testTheOfficersNameIsShownWhereItIsConfigured() async throws {
    let office = try await RightsOffice(configuring: ["privacy.json5": "{ officerNames: true }"])
    let number = try await office.apply()
    _ = try await serve(number, office)
    let page = try await office.person(number).get(office.own(number))
    XCTAssertTrue(page.text.contains("Petugas (Sari Contoh)"))
    await office.end()
  }

  func testNobodyGetsInWithoutThePassOfTheBrowserThatAppliedOrACountersCode() async throws {
    let office = try await RightsOffice()
    let (number, other) = (try await office.apply(), try await office.apply(name: "Lain Orang"))
    let stranger = office.visitor()
    let blank = try await stranger.visit("/data-saya")
    XCTAssertEqual(blank.faults, [])
    let empty = try await stranger.post("/data-saya", [])
    XCTAssertEqual(empty.status, 422)
    XCTAssertEqual(empty.faults, [])
    let born = try await stranger.post("/data-saya", [("nomor", number.description)] + RightsOffice.born)
    XCTAssertEqual(born.status, 422, "number and date of birth are not enough")
    XCTAssertTrue(born.text.contains("Datanglah ke loket"), "how to get in")
    let code = try await office.code(for: number)
    let wrong = try await stranger.post(
      "/data-saya", [("nomor", number.description), ("kode", code == "123456" ? "123457" : "123456")])
    let unknown = try await stranger.post(
      "/data-saya", [("nomor", ApplicationNumber(from: SystemRandom()).description), ("kode", code)])
    let others = try await stranger.post("/data-saya", [("nomor", other.description), ("kode", code)])
    XCTAssertEqual(others.status, 404, "a code is one application's")
    XCTAssertEqual([wrong.status, unknown.status], [404, 404])
    XCTAssertEqual(wrong.faults, [])
    let paths = ["", "/minta/access", "/minta/erasure"].map { office.own(number) + $0 }
    for path in paths {
      let answer = try await stranger.get(path)
      XCTAssertEqual(answer.status, 303, path)
      XCTAssertTrue(answer.location?.hasPrefix("/data-saya?nomor=") ?? false, path)
    }
    // Who has shown that one application is theirs has shown nothing of another.
    let person = try await office.person(other)
    for path in paths { expect(try await person.get(path).status, 303, path) }
    for path in ["/minta/erasure", "/salinan", "/persetujuan"] {
      let answer = try await person.post(office.own(number) + path, [("hal", "reminders"), ("jawab", "setuju")])
      XCTAssertEqual(answer.status, 303, path)
      XCTAssertTrue(answer.location?.hasPrefix("/data-saya?nomor=") ?? false, path)
    }
    // And after half an hour nothing of their own either.
    expect(try await person.get(office.own(other)).status, 200)
    office.base.clock.advance(by: .minutes(31))
    expect(try await person.get(office.own(other)).status, 303)
    await office.end()
  }

  func testTheLookUpSaysHowPapersAndRightsAreHadAndTakesTheCodeForThem() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    for language in ["id", "en"] {
      let person = office.visitor(language)
      _ = try await person.get("/lacak")
      let found = try await person.post("/lacak", [("nomor", number.description)] + RightsOffice.born)
      XCTAssertEqual(found.status, 200)
      XCTAssertEqual(found.faults, [])
      XCTAssertTrue(found.links.contains("/permohonan/\(number)"))
      let form = try XCTUnwrap(found.form(to: "/data-saya"))
      expect(try await person.submit(form.filled(["kode": "000000"])).status, 404)
      let code = try await office.code(for: number)
      expect(try await person.submit(form.filled(["kode": code])).location, office.own(number))
      expect(try await person.get(office.own(number)).status, 200)
      // The date of birth has opened the receipt in this browser, and none of its papers.
      expect(try await person.get("/permohonan/\(number)").form(to: "/permohonan/\(number)") == nil, true)
      let papers = try await person.get("/permohonan/\(number)/dokumen")
      XCTAssertNotNil(papers.form(to: "/permohonan/\(number)/dokumen/bukti"))
    }
    await office.end()
  }

  func testARequestIsFoundAgainByItsNumberAndPINAndByNothingLess() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let clerk = await office.officer("CLERK")
    let asked = try await clerk.get("/petugas/permintaan-data")
    let form = try XCTUnwrap(asked.form(to: "/petugas/permintaan-data"))
    let taken = try await clerk.submit(form.filled(["nomor": number.description, "jenis": "access"]))
    let page = try XCTUnwrap(taken.location)
    let shown = try await clerk.get(page)
    XCTAssertEqual(shown.faults, [])
    let kept = shown.text.matches(of: /<code[^>]*>([0-9 ]+)<\/code>/).map { String($0.output.1) }
    let request = try XCTUnwrap(kept.first { DataRequestNumber($0) != nil }, shown.text)
    let pin = try XCTUnwrap(kept.first { $0.count == 6 })

    let person = office.visitor()
    let ask = try await person.get("/permintaan-data?nomor=\(request.filter { $0 != " " })")
    XCTAssertEqual(ask.faults, [])
    let find = try XCTUnwrap(ask.form(to: "/permintaan-data"))
    let wrong = try await person.submit(find.filled(["pin": pin == "123456" ? "123457" : "123456"]))
    let unknown = try await person.submit(
      find.filled(["nomor": DataRequestNumber(from: SystemRandom()).description, "pin": pin]))
    XCTAssertEqual([wrong.status, unknown.status], [404, 404])
    XCTAssertEqual(wrong.faults, [])
    let other = try await person.submit(find.filled(["nomor": number.description, "pin": pin]))
    XCTAssertEqual(other.status, 422)
    XCTAssertTrue(other.text.contains("Ini nomor permohonan, bukan nomor permintaan data."))
    expect(try await person.submit(find.filled(["pin": pin])).location, page)
    await office.end()
  }

  func testConsentIsKeptWithItsWordsAndTakenBackAtOnce() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply(ticking: ["setuju-survey-follow-up"])
    let (vault, subject) = (office.vault, try await office.subject(number))
    func consents() async throws -> [Consent] {
      try await office.base.store.read { try vault.consents(of: subject, in: $0) }
    }
    let given = try await consents()
    XCTAssertEqual(given.map(\.text.matter), [.surveyFollowUp])
    XCTAssertEqual(given.map(\.way), [.applicationForm])
    let person = try await office.person(number)
    let path = office.own(number)
    _ = try await person.get(path)
    _ = try await person.post(path + "/persetujuan", [("hal", "reminders"), ("jawab", "setuju")])
    _ = try await person.post(path + "/persetujuan", [("hal", "survey-follow-up"), ("jawab", "tarik")])
    let after = try await consents()
    XCTAssertEqual(after.map(\.text.matter), [.surveyFollowUp, .reminders])
    XCTAssertEqual(after.map { $0.withdrawnAt != nil }, [true, false])
    XCTAssertEqual(after.map(\.text.version), [1, 1])
    let page = try await person.get(path)
    XCTAssertTrue(page.text.contains(after[1].text.text), "the words that were agreed to stand on the page")
    XCTAssertEqual(page.faults, [])
    let entries = try await office.entries(.consent, about: number)
    XCTAssertEqual(entries.map { $0.facts["change"] }, ["withdrawn", "given", "given"])
    XCTAssertEqual(entries.first?.facts["matter"], "survey-follow-up")
    // Taking it back is a case that was closed in the moment in which it was made.
    XCTAssertTrue(page.text.contains("Penarikan persetujuan"))
    await office.end()
  }

  func testWhoServesSeesAtOnceWhatThePersonMayBeContactedFor() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply(ticking: ["setuju-reminders"])
    let clerk = await office.officer("CLERK")
    let words = office.base.locales.words(.indonesian)
    func tags() async throws -> [Bool] {
      _ = try await clerk.get("/petugas/permohonan")
      let page = try await clerk.post("/petugas/permohonan", [("nomor", number.description)])
      XCTAssertEqual(page.faults, [])
      return page.text.components(separatedBy: "<span class=\"tag ").dropFirst().compactMap { text in
        text.hasPrefix("success\">\(words("registration.case.contact-allowed"))<")
          ? true : text.hasPrefix("warning\">\(words("registration.case.contact-refused"))<") ? false : nil
      }
    }
    expect(try await tags(), [true, false], "reminders, and not questions after the visit")
    let person = try await office.person(number)
    _ = try await person.get(office.own(number))
    _ = try await person.post(office.own(number) + "/persetujuan", [("hal", "reminders"), ("jawab", "tarik")])
    expect(try await tags(), [false, false])
    await office.end()
  }

  func testOpeningsOfOneDayForOnePurposeAreOneLineWithTheirNumber() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let clerk = await office.officer("CLERK")
    for _ in 0..<5 {
      _ = try await clerk.get("/petugas/permohonan")
      expect(try await clerk.post("/petugas/permohonan", [("nomor", number.description)]).status, 200)
      office.base.clock.advance(by: .minutes(3))
    }
    let person = try await office.person(number)
    let page = try await person.get(office.own(number))
    XCTAssertTrue(page.text.contains("5 kali, sejak"), page.text)
    XCTAssertEqual(page.text.components(separatedBy: "5 kali, sejak").count, 2)
    await office.end()
  }

  func testAWrongDateOfBirthIsAnUnknownPersonsAttemptAndNeverByYourself() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let (vault, subject) = (office.vault, try await office.subject(number))
    for date in ["1991-01-01", "1992-02-02", "1990-08-17"] {
      let date = try XCTUnwrap(CivilDate(iso: date))
      _ = try await office.base.store.write { transaction in
        try vault.confirm(
          dateOfBirth: Personal(date), of: subject, for: .tracking, as: .applicant, in: transaction)
      }
    }
    for (language, attempt, own, nobody) in [
      ("id", "Percobaan dengan tanggal lahir yang salah", "Oleh Anda sendiri (1)", "Tidak dikenal"),
      ("en", "Attempt with a wrong date of birth", "By yourself (1)", "Unknown"),
    ] {
      let page = try await office.person(number, language).get(office.own(number))
      XCTAssertEqual(page.faults, [])
      XCTAssertTrue(page.text.contains(own), "the right date alone is the person's own")
      let parts = page.text.components(separatedBy: own)
      XCTAssertTrue(parts[0].contains(attempt) && parts[0].contains(nobody))
      XCTAssertTrue(parts[0].contains(language == "id" ? "2 kali, sejak" : "2 times, since"), parts[0])
      XCTAssertFalse(parts[1].contains(attempt))
    }
    let list = try await office.officer("SUPERVISOR").get("/petugas/hak-data/pembukaan")
    XCTAssertTrue(list.text.contains("Percobaan dengan tanggal lahir yang salah"))
    await office.end()
  }

  func testWrongGuessesHideNoOpening() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    expect(try await serve(number, office).status, 200)
    let (vault, subject) = (office.vault, try await office.subject(number))
    let wrong = Personal(try XCTUnwrap(CivilDate(iso: "1991-01-01")))
    try await office.base.store.write { transaction in
      for _ in 0..<RightsRequestService.openingsMax + 5 {
        _ = try vault.confirm(dateOfBirth: wrong, of: subject, for: .tracking, as: .applicant, in: transaction)
      }
    }
    let page = try await office.person(number).get(office.own(number))
    XCTAssertTrue(page.text.contains("Melayani permohonan"), "the officer's look is still there")
    await office.end()
  }

  func testTheCountOfOwnOpeningsIsThatOfTheRowsBelowIt() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let (vault, subject) = (office.vault, try await office.subject(number))
    for _ in 0..<3 {
      try await office.base.store.write { transaction in
        _ = try vault.open(Biodata.self, of: subject, for: .receipt, as: .applicant, in: transaction)
        _ = try vault.open(Contact.self, of: subject, for: .receipt, as: .applicant, in: transaction)
      }
      office.base.clock.advance(by: .minutes(3))
    }
    let page = try await office.person(number).get(office.own(number))
    XCTAssertTrue(page.text.contains("Oleh Anda sendiri (3)"), "three looks at two records each")
    XCTAssertTrue(page.text.contains("3 kali, sejak"))
    await office.end()
  }

  func testTheCopyHoldsEverythingIsReleasedByASupervisorAndLeavesNothingInClear() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply(name: "Tanaman Rahasia")
    let picture = PNGSample.bytes(byteCount: 200_000)
    let subject = try await office.subject(number)
    _ = try await office.archive.store(PNGSample.chunks(picture), of: subject) { _, _ in }
    let person = try await office.person(number)
    let path = office.own(number)
    _ = try await person.get(path)
    let early = try await person.post(path + "/salinan", [])
    XCTAssertEqual(early.status, 403)
    XCTAssertEqual(early.faults, [])
    let request = try await office.ask(.access, number, person)
    expect(try await office.carryOut(request).status, 303)
    let page = try await person.get(path)
    XCTAssertTrue(page.text.contains("Unduh salinan"))
    XCTAssertEqual(page.faults, [])
    let copy = try await person.post(path + "/salinan", [])
    XCTAssertEqual(copy.status, 200)
    XCTAssertEqual(copy.header("content-type"), "application/zip")
    XCTAssertTrue(copy.header("content-disposition")?.hasPrefix("attachment") ?? false)
    let archive = try ArchiveReader(copy.body)
    XCTAssertEqual(archive.files.map(\.name), ["BACA-DULU.txt", "data.json", "dokumen/1.png"])
    XCTAssertEqual(archive["dokumen/1.png"], picture)
    let json = try XCTUnwrap(
      try JSONSerialization.jsonObject(with: Data(archive["data.json"] ?? [])) as? [String: Any])
    let records = try XCTUnwrap(json["records"] as? [String: Any])
    XCTAssertEqual((records["biodata"] as? [String: Any])?["fullName"] as? String, "Tanaman Rahasia")
    XCTAssertEqual((records["answers"] as? [String: Any])?["tujuan"] as? String, "wisata")
    XCTAssertEqual((json["documents"] as? [[String: Any]])?.first?["file"] as? String, "dokumen/1.png")
    expect(try await office.entries(.access, about: number).count, 1)
    // Nothing of it has touched the disk.
    let planted = [Array("Tanaman Rahasia".utf8), Array(picture[1000..<1040])]
    try office.expectAbsent(planted)
    // A week later there is nothing to fetch.
    office.base.clock.advance(by: .hours(24 * 7 + 1))
    let later = try await office.person(number)
    _ = try await later.get(path)
    expect(try await later.post(path + "/salinan", []).status, 403)
    await office.end()
  }

  func testAnErasureProvesItselfAndSaysWhenTheBackupsAreFreeOfIt() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply(name: "Tanaman Rahasia")
    let subject = try await office.subject(number)
    _ = try await office.archive.store(PNGSample.chunks(PNGSample.bytes(byteCount: 5000)), of: subject) { _, _ in }
    let person = try await office.person(number)
    let page = try await office.ask(.erasure, number, person)
    let other = try await office.ask(.access, number, person)
    expect(try await office.carryOut(page).status, 303)
    _ = try await office.vault.signHead()
    for (language, said) in [
      ("id", ["sudah dihapus", "24 Desember 2026", "Periksa keaslian"]),
      ("en", ["has been erased", "24 December 2026", "Check authenticity"]),
    ] {
      let visitor = office.visitor(language)
      let receipt = try await visitor.get(page)
      XCTAssertEqual(receipt.faults, [])
      for text in said { XCTAssertTrue(receipt.text.contains(text), text) }
      XCTAssertTrue(receipt.text.contains("<svg class=\"qr\""))
      let proof = try XCTUnwrap(receipt.form(to: "/verifikasi"))
      let verdict = try await visitor.submit(proof)
      XCTAssertTrue(verdict.text.contains(language == "id" ? "Data pribadi dihapus" : "erased"))
      XCTAssertTrue(verdict.text.contains(language == "id" ? "Tanda terima ini asli." : "This receipt is genuine."))
    }
    // What else was asked for has been answered with it.
    let closed = try await office.visitor().get(other)
    XCTAssertTrue(closed.text.contains("Gugur karena data dihapus"))
    XCTAssertFalse(closed.text.contains("Dilaksanakan"), "a copy that nobody was given")
    expect(try await office.entries(.erasure, about: number).count, 1)
    // The person is gone: for the officer, for themselves, and from the documents.
    let served = try await serve(number, office)
    XCTAssertFalse(served.text.contains("Tanaman"))
    XCTAssertNotEqual(served.status, 200)
    let left = try await office.base.store.read { try DocumentTable.count(of: subject, in: $0) }
    XCTAssertEqual(left, 0)
    let prints: Int? = try await office.base.store.read {
      try $0.value("SELECT count(*) FROM registration_submission WHERE fingerprint IS NOT NULL")
    }
    XCTAssertEqual(prints, 0, "what the form would be recognised by is made of its answers")
    let stranger = office.visitor()
    _ = try await stranger.visit("/data-saya")
    let answer = try await stranger.post("/data-saya", [("nomor", number.description), ("kode", "123456")])
    XCTAssertEqual(answer.status, 404)
    // A person who still has the page open learns that there is nothing left, and breaks nothing.
    expect(try await person.get(office.own(number)).faults, [])
    await office.end()
  }

  func testTheBrowserThatHasJustAppliedIsNotAskedAgainButTheNextDayItIs() async throws {
    let office = try await RightsOffice()
    let browser = office.visitor()
    let number = try await office.apply(in: browser)
    let own = "/data-saya?nomor=\(number)"
    let shown = try await browser.get(own)
    XCTAssertEqual(shown.location, office.own(number))
    expect(try await browser.get(office.own(number)).status, 200)
    let another = try await office.visitor().get(own)
    XCTAssertNil(another.location, "another browser is asked")
    office.base.clock.advance(by: .hours(3))
    let late = try await browser.get(own)
    XCTAssertNil(late.location)
    await office.end()
  }

  func testARestrictedPersonIsOpenedForNamedPurposesOnly() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply()
    let subject = try await office.subject(number)
    let document = try await office.archive.store(
      PNGSample.chunks(PNGSample.bytes(byteCount: 500)), of: subject
    ) { _, _ in }
    let person = try await office.person(number)
    expect(try await office.carryOut(try await office.ask(.restriction, number, person)).status, 303)
    let refused = try await serve(number, office)
    XCTAssertEqual(refused.status, 403)
    XCTAssertTrue(refused.text.contains("sedang dibatasi"))
    XCTAssertFalse(refused.text.contains("Contoh Uji"))
    let refusal = await failure {
      try await office.archive.open(document.id, for: .service, as: .officer(OfficerID(7), .clerk))
    }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.restricted", "documents, too")
    let page = try await person.get(office.own(number))
    XCTAssertTrue(page.text.contains("Pemakaian data Anda sedang dibatasi."))
    XCTAssertEqual(page.faults, [])
    // The person themselves still gets in, and can have it lifted.
    let again = try await office.person(number, "en")
    expect(try await again.get(office.own(number)).faults, [])
    expect(try await office.carryOut(try await office.ask(.lifting, number, person)).status, 303)
    expect(try await serve(number, office).status, 200)
    expect(
      try await office.entries(.restriction, about: number).map { $0.facts["change"] }, ["lifted", "begun"])
    await office.end()
  }

  func testACorrectionIsLookedAtCarriedOutAndKeepsWhatStoodThereBefore() async throws {
    let office = try await RightsOffice()
    let number = try await office.apply(name: "Contoh Salah")
    let person = try await office.person(number)
    let path = "\(office.own(number))/minta/rectification"
    expect(try await person.get(path).faults, [])
    let empty = try await person.post(path, [])
    XCTAssertEqual(empty.status, 422)
    XCTAssertEqual(empty.faults, [])
    let wrong = try await person.post(path, [("isi-nik", "123"), ("isi-email", "x")])
    XCTAssertEqual(wrong.status, 422)
    XCTAssertTrue(wrong.text.contains("NIK harus 16 angka."))
    let request = try await office.ask(
      .rectification, number, person, [("isi-fullName", "Contoh Benar"), ("isi-telephone", "0812 0000 0002")])
    // The wish is sealed, as everything else is.
    try office.expectAbsent([Array("Contoh Benar".utf8), Array("Contoh Salah".utf8)])
    let supervisor = await office.officer("SUPERVISOR")
    let path2 = "/petugas/hak-data/kasus/\(request.split(separator: "/").last ?? "")"
    let closed = try await supervisor.get(path2)
    XCTAssertFalse(closed.text.contains("Contoh Salah"), "looking at the list opens nothing")
    XCTAssertEqual(closed.faults, [])
    let unseen = try await office.decide(request, [("putusan", "in-person")])
    XCTAssertEqual(unseen.status, 422, "nobody corrects what they have not compared")
    XCTAssertTrue(unseen.text.contains("buka perubahannya dulu"))
    XCTAssertEqual(unseen.faults, [])
    let shown = try await supervisor.post(path2 + "/buka", [])
    let form = try XCTUnwrap(shown.form(to: path2))
    XCTAssertEqual(form["dibandingkan"], "ya")
    XCTAssertTrue(shown.text.contains("Contoh Salah") && shown.text.contains("Contoh Benar"))
    XCTAssertEqual(shown.faults, [])
    expect(try await office.carryOut(request).status, 303)
    let served = try await serve(number, office)
    XCTAssertTrue(served.text.contains("Contoh Benar") && served.text.contains("+6281200000002"))
    XCTAssertFalse(served.text.contains("Contoh Salah"))
    let entries = try await office.entries(.rectification, about: number)
    XCTAssertEqual(entries.map { $0.facts["fields"] }.sorted { $0 ?? "" < $1 ?? "" }, ["fullName", "telephone"])
    // The copy tells what stood there.
    expect(try await office.carryOut(try await office.ask(.access, number, person)).status, 303)
    _ = try await person.get(office.own(number))
    let copy = try ArchiveReader(try await person.post(office.own(number) + "/salinan", []).body)
    let json = String(decoding: copy["data.json"] ?? [], as: UTF8.self)
    XCTAssertTrue(json.contains("Contoh Salah") && json.contains("Contoh Benar"))
    await office.end()
  }
}
