import Client
import Core
import HTML
import Synchronization
import Web
import XCTest

/// What stands between officers' requests and their routes, whatever module keeps the sessions.
final class SessionGuardTests: ServingTestCase {
  /// A session under the token `1`, `2`, …, which a test locks and lets grow old.
  private final class Keeper: Gatekeeper {
    struct State {
      var number = 1
      var isLocked = false
      var isProven = false
      var acts: [Bool] = []
      var isOver = false
    }

    let state = Mutex(State())
    private let sari = SignedInOfficer(id: OfficerID(7), rights: Rights([.supervisor]), name: "Sari")

    func officer(holding token: String) async throws -> SignedInOfficer? {
      state.withLock { token == "\($0.number)" && !$0.isLocked && !$0.isOver } ? sari : nil
    }

    func standing(of token: String, isAct: Bool) async throws -> SessionStanding {
      let sari = self.sari
      return state.withLock { state in
        state.acts.append(isAct)
        guard token == "\(state.number)", !state.isOver else { return .over }
        return state.isLocked ? .locked : .open(sari, isProven: state.isProven)
      }
    }

    func unlock(_ request: Request) async throws -> ProofAnswer {
      try await answer(request, "pin", "/terkunci") { $0.isLocked = false }
    }

    func prove(_ request: Request) async throws -> ProofAnswer {
      try await answer(request, "sandi", "/bukti") { $0.isProven = true }
    }

    private func answer(
      _ request: Request, _ name: String, _ title: String, _ change: (inout State) -> Void
    ) async throws -> ProofAnswer {
      guard request.form["\(ProofAnswer.fieldPrefix)\(name)"] == "benar" else {
        let carried = request.carried
        return .asked(
          .page(request, title: title) {
            formNode(
              request, to: request.ownLink, submission: nil,
              fields: [
                .text("\(ProofAnswer.fieldPrefix)\(name)", label: "Bukti", kind: .password)
              ] + carried, submitLabel: "Lanjutkan")
          })
      }
      let number = state.withLock { state in
        change(&state)
        state.number += 1
        return state.number
      }
      return .given(token: "\(number)")
    }
  }

  private let keeper = Keeper()

  /// What a form sent, without what every form of a page carries.
  private static func sent(with request: Request) -> String {
    request.form.entries.filter { !["_csrf", "_halaman", "_formulir"].contains($0.name) }
      .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
  }

  private var routes: [Route] {
    [
      Route(.get, "/petugas/meja", for: .officers(with: .serve)) { .text("halo \($0.officer?.name ?? "-")") },
      Route(.post, "/petugas/meja", for: .officers(with: .serve)) { .text(Self.sent(with: $0)) },
      Route(.post, "/petugas/gawat", for: .officers(with: .serve), fresh: true) { .text(Self.sent(with: $0)) },
      Route(.post, "/petugas/tombol", for: .officers(with: .serve), fresh: true) { request in
        guard request.prefersPage else { return .redirect("/petugas/meja") }
        let page = Response.page(request, title: "Meja") { .text("isi \(request.form["isi"])") }
        return page.standing(at: "/petugas/meja")
      },
      Route(.post, "/petugas/gagal", for: .officers(with: .serve), fresh: true) { _ in
        throw Problem(.conflict, "officers.own-account")
      },
      Route(.get, "/petugas/berkas.csv", for: .officers(with: .serve), fresh: true) { _ in .text("a;b") },
      Route(.get, "/petugas/peristiwa", for: .officers(with: .serve)) { _ in
        let stream = EventStream()
        stream.send(ServerEvent(data: "mulai"))
        return .events(stream)
      },
      Route(.get, "/", for: .everyone) { request in .page(request, title: "x") { .text(request.officer?.name ?? "-") }
      },
    ]
  }

  private func browse<Value: Sendable>(_ work: @escaping @Sendable (Browser) throws -> Value) async throws -> Value {
    let keeper = self.keeper
    let port = try serve(routes) { $0.gatekeeper = keeper }.port
    return try await offPool {
      let browser = Browser(port: port)
      browser.setCookie("petugas", "1")
      _ = try browser.get("/")
      return try work(browser)
    }
  }

  private func set(_ change: (inout Keeper.State) -> Void) { keeper.state.withLock { change(&$0) } }

  func testALockedSessionShowsNoPageOfOfficersAndIsNobodyOnOthers() async throws {
    set { $0.isLocked = true }
    let (page, events, home) = try await browse { browser in
      (
        try browser.get("/petugas/meja"), try browser.get("/petugas/peristiwa", ["Accept": "text/event-stream"]),
        try browser.get("/")
      )
    }
    XCTAssertEqual(page.location, "/petugas/terkunci?kembali=%2Fpetugas%2Fmeja")
    XCTAssertEqual(events.status, 401)
    XCTAssertFalse(home.text.contains("Sari"))
  }

  func testAFormForALockedSessionGoesOnOnceItIsOpenedAndNoProofReachesTheRoute() async throws {
    set { $0.isLocked = true }
    let (asked, wrong, done, cookie) = try await browse { browser in
      let asked = try browser.post("/petugas/meja", ["nama": "A \"b\" <c>", "isi": "x", "isi": "y", "_kirim": "k"])
      let form = asked.form(to: "/petugas/meja") ?? PageForm.none
      let wrong = try browser.submit(form.filled(["_bukti-pin": "salah"]))
      let done = try browser.submit((wrong.form(to: "/petugas/meja") ?? PageForm.none).filled(["_bukti-pin": "benar"]))
      return (asked, wrong, done, browser.cookies["petugas"])
    }
    XCTAssertEqual([asked.status, wrong.status], [200, 200])
    XCTAssertFalse(wrong.text.contains("salah"))
    XCTAssertEqual(done.text, "nama=A \"b\" <c>&isi=x&isi=y&_kirim=k")
    XCTAssertEqual(cookie, "2", "the session goes on under another token")
  }

  /// As the console's script sends a counter's keys: the page comes with the answer, but not before who it is was asked.
  func testAKeyWhosePageIsPreferredPassesTheLockAndTheProofAndThenStandsAtItsAddress() async throws {
    set { $0.isLocked = true }
    let (locked, asked, done, cookie) = try await browse { browser in
      let locked = try browser.submitForPage(PageForm(to: "/petugas/tombol").filled(["isi": "x"]))
      let opened = (locked.form(to: "/petugas/tombol") ?? PageForm.none).filled(["_bukti-pin": "benar"])
      let asked = try browser.submitForPage(opened)
      let proof = (asked.form(to: "/petugas/tombol") ?? PageForm.none).filled(["_bukti-sandi": "benar"])
      return (locked, asked, try browser.submitForPage(proof), browser.cookies["petugas"])
    }
    for answer in [locked, asked] {
      XCTAssertEqual(answer.status, 200)
      XCTAssertNil(answer.header("content-location"), "what asks stands nowhere")
      XCTAssertNil(answer.header("preference-applied"))
    }
    XCTAssertFalse((locked.text + asked.text).contains("isi x"))
    XCTAssertEqual(done.header("content-location"), "/petugas/meja")
    XCTAssertTrue(done.text.contains("isi x"))
    XCTAssertEqual(cookie, "3", "once for the lock and once for the proof")
  }

  func testAFormFromAnotherSiteOpensNothing() async throws {
    set { $0.isLocked = true }
    let status = try await browse { browser in
      try browser.post("/petugas/meja", ["_bukti-pin": "benar", "_csrf": "salah"]).status
    }
    XCTAssertEqual(status, 403)
    XCTAssertTrue(keeper.state.withLock(\.isLocked))
  }

  func testAnActThatNeedsAFreshProofAsksForItAndGoesOnWithAllThatWasSent() async throws {
    let (asked, done, again) = try await browse { browser in
      let asked = try browser.post("/petugas/gawat", ["nama": "Siti", "sandi-lama": "rahasia", "isi": "x\ny"])
      let form = (asked.form(to: "/petugas/gawat") ?? PageForm.none).filled(["_bukti-sandi": "benar"])
      return (asked, try browser.submit(form), try browser.post("/petugas/gawat", ["nama": "Budi"]))
    }
    XCTAssertFalse(asked.text.contains("rahasia"), "no page holds a password")
    XCTAssertEqual(done.text.filter { $0 != "\r" }, "nama=Siti&isi=x\ny")
    XCTAssertEqual(again.text, "nama=Budi", "for a while nothing is asked again")
  }

  func testWhatFailsAfterAProofStillHandsOutTheNewToken() async throws {
    let (failed, cookie) = try await browse { browser in
      let asked = try browser.post("/petugas/gagal", ["a": "b"])
      let form = (asked.form(to: "/petugas/gagal") ?? PageForm.none).filled(["_bukti-sandi": "benar"])
      return (try browser.submit(form), browser.cookies["petugas"])
    }
    XCTAssertEqual(failed.status, 409)
    XCTAssertEqual(cookie, "2")
  }

  func testAFileThatNeedsAFreshProofLeadsToThePageThatAsks() async throws {
    let (asked, program) = try await browse { browser in
      (
        try browser.get("/petugas/berkas.csv?tabel=a"),
        try browser.get("/petugas/berkas.csv", ["Accept": "application/json"])
      )
    }
    XCTAssertEqual(asked.location, "/petugas/bukti?kembali=%2Fpetugas%2Fberkas.csv%3Ftabel%3Da")
    XCTAssertEqual(program.status, 403)
    XCTAssertTrue(program.text.contains("proof-needed"), program.text)
  }

  func testWhatAPageAsksByItselfIsNoAct() async throws {
    set { $0.acts = [] }
    try await browse { browser in
      _ = try browser.get("/petugas/meja", ["X-Gapura-Live": "1"])
      _ = try browser.get("/petugas/meja")
    }
    XCTAssertEqual(keeper.state.withLock { Array($0.acts.suffix(2)) }, [false, true])
  }

  func testTheEventsOfAPageEndSoonAfterItsSession() async throws {
    let keeper = self.keeper
    let changes: [@Sendable (inout Keeper.State) -> Void] = [
      { $0.isLocked = true }, { $0.isOver = true }, { $0.number += 1 },
    ]
    for change in changes {
      keeper.state.withLock { $0 = Keeper.State() }
      let isEnded = try await browse { browser in
        let events = try browser.events("/petugas/peristiwa")
        defer { events.close() }
        keeper.state.withLock { change(&$0) }
        // Until there is no more, or it has taken too long.
        while try events.next() != nil {}
        return true
      }
      XCTAssertTrue(isEnded)
    }
  }
}
