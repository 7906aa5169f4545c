import Client
import Core
import HTML
import Synchronization
import Web
import XCTest

/// What was typed comes back whatever the reader changes or loses on the way.
final class KeptAnswersTests: ServingTestCase {
  /// Whether the page still has its form.
  private final class Switch: Sendable {
    private let state = Mutex((isOn: true, count: 0))
    var isOn: Bool { state.withLock { $0.isOn } }
    func turnOff() { state.withLock { $0.isOn = false } }
    /// Another one each time the form is shown.
    func submission() -> String {
      state.withLock { state in
        state.count += 1
        return "kunci-\(state.count)"
      }
    }
  }

  private static func fields(_ words: Words) -> [Field] {
    [
      .hidden("langkah", "2"), .text("nama", label: "Nama"), .text("lahir", label: "Lahir", kind: .birthDate),
      .text("isi", label: "Isi", kind: .multiline(rows: 3)), .text("sandi", label: "Sandi", kind: .newPassword),
      .choice("jalur", label: "Jalur", options: [.init("a", "A"), .init("b", "B")]),
      .checkboxes("bantuan", label: "Bantuan", options: [.init("x", "X"), .init("y", "Y"), .init("z", "Z")]),
      .select("loket", label: "Loket", options: [.init("1", "1"), .init("2", "2")]),
      .checkbox("setuju", label: "Setuju"),
    ]
  }

  private func routes(_ form: Switch = Switch()) -> [Route] {
    [
      Route(.get, "/isi", for: .everyone) { request in
        .page(request, title: "Isi") {
          h1 { request.words("form.optional") }
          if form.isOn {
            details {
              summary { "Formulir" }
              formNode(
                request.context, to: "/isi", submission: form.submission(),
                fields: Self.fields(request.words), submitLabel: "Kirim")
            }
          }
        }
      },
      Route(.post, "/isi", for: .everyone) { request in .text("terkirim \(request.form["nama"])") },
      Route(.get, "/petugas/isi", for: .officers(with: .serve)) { request in
        .page(request, title: "Isi") {
          h1 { "Isi" }
          formNode(
            request, to: "/petugas/isi", submission: nil, fields: Self.fields(request.words), submitLabel: "Kirim")
        }
      },
      Route(.post, "/petugas/isi", for: .officers(with: .serve)) { .text("terkirim \($0.form["nama"])") },
      Route(.post, "/lihat", for: .everyone, isLookUp: true) { request in
        .page(request, title: "Lihat") { h1 { "\(request.words("form.optional")) \(request.form["nomor"])" } }
      },
      Route(.get, "/lihat", for: .everyone) { request in
        .page(request, title: "Lihat") {
          h1 { "Lihat" }
          formNode(
            request, to: "/lihat", submission: nil, fields: [.text("nomor", label: "Nomor")], submitLabel: "Lihat")
        }
      },
    ]
  }

  private static let typed: KeyValuePairs<String, String> = [
    "nama": "Siti \"A\" <b> é", "lahir--hari": "3", "lahir--bulan": "Mei", "lahir--tahun": "90", "isi": "satu\n dua  ",
    "jalur": "b", "loket": "2", "setuju": "ya", "sandi": "rahasia sekali",
  ]

  private func browse<Value: Sendable>(
    _ routes: [Route], _ work: @escaping @Sendable (Browser) throws -> Value
  ) async throws -> Value {
    let port = try serve(routes).port
    return try await offPool { try work(Browser(port: port)) }
  }

  /// What the browser sends when the switch of that name is pressed.
  private static func pressing(_ setting: String, _ value: String, _ form: PageForm) -> PageForm {
    var fields = form
    fields = fields.filled(["_tampilan.\(setting)": value])
    var sent = PageForm(to: "/tampilan")
    for (name, value) in fields.fields { sent = sent.adding(name, value) }
    return sent
  }

  func testEveryKindOfFieldComesBackButPasswordsAndTheTokenIsFresh() async throws {
    let (before, after) = try await browse(routes()) { browser in
      let page = try browser.get("/isi?n=1")
      let form = (page.form(to: "/isi") ?? PageForm.none).filled(Self.typed).adding("bantuan", "x").adding(
        "bantuan", "z")
      return (form, try browser.submit(Self.pressing("bahasa", "en", form)))
    }
    XCTAssertEqual(after.status, 200)
    XCTAssertEqual(after.heading, "(optional)", "the page is in the language that was chosen")
    XCTAssertNil(after.location)
    let form = try XCTUnwrap(after.form(to: "/isi"))
    for (name, value) in Self.typed where name != "sandi" { XCTAssertEqual(form[name], value, name) }
    XCTAssertEqual(form.fields.filter { $0.name == "bantuan" }.map(\.value), ["x", "z"])
    XCTAssertEqual(form["_kirim"], before["_kirim"], "sent twice it is the same submission")
    XCTAssertFalse(after.text.contains("rahasia sekali"), "a password is never sent back")
    XCTAssertTrue(after.text.contains("<details open"), "the form is folded away")
    XCTAssertEqual(after.all("set-cookie").filter { $0.hasPrefix("bahasa=en") }.count, 1)
  }

  func testUntouchedFormLeadsBackToItsAddress() async throws {
    let answer = try await browse(routes()) { browser in
      let form = try browser.get("/isi?n=1").form(to: "/isi") ?? PageForm.none
      return try browser.submit(Self.pressing("besar", "ya", form.filled(["loket": ""])))
    }
    XCTAssertEqual(answer.status, 303)
    XCTAssertEqual(answer.location, "/isi?n=1")
  }

  func testFormThatIsGoneCanStillBeSent() async throws {
    let form = Switch()
    let (gone, sent) = try await browse(routes(form)) { browser in
      let page = try browser.get("/isi").form(to: "/isi") ?? PageForm.none
      form.turnOff()
      var typed = page.filled(["nama": "Siti"])
      typed = typed.without("sandi")
      let gone = try browser.submit(Self.pressing("bahasa", "en", typed))
      return (gone, try browser.submit(gone.form(to: "/isi") ?? PageForm.none))
    }
    XCTAssertTrue(gone.text.contains("What you wrote is not lost"), gone.text)
    XCTAssertEqual(sent.text, "terkirim Siti")
  }

  func testPageThatALookUpShowsIsShownAgainInTheNewLanguage() async throws {
    let (shown, again) = try await browse(routes()) { browser in
      let form = try browser.get("/lihat").form(to: "/lihat") ?? PageForm.none
      let shown = try browser.submit(form.filled(["nomor": "12 & 3"]))
      let own = shown.form(to: "/tampilan") ?? PageForm.none
      return (shown, try browser.submit(own.filled(["_tampilan.bahasa": "en"])))
    }
    XCTAssertEqual(shown.heading, "(tidak wajib) 12 & 3")
    XCTAssertEqual(again.heading, "(optional) 12 & 3")
    XCTAssertFalse(again.links.contains { $0.contains("12") }, "what was looked up stands in an address")
  }

  func testWhatAnOfficerWroteIsSentAfterSigningInAgain() async throws {
    let (refused, sent) = try await browse(routes()) { browser in
      browser.setCookie("petugas", "T0KENCLERK")
      let form = try browser.get("/petugas/isi").form(to: "/petugas/isi") ?? PageForm.none
      browser.setCookie("petugas", "HABIS")
      let refused = try browser.submit(form.filled(["nama": "Siti"]).without("sandi"))
      browser.setCookie("petugas", "T0KENCLERK")
      return (refused, try browser.submit(refused.form(to: "/petugas/isi") ?? PageForm.none))
    }
    XCTAssertEqual(refused.status, 401)
    XCTAssertTrue(refused.text.contains("Isian Anda masih ada di halaman ini"), refused.text)
    XCTAssertEqual(sent.text, "terkirim Siti")
  }

  func testStrangersPageCannotLayWordsIntoAnOfficersHand() async throws {
    let refused = try await browse(routes()) { browser in
      try browser.post("/petugas/isi", ["nama": "jahat", "_csrf": "salah"])
    }
    XCTAssertEqual(refused.status, 401)
    XCTAssertFalse(refused.text.contains("jahat"))
  }
}
