import Civil
import Core
import Foundation
import HTML
import Web
import XCTest

final class FormTests: XCTestCase {
  private let words = Locales([.indonesian: ["form.error.missing": "Isi bagian “{label}”."]]).words(.indonesian)

  private func context() -> PageContext {
    PageContext(
      words: words, languages: [.indonesian], csrf: "token", address: "/x", now: Instant(milliseconds: 0), zone: .wib,
      officeName: LocalizedText([.indonesian: "Kantor", .english: "Office"]))
  }

  private func form(_ fields: [Field], _ input: FormInput) -> Node {
    formNode(context(), to: "/x", submission: "fresh", fields: fields, input: input, submitLabel: "Kirim")
  }

  func testSummaryAndFieldSayTheSameWordsAndAreLinked() throws {
    let field = Field.text("nik", label: "NIK", hint: "16 angka", kind: .numeric(digits: 16))
    var input = FormInput([.init("nik", "")])
    field.check(&input, words)
    let page = form([field], input)
    let link = try XCTUnwrap(page.elements("a").first)
    XCTAssertEqual(Node.element(link).plainText, "Isi bagian “NIK”.")
    let typed = try XCTUnwrap(page.elements { $0[attribute: "name"] == "nik" }.first)
    XCTAssertEqual(link[attribute: "href"], "#" + (typed[attribute: "id"] ?? ""))
    XCTAssertEqual(typed[attribute: "aria-invalid"], "true")
    let described = (typed[attribute: "aria-describedby"] ?? "").split(separator: " ").map(String.init)
    let texts = described.compactMap { id in page.elements { $0[attribute: "id"] == id }.first }
      .map { Node.element($0).plainText }
    XCTAssertEqual(texts.count, 2)
    XCTAssertEqual(texts.first, "16 angka")
    XCTAssertTrue(texts.last?.hasSuffix("Isi bagian “NIK”.") == true)
    XCTAssertEqual(PageAudit.findings(in: page), [])
  }

  func testDigitsMayStandInGroupsAndNoOtherNumberIsMadeOfThem() {
    let field = Field.text("pin", label: "PIN", kind: .numeric(digits: 6))
    for typed in ["979 240", "979\u{A0}240", " 979240 ", "979240"] {
      var input = FormInput([.init("pin", typed)])
      field.check(&input, words)
      XCTAssertEqual(input["pin"], "979240")
      XCTAssertTrue(input.isAcceptable, typed)
    }
    for typed in ["3.5", "-5", "97,9240", "9792401", "97924o"] {
      var input = FormInput([.init("pin", typed)])
      field.check(&input, words)
      XCTAssertFalse(input.isAcceptable, typed)
    }
    let box = form([field], FormInput()).elements { $0[attribute: "name"] == "pin" }.first
    XCTAssertEqual(box?[attribute: "maxlength"], "12", "there is room for groups")
  }

  func testTheNumberOfAThingTakesWhateverPeopleWriteBetweenItsGroups() {
    let field = Field.text("nik", label: "NIK", kind: .grouped(digits: 16))
    for typed in ["1808 9917 0890 0001", "1808.9917.0890.0001", "1808-9917-0890-0001", "1808/9917/0890/0001"] {
      var input = FormInput([.init("nik", typed)])
      field.check(&input, words)
      XCTAssertEqual(input["nik"], "1808991708900001")
      XCTAssertTrue(input.isAcceptable, typed)
    }
    for typed in ["1808,9917,0890,0001", "1808_9917", "18089917089000010"] {
      var input = FormInput([.init("nik", typed)])
      field.check(&input, words)
      XCTAssertFalse(input.isAcceptable, typed)
    }
  }

  func testAWrongDateSaysWhichPartIsWrongAndMarksThatOne() throws {
    let words = try Locales.load(directory: Self.locales).words(.english)
    let field = Field.text("lahir", label: "Date of birth", kind: .birthDate)
    for (day, month, year, said, marked) in [
      ("32", "3", "1990", "The day is wrong.", [0]), ("0", "3", "1990", "The day is wrong.", [0]),
      ("7", "13", "1990", "The month is wrong.", [1]), ("7", "Foo", "1990", "The month is wrong.", [1]),
      ("7", "3", "90", "The year is wrong.", [2]), ("", "3", "1990", "Write the day", [0]),
      ("7", "", "1990", "Write the month", [1]), ("7", "3", "", "Write the year", [2]),
      ("30", "2", "1990", "That month has only 28 days.", [0]), ("30", "Feb", "1992", "only 29 days.", [0]),
      ("x", "3", "90", "The year is wrong.", [0, 2]),
    ] {
      var input = FormInput([
        .init("lahir--hari", day), .init("lahir--bulan", month), .init("lahir--tahun", year),
      ])
      field.check(&input, words)
      let error = try XCTUnwrap(input.error("lahir"))
      XCTAssertTrue(error.contains(said), "\(day) \(month) \(year): \(error)")
      let boxes = form([field], input).elements("input").filter { ($0[attribute: "name"] ?? "").hasPrefix("lahir-") }
      let wrong = boxes.indices.filter { boxes[$0][attribute: "aria-invalid"] == "true" }
      XCTAssertEqual(wrong, marked, "\(day) \(month) \(year)")
    }
  }

  private static let locales = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "share/locales").path()

  func testWhatWasTypedStaysExceptSecrets() {
    let fields: [Field] = [
      .text("nama", label: "Nama"), .text("sandi", label: "Kata sandi", kind: .password),
      .text("cerita", label: "Cerita", kind: .multiline(rows: 3)),
    ]
    let input = FormInput([.init("nama", "Budi & <i>"), .init("sandi", "rahasia-1"), .init("cerita", "a\nb")])
    let markup = String(decoding: HTMLRenderer.render(form(fields, input)), as: UTF8.self)
    XCTAssertTrue(markup.contains("value=\"Budi &amp; &lt;i&gt;\""))
    XCTAssertTrue(markup.contains(">\na\nb</textarea>"))
    XCTAssertFalse(markup.contains("rahasia-1"))
  }

  func testDateTypedInThreePartsIsReadAsOneAndCheckedAgainstTheCalendar() {
    let field = Field.text("lahir", label: "Tanggal lahir", kind: .birthDate)
    var good = FormInput([.init("lahir--hari", "7"), .init("lahir--bulan", "3"), .init("lahir--tahun", "1990")])
    field.check(&good, words)
    XCTAssertEqual(good["lahir"], "1990-03-07")
    XCTAssertTrue(good.isAcceptable)
    var bad = FormInput([.init("lahir--hari", "30"), .init("lahir--bulan", "2"), .init("lahir--tahun", "1990")])
    field.check(&bad, words)
    XCTAssertNotNil(bad.error("lahir"))
    let values = form([field], bad).elements("input").filter { ($0[attribute: "name"] ?? "").hasPrefix("lahir-") }
    XCTAssertEqual(values.map { $0[attribute: "value"] }, ["30", "2", "1990"])
    var absent = FormInput([.init("lahir--hari", ""), .init("lahir--bulan", ""), .init("lahir--tahun", "")])
    field.check(&absent, words)
    XCTAssertEqual(absent.error("lahir"), "Isi bagian “Tanggal lahir”.")
  }

  func testAFieldWhoseNameEndsLikeAPartOfADateIsNoPartOfOne() {
    let input = FormInput([.init("jumlah-hari", "12"), .init("lahir--hari", "7")])
    XCTAssertEqual(input["jumlah-hari"], "12")
    XCTAssertEqual(input["jumlah"], "", "nobody has typed a date")
    XCTAssertEqual(input["lahir"], "?-?-7")
    XCTAssertFalse(input.has("jumlah"))
  }

  func testWarningIsShownOnceAndAcceptedWhenSentAgain() throws {
    let field = Field.text("nama", label: "Nama")
    var first = FormInput([.init("nama", "Budi 2")])
    first.warn("nama", "Ada angka dalam nama.")
    XCTAssertFalse(first.isAcceptable)
    let seen = form([field], first).elements { $0[attribute: "type"] == "hidden" }
      .map { FormInput.Entry($0[attribute: "name"] ?? "", $0[attribute: "value"] ?? "") }
    var second = FormInput([.init("nama", "Budi 2")] + seen)
    second.warn("nama", "Ada angka dalam nama.")
    XCTAssertTrue(second.isAcceptable)
    second.warn("alamat", "Alamat ini pendek.")
    XCTAssertFalse(second.isAcceptable)
  }

  func testFormSentAgainKeepsItsIdempotencyKey() {
    let input = FormInput([.init(FormInput.submissionField, "first")])
    let keys = form([], input).elements { $0[attribute: "name"] == FormInput.submissionField }
    XCTAssertEqual(keys.map { $0[attribute: "value"] }, ["first"])
  }

  func testAnswerThatWasNotOfferedIsRefused() {
    let options = [Field.Option("a", "A"), Field.Option("b", "B")]
    for field in [
      Field.choice("x", label: "X", options: options), .select("x", label: "X", options: options),
      .checkboxes("x", label: "X", options: options),
    ] {
      var input = FormInput([.init("x", "c")])
      field.check(&input, words)
      XCTAssertFalse(input.isAcceptable)
      var fine = FormInput([.init("x", "b")])
      field.check(&fine, words)
      XCTAssertTrue(fine.isAcceptable)
    }
  }

  func testAnEmailFieldTakesWhatIsAnEmailAddressAndNothingElse() {
    let field = Field.text("surel", label: "Email", kind: .email)
    let samples = [
      "a@b.id", "nama.lengkap+x@contoh.co.id", "ä@bücher.de", " a@b.id ", "a", "a@b", "@b.id", "a@", "a b@c.id",
      "a@b@c.id", "a@.id", "a@.", "a@b.", "a@b..id", "a@-b.id", "a@b-.id", "a@b_c.id",
      String(repeating: "a", count: 65) + "@b.id", "a@" + String(repeating: "b", count: 300) + ".id",
    ]
    var takenCount = 0
    for typed in samples {
      var input = FormInput([.init("surel", typed)])
      field.check(&input, words)
      XCTAssertEqual(input.isAcceptable, (try? EmailAddress(typed)) != nil, typed)
      takenCount += input.isAcceptable ? 1 : 0
    }
    XCTAssertEqual(takenCount, 4)
  }

  func testFormDoesNotPrintWhatItHolds() {
    let input = FormInput([.init("nama", "Siti Rahayu")])
    var dumped = ""
    dump(input, to: &dumped)
    XCTAssertFalse("\(input) \(String(reflecting: input)) \(dumped)".contains("Siti"))
  }
}
