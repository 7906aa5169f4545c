import Core
import Dispatch
import Synchronization
import XCTest

final class PersonalTests: XCTestCase {
  private struct Form {
    let name: Personal<String>
    let phone: Personal<[String]>
  }

  func testPersonalValuePrintsNowhere() {
    let form = Form(name: Personal("Siti Rahayu"), phone: Personal(["+6281234567890"]))
    var dumped = ""
    dump(form, to: &dumped)
    dump(form.name, to: &dumped)
    let shown = [
      "\(form)", "\(form.name)", String(describing: form.name), String(reflecting: form),
      String(reflecting: form.phone),
      "\(Optional(form.name) as Any)", "\([form.name])", "\(["a": form.phone])", "\(Mirror(reflecting: form.name))",
      dumped,
    ]
    for text in shown {
      XCTAssertFalse(text.contains("Siti") || text.contains("+62812"), text)
    }
    XCTAssertEqual("\(form.name)", "<personal>")
    XCTAssertTrue(dumped.contains("<personal>"), dumped)
    XCTAssertEqual(form.name.exposed, "Siti Rahayu")
  }
}

final class RandomSourceTests: XCTestCase {
  func testSameSeedGivesTheSameNumbers() {
    let seed = testSeed()
    XCTAssertEqual(SeededRandom(seed: seed).bytes(33), SeededRandom(seed: seed).bytes(33))
    XCTAssertNotEqual(SeededRandom(seed: seed).bytes(33), SeededRandom(seed: seed &+ 1).bytes(33))
  }

  /// The reference implementation's first outputs for seed 1234567 (Vigna, splitmix64.c).
  func testSplitMix64GivesTheReferenceNumbers() {
    let random = SeededRandom(seed: 1_234_567)
    XCTAssertEqual(
      (0..<5).map { _ in random.uint64() },
      [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  func testNumbersBelowABoundReachAllOfThemAndNoMore() {
    let random = SeededRandom(seed: testSeed())
    XCTAssertEqual(Set((0..<2000).map { _ in random.below(7) }), Set(0..<7))
    XCTAssertEqual(random.below(1), 0)
  }
}

final class PrincipalTests: XCTestCase {
  func testPrincipalsAreNamedForTheAudit() {
    XCTAssertEqual(Principal.officer(OfficerID(12), .clerk).description, "officer:12:clerk")
    XCTAssertEqual(Principal.kiosk("lobby-1").description, "kiosk:lobby-1")
    XCTAssertEqual(Principal.system("queue").description, "system:queue")
    XCTAssertEqual(Principal.applicant.description, "applicant")
  }
}

final class LogTests: XCTestCase {
  private final class Lines: Log {
    let lines = Mutex<[String]>([])
    func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
      lines.withLock { $0.append("\(level.rawValue) \(message) \(fields.map { "\($0.name)=\($0.value)" })") }
    }
  }

  func testLinesCarryLevelConstantTextAndFields() {
    let log = Lines()
    log.error("disk is full", ["store.free": "0"])
    log.warning("slow")
    log.notice("ready")
    log.info("called", ["ticket.number": "A-012", "counter": "3"])
    XCTAssertEqual(
      log.lines.withLock { $0 },
      [
        "3 disk is full [\"store.free=0\"]", "4 slow []", "5 ready []",
        "6 called [\"ticket.number=A-012\", \"counter=3\"]",
      ])
  }
}

final class SerialQueueExecutorTests: XCTestCase {
  private actor Worker {
    private let executor = SerialQueueExecutor(label: "test.worker")
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private var count = 0

    func work() -> Int {
      dispatchPrecondition(condition: .onQueue(executor.queue))
      count += 1
      return count
    }
  }

  func testActorRunsOneJobAtATimeOnItsOwnQueue() async {
    let worker = Worker()
    let results = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<100 { group.addTask { await worker.work() } }
      return await group.reduce(into: Set<Int>()) { $0.insert($1) }
    }
    XCTAssertEqual(results, Set(1...100))
  }
}
