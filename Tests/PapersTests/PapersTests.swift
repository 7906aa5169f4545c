import Client
import Contracts
import Core
import ModuleHarness
import Papers
import Store
import Web
import XCTest

/// Papers hold random bits of their own, which are exchanged at once for what the paper shows.
final class PapersTests: XCTestCase {
  private struct Office {
    let base: ModuleOffice
    let papers: any PaperLinks
    let ends: any EndService
    let routes: [Route]

    var soon: Instant { base.clock.now + .hours(24) }
  }

  private func open() async throws -> Office {
    let base = try ModuleOffice()
    let ends = Ends()
    var services = ServiceRegistry()
    services.provide(Store.self, base.store)
    services.provide((any WallClock).self, base.clock)
    services.provide((any RandomSource).self, base.random)
    services.provide((any KeyedHash).self, QuickHash())
    services.provide((any EndService).self, ends)
    try await base.store.migrate([PapersModule.schema])
    let module = PapersModule(services: services)
    module.provide(to: &services)
    return Office(
      base: base, papers: services.require((any PaperLinks).self), ends: ends,
      routes: module.routes() + [
        Route(.get, "/tiket/:kode", for: .everyone) { request in .text("tiket \(request.method)") },
        Route(.get, "/permohonan/:nomor", for: .everyone) { request in .text("berkas \(request.method)") },
      ])
  }

  private let ticket = PaperSubject.ticket(PublicCode(from: SeededRandom(seed: 3)))
  private let number = ApplicationNumber(from: SeededRandom(seed: 4))

  func testAPaperKeepsItsBitsAndAnotherHasOthers() async throws {
    let office = try await open()
    let first = try await office.papers.code(of: ticket, until: office.soon)
    let again = try await office.papers.code(of: ticket, until: office.soon)
    let other = try await office.papers.code(of: .application(number), until: office.soon)
    XCTAssertEqual(first, again)
    XCTAssertNotEqual(first, other)
    XCTAssertEqual(try XCTUnwrap(first).bytes.count * 8, 128)
    let found = try await office.papers.subject(of: try XCTUnwrap(first))
    XCTAssertEqual(found, ticket)
    let printed = try XCTUnwrap(first)
    XCTAssertEqual(PaperCode(scanned: "HTTPS://ANTRE.EXAMPLE.GO.ID/K/\(printed)"), printed)
    XCTAssertNil(PaperCode(scanned: "https://antre.example.go.id/tiket/\(printed)"))
    // A person who has the database has no address.
    let kept = try office.base.databaseBytes()
    XCTAssertNil(kept.firstRange(of: printed.bytes))
    XCTAssertNil(kept.firstRange(of: Array(printed.description.utf8)))
  }

  func testACodeEndsWithItsTimeAndIsProlongedWhileItsCaseGoesOn() async throws {
    let office = try await open()
    let made = try await office.papers.code(of: ticket, until: office.soon)
    let code = try XCTUnwrap(made)
    let later = office.base.clock.now + .hours(48)
    let prolonged = try await office.papers.code(of: ticket, until: later)
    XCTAssertEqual(prolonged, code, "an appointment that was moved is on the same paper")
    office.base.clock.advance(by: .hours(30))
    var found = try await office.papers.subject(of: code)
    XCTAssertEqual(found, ticket)
    office.base.clock.advance(by: .hours(18))
    found = try await office.papers.subject(of: code)
    XCTAssertNil(found)
    let late = try await office.papers.code(of: ticket, until: later)
    XCTAssertNil(late, "what is over is not printed any more")
    let anew = try await office.papers.code(of: ticket, until: office.soon)
    XCTAssertNotEqual(anew, code)
  }

  /// The machine was three days ahead after a night without power, and believed.
  func testACodeThatEndedOnAWrongDateOpensAgainOnARightOne() async throws {
    let office = try await open()
    let made = try await office.papers.code(of: ticket, until: office.soon)
    let code = try XCTUnwrap(made)
    office.base.clock.advance(by: .hours(72))
    var found = try await office.papers.subject(of: code)
    XCTAssertNil(found)
    // Another paper is printed, with which what has ended goes.
    _ = try await office.papers.code(of: .application(number), until: office.soon)
    office.base.clock.advance(by: .zero - .hours(72))
    found = try await office.papers.subject(of: code)
    XCTAssertEqual(found, ticket)
    let again = try await office.papers.code(of: ticket, until: office.soon)
    XCTAssertEqual(again, code)
    office.base.clock.advance(by: .hours(24 * 9))
    _ = try await office.papers.code(of: .application(number), until: office.soon)
    let rows = try await office.base.store.read { try $0.value("SELECT count(*) FROM papers_code") as Int? }
    XCTAssertEqual(rows, 1, "it goes in the end")
  }

  func testACodeEndsWithItsCase() async throws {
    let office = try await open()
    let made = try await office.papers.code(of: .application(number), until: office.soon)
    let code = try XCTUnwrap(made)
    let (ends, number) = (office.ends, number)
    try await office.base.store.write { try ends.tell(.application(number, .erased), in: $0) }
    let found = try await office.papers.subject(of: code)
    XCTAssertNil(found)
    let rows = try await office.base.store.read { try $0.value("SELECT count(*) FROM papers_code") as Int? }
    XCTAssertEqual(rows, 0)
  }

  func testTheBitsAreExchangedAtOnceAndStandAboveNoPage() async throws {
    let office = try await open()
    let codes = [
      try await office.papers.code(of: ticket, until: office.soon),
      try await office.papers.code(of: .application(number), until: office.soon),
    ]
    let served = try ServedModule(office.routes, in: office.base)
    for (code, path) in zip(codes, ["/tiket/\(PublicCode(from: SeededRandom(seed: 3)))", "/permohonan/\(number)"]) {
      let visitor = served.visitor()
      let answer = try await visitor.get(try XCTUnwrap(code).path)
      XCTAssertEqual(answer.status, 303)
      XCTAssertEqual(answer.location, path)
      let sent = try XCTUnwrap(answer.sent?.location, "a number stands on the line")
      XCTAssertFalse(sent.contains(try XCTUnwrap(code).description))
      XCTAssertEqual(answer.header("cache-control"), "no-store")
      let cookies = answer.all("set-cookie").map { String($0.prefix { $0 != "=" }) }.sorted()
      XCTAssertEqual(cookies, path.hasPrefix("/tiket") ? ["menuju", "tamu"] : ["kertas", "menuju", "tamu"])
      let page = try await visitor.visit(try XCTUnwrap(code).path)
      XCTAssertEqual(page.status, 200)
    }
    await served.stop()
  }

  func testAnUnknownAnEndedAndAGarbledCodeHaveOneAnswer() async throws {
    let office = try await open()
    let made = try await office.papers.code(of: ticket, until: office.soon)
    let ended = try XCTUnwrap(made)
    let unknown = try XCTUnwrap(PaperCode(SeededRandom(seed: 9).bytes(PaperCode.byteCount)))
    office.base.clock.advance(by: .hours(25))
    let served = try ServedModule(office.routes, in: office.base)
    var texts: Set<String> = []
    for path in [ended.path, unknown.path, "/k/0", "/k/\(number)", "/k/" + String(repeating: "z", count: 300)] {
      let answer = try await served.visitor().get(path)
      XCTAssertEqual(answer.status, 404, path)
      XCTAssertTrue(answer.text.contains("data-code=\"paper.unknown\""))
      texts.insert(Markup(answer.body).text)
    }
    XCTAssertEqual(texts.count, 1)
    await served.stop()
  }
}
