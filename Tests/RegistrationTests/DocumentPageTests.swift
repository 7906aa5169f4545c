import Client
import Contracts
import Core
import HTML
import Store
import Synchronization
import Web
import XCTest

@testable import Documents
@testable import Registration
@testable import Vault

/// Documents over the wire: sent by the applicant, opened by the officer.
final class DocumentPageTests: RegistrationPageTestCase {
  private static let picture: [UInt8] =
    PNGWalker.signature + [0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 1, 2, 3, 4]
    + [0, 0, 0, 3] + Array("IDATabc".utf8) + [1, 2, 3, 4, 0, 0, 0, 0] + Array("IEND".utf8) + [1, 2, 3, 4]

  private func apply(_ visitor: Visitor) async throws -> String {
    let page = try await visitor.get("/ajukan/paspor")
    let form = try XCTUnwrap(page.form(to: "/ajukan/paspor"))
    let answer = try await visitor.post(form.action, sent(Typed.citizen, form))
    return try XCTUnwrap(answer.location)
  }

  /// An office over the wire that has an application.
  private func applied() async throws -> (hall: Hall, port: UInt16, receipt: String, number: String) {
    let hall = try await Hall()
    let port = try serve(hall)
    let receipt = try await apply(Visitor(port: port))
    return (hall, port, receipt, String(receipt.dropFirst("/permohonan/".count)))
  }

  private func send(_ content: [UInt8], name: String = "ktp.png", to action: String, _ visitor: Visitor) async throws
    -> Answer
  {
    try await visitor.with { browser in
      try browser.postMultipart(
        action, [MultipartPart("berkas", fileName: name, mediaType: "application/octet-stream", content)])
    }
  }

  private func uploads(_ page: Answer) -> [String] {
    page.forms.map(\.action).filter { $0.contains("/dokumen/") && !$0.hasSuffix("/hapus") }
  }

  func testWhoHasJustAppliedSendsADocumentAndTheOfficerOpensIt() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    let visitor = Visitor(port: port)
    let receipt = try await apply(visitor)
    let page = try await visitor.get("\(receipt)/dokumen")
    XCTAssertEqual(page.heading, "Dokumen permohonan")
    XCTAssertTrue(page.text.contains(try context().words("document.photo")), "what is kept of a photo")
    let slots = uploads(page)
    XCTAssertEqual(slots.count, OfferedService.passport.requirements.count)
    XCTAssertEqual(slots.count, Set(slots).count)

    let arrival = try await send(Self.picture, to: slots[0], visitor)
    XCTAssertEqual(arrival.status, 303)
    let listed = try await visitor.with { try $0.follow(arrival) }
    XCTAssertTrue(listed.text.contains("Sudah masuk"))
    // What has arrived is replaced by what is sent again, and goes from the disk.
    let again = try await send(Self.picture, to: slots[0], visitor)
    XCTAssertEqual(again.status, 303)
    let documents = try await hall.store.read { snapshot in
      try snapshot.rows("SELECT document FROM documents_document") { try $0.get(0) as Int64 }
    }
    XCTAssertEqual(documents.count, 1)

    let officer = Visitor(port: port)
    let number = try XCTUnwrap(ApplicationNumber(String(receipt.dropFirst("/permohonan/".count)).removingEscapes))
    let path = "/petugas/permohonan/\(Browser.encoded(number.description))/dokumen"
    let form = try await officer.with { browser in
      browser.setCookie("petugas", "CLERK")
      _ = try browser.get("/petugas/permohonan")
      let caseFile = try browser.post("/petugas/permohonan", ["nomor": number.description])
      XCTAssertTrue(caseFile.text.contains("name=\"dokumen\" value=\"\(documents[0])\""), "a button for the document")
      return try XCTUnwrap(caseFile.forms.first { $0.action.hasSuffix("/dokumen") })
    }
    let asked = try await officer.with { try $0.submit(form.filled(["dokumen": "\(documents[0])", "tujuan": ""])) }
    XCTAssertEqual(asked.status, 422)
    XCTAssertTrue(asked.text.contains("Pilih untuk apa dokumen ini dibuka."))
    let filled = try XCTUnwrap(asked.forms.first { $0.action.hasSuffix("/dokumen") }).filled([
      "tujuan": "duplicate-check"
    ])
    let viewer = try await officer.with { try $0.submit(filled) }
    XCTAssertEqual(viewer.status, 200)
    XCTAssertTrue(viewer.header("content-security-policy")?.contains("object-src 'self'") == true)
    let recorded = try await openings(hall)
    XCTAssertEqual(recorded, [], "the page around it shows nothing yet")

    let source = try XCTUnwrap(viewer.text.firstMatch(of: /data="(\/petugas\/permohonan\/[^"]+)"/)).output.1.description
    // Neither an applicant nor another officer gets it with that pass.
    let stranger = try await visitor.get(source)
    XCTAssertNotEqual(stranger.status, 200)
    let colleague = Visitor(port: port)
    let other = try await colleague.with { browser in
      browser.setCookie("petugas", "SUPERVISOR")
      return try browser.get(source)
    }
    XCTAssertEqual(other.status, 409)
    let opened = try await officer.get(source)
    XCTAssertEqual(opened.status, 200)
    XCTAssertTrue(opened.body.elementsEqual(Self.picture))
    XCTAssertEqual(opened.header("content-type"), "image/png")
    XCTAssertTrue(opened.header("content-security-policy")?.contains("sandbox") == true)
    let repeated = try await officer.get(source)
    XCTAssertEqual(repeated.status, 409, "one pass, one opening")
    let after = try await openings(hall)
    XCTAssertEqual(after, ["duplicate-check"])
    let refused = try await visitor.post(path, [])
    XCTAssertEqual(refused.status, 401)
  }

  func testFromACounterTheDocumentsStandFirstAndTheWayLeadsBackThere() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    let visitor = Visitor(port: port)
    let receipt = try await apply(visitor)
    let page = try await visitor.get("\(receipt)/dokumen")
    _ = try await send(Self.picture, to: uploads(page)[0], visitor)
    let number = try XCTUnwrap(ApplicationNumber(String(receipt.dropFirst("/permohonan/".count)).removingEscapes))
    let officer = Visitor(port: port)
    let caseFile = try await officer.with { browser in
      browser.setCookie("petugas", "CLERK")
      _ = try browser.get("/petugas/permohonan")
      return try browser.post("/petugas/permohonan", ["nomor": number.description, "loket": "3"])
    }
    let documents = try XCTUnwrap(caseFile.text.range(of: "document-list"))
    let answers = try XCTUnwrap(caseFile.text.range(of: "Isian pemohon"))
    XCTAssertLessThan(documents.lowerBound, answers.lowerBound)
    let form = try XCTUnwrap(caseFile.forms.first { $0.action.hasSuffix("/dokumen") })
    XCTAssertEqual(form["loket"], "3")
    let id = try XCTUnwrap(caseFile.text.firstMatch(of: /name="dokumen" value="(\d+)"/)).output.1
    let viewer = try await officer.with {
      try $0.submit(form.filled(["dokumen": String(id), "tujuan": "service"]))
    }
    let close = try XCTUnwrap(viewer.form(to: "/petugas/permohonan"))
    XCTAssertEqual(close["loket"], "3", "closing the viewer leads to the case of that counter")
    for (sent, expected) in [("3", 3), ("", nil), ("x", nil), ("0", nil), ("1000", nil), ("../akun", nil)] {
      XCTAssertEqual(CounterReturn(FormInput([.init("loket", sent)])).number, expected, sent)
    }
    let context = try context()
    let back = CounterReturn(FormInput([.init("loket", "3")])).link(context)
    XCTAssertEqual(back.elements("a").compactMap { $0[attribute: "href"] }, ["/petugas/loket/3"])
    XCTAssertTrue(back.plainText.contains("Kembali ke loket 3"))
  }

  private func context() throws -> PageContext {
    let locales = try TestLocales.load()
    return PageContext(
      words: locales.words(.indonesian), languages: locales.languages, csrf: "t", address: "/petugas/permohonan",
      navigation: [NavigationEntry(.unlisted, "registration.menu.case", "/petugas/loket", order: 0)],
      now: Instant(milliseconds: 1_795_000_000_000), zone: .wib, officeName: text("K", "K"))
  }

  func testOfficersAreToldWhatOfAPDFNobodyHasLookedAt() throws {
    let context = try context()
    for (type, state, isTold) in [
      (DocumentType.pdf, DocumentState.received, true), (.pdf, .clean, false), (.jpeg, .received, false),
    ] {
      let document = DocumentSummary(
        id: DocumentID(7), subject: SubjectID(1), type: type, byteCount: 9, state: state, receivedAt: context.now)
      let viewer = DocumentViewer(
        number: ApplicationNumber(from: SystemRandom()),
        entries: [ApplicationDocuments.Entry(requirement: nil, code: "ktp", document: document)], index: 0,
        pass: "izin",
        input: FormInput([.init(CaseDocuments.purposeField, "service")]), counter: CounterReturn(FormInput()),
        context: context)
      XCTAssertEqual(
        viewer.node.plainText.contains(context.words("document.viewer.unchecked")), isTold, "\(type) \(state)")
    }
  }

  /// For what documents were opened, as the ledger has it.
  private func openings(_ hall: Hall) async throws -> [String] {
    try await hall.store.read { snapshot in
      let subject: SubjectID? = try snapshot.value("SELECT subject FROM registration_application")
      return try hall.vault.entries(about: XCTUnwrap(subject), limit: 50, in: snapshot)
        .filter { $0.kind == .opening && $0.facts["record"] == "document" }.compactMap { $0.facts["purpose"] }
    }
  }

  /// An officer opens the case, says that the identity document was seen, and reads the code out.
  private func code(for number: String, _ port: UInt16, isSeen: Bool = true) async throws -> Answer {
    try await Visitor(port: port).with { browser in
      browser.setCookie("petugas", "CLERK")
      _ = try browser.get("/petugas/permohonan")
      let caseFile = try browser.post("/petugas/permohonan", ["nomor": number])
      let form = try XCTUnwrap(caseFile.form(to: "/petugas/permohonan/\(number)/kode"))
      return try browser.submit(isSeen ? form.filled(["identitas": "ya"]) : form)
    }
  }

  private func digits(_ page: Answer) throws -> String {
    String(try XCTUnwrap(page.text.firstMatch(of: />(\d{6})</), page.text).output.1)
  }

  /// The person is erased between the first and the last byte.
  func testADocumentThatArrivesWhileItsPersonIsErasedIsRefusedAndNothingOfItIsKept() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    let receipt = try await apply(Visitor(port: port))
    let number = try XCTUnwrap(ApplicationNumber(String(receipt.dropFirst("/permohonan/".count))))
    let documents = ApplicationDocuments(
      applications: hall.applications(), service: hall.documents, zone: hall.office.zone)
    let found = try await hall.store.read { try ApplicationTable.application(number, in: $0) }
    let summary = try XCTUnwrap(found)
    let requirement = try XCTUnwrap(DocumentRequirement.all(of: .passport).first)
    let parts = Mutex([Array(Self.picture.prefix(40)), Array(Self.picture.dropFirst(40))])
    let chunks = AsyncStream<[UInt8]> {
      let isSecond = parts.withLock { $0.count == 1 }
      if isSecond {
        _ = try? await hall.vault.erase(summary.subject, for: .erasure, as: .system("test"))
        _ = try? await hall.store.write { try ApplicationTable.end(number, as: .erased, in: $0) }
      }
      return parts.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
    do {
      _ = try await documents.receive(chunks, for: requirement, of: summary, from: .network([1]))
      XCTFail("a document of somebody who was erased was kept")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "registration.ended")
    }
    let kept = try await hall.store.read { try ApplicationDocumentTable.all(of: number, in: $0).count }
    XCTAssertEqual(kept, 0)
  }

  func testWithoutThePassNothingIsShownUntilACountersCodeIsGiven() async throws {
    let (hall, port, receipt, number) = try await applied()
    let stranger = Visitor(port: port)
    let asked = try await stranger.get("\(receipt)/dokumen")
    XCTAssertTrue(asked.text.contains("Datanglah ke loket"), "how to get a code")
    let form = try XCTUnwrap(asked.form(to: "\(receipt)/dokumen/bukti"))
    XCTAssertEqual(uploads(asked), ["\(receipt)/dokumen/bukti"])
    let born = try await stranger.post(form.action, sent(["lahir": try XCTUnwrap(Typed.citizen["lahir"])], form))
    XCTAssertEqual(born.status, 422, "a date of birth is not enough")
    let given = try await code(for: number, port)
    XCTAssertEqual(given.status, 200)
    XCTAssertEqual(given.header("cache-control"), "no-store")
    let code = try digits(given)
    let other = code.first == "9" ? "8" : "9"
    let wrong = try await stranger.post(form.action, sent(["kode": other + code.dropFirst()], form))
    XCTAssertEqual(wrong.status, 404)
    let right = try await stranger.post(form.action, sent(["kode": code], form))
    XCTAssertEqual(right.status, 303)
    let page = try await stranger.get("\(receipt)/dokumen")
    XCTAssertEqual(uploads(page).count, OfferedService.passport.requirements.count)
    let again = try await Visitor(port: port).post(form.action, sent(["kode": code], form))
    XCTAssertNotEqual(again.status, 303, "it works once")

    // The pass is for that application and for a day.
    hall.clock.advance(by: .hours(25))
    let late = try await send(Self.picture, to: uploads(page)[0], stranger)
    XCTAssertEqual(late.status, 403)
  }

  func testACodeIsHandedOutOnlyAfterTheIdentityDocumentWasSeenAndIsRecordedWithTheOfficer() async throws {
    let (hall, port, _, number) = try await applied()
    let unseen = try await code(for: number, port, isSeen: false)
    XCTAssertEqual(unseen.status, 422)
    let given = try await code(for: number, port)
    let code = try digits(given)
    let recorded = try await hall.store.read { snapshot in
      try snapshot.rows("SELECT principal FROM ledger_entries WHERE kind = 'counter-code'") { try $0.get(0) as String }
    }
    XCTAssertEqual(recorded.count, 1)
    XCTAssertTrue(try XCTUnwrap(recorded.first).hasPrefix("officer:"))
    let marks = try await hall.store.read { snapshot in
      try snapshot.rows("SELECT mark FROM registration_code") { try $0.get(0) as [UInt8] }
    }
    XCTAssertEqual(marks.map(\.count), [32], "only a keyed hash is kept of \(code)")
  }

  func testACodeRunsOutAndANewerOneTakesItsPlace() async throws {
    let (hall, port, receipt, number) = try await applied()
    let stranger = Visitor(port: port)
    let asked = try await stranger.get("\(receipt)/dokumen")
    let form = try XCTUnwrap(asked.form(to: "\(receipt)/dokumen/bukti"))
    let first = try digits(try await code(for: number, port))
    var second = try digits(try await code(for: number, port))
    while second == first { second = try digits(try await code(for: number, port)) }
    let old = try await stranger.post(form.action, sent(["kode": first], form))
    XCTAssertEqual(old.status, 404)
    hall.clock.advance(by: .minutes(10))
    let late = try await stranger.post(form.action, sent(["kode": second], form))
    XCTAssertEqual(late.status, 404)

    // Given while the date was wrong, it is not good until then.
    hall.clock.advance(by: .hours(24 * 3650))
    let wrong = try digits(try await code(for: number, port))
    hall.clock.advance(by: .hours(-24 * 3650))
    let right = try await stranger.post(form.action, sent(["kode": wrong], form))
    XCTAssertEqual(right.status, 404)
  }

  func testAForgedProofIsNone() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    let visitor = Visitor(port: port)
    let receipt = try await apply(visitor)
    let number = try XCTUnwrap(ApplicationNumber(String(receipt.dropFirst("/permohonan/".count)).removingEscapes)).value
    let expiry = (hall.clock.now + .minutes(10)).milliseconds
    let stranger = Visitor(port: port)
    let page = try await stranger.with { browser in
      browser.setCookie("pemohon", "\(number).\(expiry).0123456789abcdef0123456789abcdef")
      return try browser.get("\(receipt)/dokumen")
    }
    XCTAssertNotNil(page.form(to: "\(receipt)/dokumen/bukti"))
  }

  func testWhatIsNotAcceptedIsSaidBesideItsField() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let receipt = try await apply(visitor)
    let slots = try await uploads(visitor.get("\(receipt)/dokumen"))
    for (content, words) in [
      (Array("<html>not a picture, whatever its name".utf8), "tidak dapat kami terima"),
      (Array(Self.picture.prefix(40)), "rusak atau tidak lengkap"), ([], "kosong"),
      (Array("%PDF-1.7".utf8) + [UInt8](repeating: 1, count: 6_000_000), "terlalu besar"),
    ] {
      let answer = try await send(content, name: "foto.jpg", to: slots[0], visitor)
      XCTAssertTrue([413, 422].contains(answer.status), "\(answer.status)")
      XCTAssertTrue(answer.text.contains(words), words)
      XCTAssertTrue(answer.text.contains("error-summary"))
      let heading = try TestLocales.load().words(.indonesian)("document.not-arrived")
      XCTAssertTrue(answer.text.contains("<h2>\(heading)</h2>"), "the heading is about the document")
    }
    let rows: Int? = try await hall.store.read { try $0.value("SELECT count(*) FROM documents_document") }
    XCTAssertEqual(rows, 0)
  }

  func testWhereNoFileWasChosenThatIsSaid() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let receipt = try await apply(visitor)
    let slots = try await uploads(visitor.get("\(receipt)/dokumen"))
    // As a browser sends it: a part without a name and without a byte.
    let unchosen = try await send([], name: "", to: slots[0], visitor)
    let absent = try await visitor.with { try $0.postMultipart(slots[0], []) }
    for answer in [unchosen, absent] {
      XCTAssertEqual(answer.status, 422)
      XCTAssertTrue(answer.text.contains("Belum ada berkas yang dipilih"), answer.text)
      XCTAssertFalse(answer.text.contains("kosong"))
    }
  }

  /// However large a file is: the limit that is said is the one that the form names.
  func testTheLimitOfAFileIsOneAndSaidInMegabytes() async throws {
    let hall = try await Hall()
    let port = try serve(hall)
    let visitor = Visitor(port: port)
    let receipt = try await apply(visitor)
    let page = try await visitor.get("\(receipt)/dokumen")
    XCTAssertTrue(page.text.contains("paling besar 5 MB"))
    let slot = try XCTUnwrap(uploads(page).first)
    let content = Array("%PDF-1.7".utf8) + [UInt8](repeating: 1, count: 6_000_000)
    let larger = try await send(content, to: slot, visitor)
    // So large that it is not even read to be thrown away.
    let largest = try await offPool {
      let connection = try Connection(port: port, timeout: .seconds(10))
      try connection.send(
        Array(
          ("POST \(slot) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept-Language: id\r\nAccept: text/html\r\n"
            + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 60000000\r\n\r\n").utf8))
      return try connection.readAnswer(toHead: false)
    }
    for answer in [larger, largest] {
      XCTAssertEqual(answer.status, 413)
      XCTAssertTrue(answer.text.contains("Batasnya 5 MB"), answer.text)
      XCTAssertFalse(answer.text.contains(" kB"))
    }
  }

  func testADocumentCanBeTakenBack() async throws {
    let hall = try await Hall()
    let visitor = Visitor(port: try serve(hall))
    let receipt = try await apply(visitor)
    let slots = try await uploads(visitor.get("\(receipt)/dokumen"))
    let stored = try await send(Self.picture, to: slots[0], visitor)
    XCTAssertEqual(stored.status, 303, stored.text)
    let page = try await visitor.get("\(receipt)/dokumen")
    let form = try XCTUnwrap(page.forms.first { $0.action.hasSuffix("/hapus") }, page.text)
    let asked = try await visitor.submit(form)
    XCTAssertEqual(asked.status, 200, "asks first")

    let kept = try await visitor.get("\(receipt)/dokumen")
    XCTAssertTrue(kept.text.contains("Sudah masuk"), "nothing is deleted before the answer")
    let answer = try await visitor.confirm(asked)
    XCTAssertEqual(answer.status, 303)
    let after = try await visitor.get("\(receipt)/dokumen")
    XCTAssertFalse(after.text.contains("Sudah masuk"))
  }

  func testThePagesAreSoundInEveryLanguageAndState() async throws {
    let locales = try TestLocales.load()
    let asked = OfferedService.passport.requirements[0]
    for language in locales.languages {
      let context = PageContext(
        words: locales.words(language), languages: locales.languages, csrf: "t", address: "/permohonan/x/dokumen",
        navigation: [], now: Instant(milliseconds: 1_795_000_000_000), zone: .wib, officeName: text("K", "K"))
      for state in DocumentState.allCases {
        let document = DocumentSummary(
          id: DocumentID(5), subject: SubjectID(6), type: .pdf, byteCount: 2_345_678, state: state,
          receivedAt: Instant(milliseconds: 1_795_000_000_000))
        let requirement = DocumentRequirement(asked)
        let number = ApplicationNumber(from: SeededRandom(seed: 1))
        let summary = ApplicationSummary(
          number: number, service: ServiceCode("paspor"), subject: SubjectID(6),
          registeredAt: document.receivedAt, fee: Rupiah(1))
        let entries = [
          ApplicationDocuments.Entry(requirement: requirement, code: requirement.code, document: document),
          ApplicationDocuments.Entry(requirement: nil, code: "OLD", document: document),
          ApplicationDocuments.Entry(
            requirement: DocumentRequirement(text("Kartu keluarga", "Family card")), code: "X", document: nil),
        ]
        var input = FormInput()
        input.refuse(DocumentPage.field(requirement.code), "x")
        let page = DocumentPage(
          summary: summary, entries: entries, limits: DocumentLimits(byteCountMax: 5 << 20, countPerPersonMax: 3),
          arrived: requirement.code, context: context)
        let list = CaseDocumentList(
          number: number, entries: entries, counter: CounterReturn(FormInput()), context: context)
        let nodes: [Node] = [
          page.node(input),
          ProofPage(number: number, context: context).node(FormInput(), problem: nil),
          fragment {
            pageHeading("x")
            list.node
          },
        ]
        for node in nodes {
          let whole = Layout.page(title: "x", context: context, face: .portal, body: node)
          XCTAssertEqual(PageAudit.findings(in: whole), [])
          XCTAssertNil(whole.plainText.firstMatch(of: /document\.[a-z]/), whole.plainText)
        }
      }
    }
  }
}
