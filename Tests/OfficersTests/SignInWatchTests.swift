import Core
import ModuleHarness
import Store
import XCTest

@testable import Officers

final class SignInWatchTests: XCTestCase {
  private static let rules = StormRules(failureCount: 20, window: .minutes(10))

  private func watch(in office: ModuleOffice, log: any Log = SilentLog()) async throws -> SignInWatch {
    try await office.store.migrate([.officers])
    return SignInWatch(store: office.store, clock: office.clock, log: log, rules: Self.rules)
  }

  private func kinds(in office: ModuleOffice) async throws -> [EventKind] {
    try await office.store.journal.events(after: 0, limit: 10).map(\.kind)
  }

  func testAsManyFailuresAsAreNoMistypingAreAStormThatIsToldOnce() async throws {
    let (office, log) = (try ModuleOffice(), KeptLog())
    let watch = try await watch(in: office, log: log)
    for number in 0..<19 {
      await watch.note(from: "jaringan-\(number % 3)")
      XCTAssertFalse(watch.isStorm)
      office.clock.advance(by: .seconds(10))
    }
    for _ in 0..<30 { await watch.note(from: "jaringan-4", isHeld: true) }
    XCTAssertTrue(watch.isStorm)
    let storm = try XCTUnwrap(watch.latest)
    XCTAssertEqual(storm.began, ModuleOffice.start, "it began with the first of them")
    XCTAssertEqual([storm.tryCount, storm.networkCount], [49, 4])
    XCTAssertEqual(watch.counts, SignInWatch.Counts(failed: 19, held: 30))
    XCTAssertEqual(log.lines.count { $0.contains("sign-in-storm") }, 1, "\(log.lines)")
    let kinds = try await kinds(in: office)
    XCTAssertEqual(kinds, ["officer.storm-began"])
  }

  func testFailuresThatComeSlowlyAreNone() async throws {
    let office = try ModuleOffice()
    let watch = try await watch(in: office)
    for _ in 0..<100 {
      await watch.note(from: "jaringan")
      office.clock.advance(by: .seconds(32))
    }
    XCTAssertNil(watch.latest)
  }

  func testAStormIsOverWhenHalfAsManyFailAndThatIsToldOnce() async throws {
    let (office, log) = (try ModuleOffice(), KeptLog())
    let watch = try await watch(in: office, log: log)
    for _ in 0..<25 { await watch.note(from: "jaringan") }
    office.clock.advance(by: .minutes(9))
    let isOver = await watch.look()
    XCTAssertFalse(isOver)
    for _ in 0..<9 { await watch.note(from: "jaringan") }
    office.clock.advance(by: .minutes(2))
    let isOverThen = await watch.look()
    XCTAssertTrue(isOverThen)
    await watch.look()
    XCTAssertFalse(watch.isStorm)
    XCTAssertEqual(watch.latest?.ended, office.clock.now)
    XCTAssertEqual(watch.latest?.tryCount, 34)
    XCTAssertEqual(log.lines.count { $0.contains("sign-in-storm-over") }, 1, "\(log.lines)")
    let kinds = try await kinds(in: office)
    XCTAssertEqual(kinds, ["officer.storm-began", "officer.storm-over"])

    for _ in 0..<11 { await watch.note(from: "jaringan") }
    XCTAssertTrue(watch.isStorm, "with those of before they are as many as make a storm")
    XCTAssertNotEqual(watch.latest?.tryCount, 34)
  }

  func testAClockThatIsSetBackEndsAStormInsteadOfKeepingItForYears() async throws {
    let office = try ModuleOffice()
    let watch = try await watch(in: office)
    office.clock.advance(by: .hours(24 * 3650))
    for _ in 0..<20 { await watch.note(from: "jaringan") }
    XCTAssertTrue(watch.isStorm)
    office.clock.set(ModuleOffice.start)
    let isOver = await watch.look()
    XCTAssertTrue(isOver)
  }

  func testTheShippedFileSaysWhatHoldsWithoutIt() throws {
    let directory = ConfigurationDirectory(path: ModuleOffice.repository + "/etc/gapura")
    XCTAssertEqual(try StormRules.read(from: directory), StormRules())
    XCTAssertEqual(try StormRules.read(from: nil), StormRules())
    let written = try ConfigurationFile(
      path: StormRules.fileName, bytes: Array("{ storm: { failures: 12, minutes: 3 } }".utf8))
    XCTAssertEqual(try written.decode(StormRules.self), StormRules(failureCount: 12, window: .minutes(3)))
    let broken = try ConfigurationFile(path: StormRules.fileName, bytes: Array("{ storm: { failures: 0 } }".utf8))
    XCTAssertThrowsError(try broken.decode(StormRules.self)) { error in
      XCTAssertTrue("\(error)".contains("sign-in.json5:1"), "\(error)")
    }
  }
}
