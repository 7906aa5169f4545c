import Contracts
import Core
import Expectations
import XCTest

@testable import Vault

final class HashingQueueTests: XCTestCase {
  private typealias Queue = HashingQueue<String>

  func testOfficersComeBeforeStrangersAndInTheirOwnOrder() {
    var queue = Queue()
    add(&queue, ["s1": .stranger([1]), "o1": .officer], in: ["s1", "o1"])
    add(&queue, ["s2": .stranger([2]), "o2": .officer], in: ["s2", "o2"], from: 2)
    XCTAssertEqual(drained(&queue), ["o1", "o2", "s1", "s2"])
  }

  func testTheLaneOfOfficersLeavesStrangersWhereTheyAre() {
    var queue = Queue()
    add(&queue, ["s": .stranger([1])], in: ["s"])
    XCTAssertNil(queue.next(isForOfficers: true))
    XCTAssertEqual(queue.next(isForOfficers: false), "s")
  }

  func testTheClientThatHasHadTheFewestTurnsIsNext() {
    var queue = Queue()
    for round in 0..<3 {
      _ = queue.add("a\(round)", round, in: .stranger([1]))
      XCTAssertEqual(queue.next(isForOfficers: false), "a\(round)")
    }
    for (id, job) in ["a3", "a4"].enumerated() { _ = queue.add(job, 10 + id, in: .stranger([1])) }
    _ = queue.add("b0", 20, in: .stranger([2]))
    XCTAssertEqual(drained(&queue), ["b0", "a3", "a4"])
  }

  func testAFullLineTurnsNewcomersAwayUnlessAnotherAsksForMore() {
    var queue = Queue()
    let count = Queue.strangerCountMax
    for id in 0..<count { XCTAssertNil(turnedAway(queue.add("a\(id)", id, in: .stranger([1])), "a\(id)")) }
    XCTAssertEqual(turnedAway(queue.add("a-late", 100, in: .stranger([1])), "a-late"), "a-late")
    XCTAssertEqual(
      turnedAway(queue.add("b", 101, in: .stranger([2])), "b"), "a\(count - 1)", "the latest of the greediest")
    let waiting = drained(&queue)
    XCTAssertEqual(waiting.count, count)
    XCTAssertTrue(waiting.contains("b"))
  }

  func testAClientThatTriedBeforeGivesWayToOneThatDidNot() {
    var queue = Queue()
    let count = Queue.strangerCountMax
    // Each has had two turns.
    for client in 0..<count {
      for round in 0..<2 {
        _ = queue.add("early", client * 2 + round, in: .stranger([UInt8(client)]))
        _ = queue.next(isForOfficers: false)
      }
    }
    for client in 0..<count { _ = queue.add("again\(client)", 100 + client, in: .stranger([UInt8(client)])) }
    XCTAssertNotNil(turnedAway(queue.add("new", 200, in: .stranger([200])), "new"))
    XCTAssertEqual(queue.next(isForOfficers: false), "new")
  }

  func testAStormOfOneTurnEachTurnsNewcomersAwayUntilThereIsRoom() {
    var queue = Queue()
    for client in 0..<Queue.strangerCountMax { _ = queue.add("x", client, in: .stranger([UInt8(client)])) }
    XCTAssertEqual(turnedAway(queue.add("new", 50, in: .stranger([99])), "new"), "new")
    _ = queue.next(isForOfficers: false)
    XCTAssertNil(turnedAway(queue.add("new", 51, in: .stranger([99])), "new"))
  }

  func testWhatIsNotWaitedForAnyMoreIsTakenOutOnce() {
    var queue = Queue()
    _ = queue.add("s", 1, in: .stranger([1]))
    _ = queue.add("o", 2, in: .officer)
    XCTAssertEqual([queue.remove(1), queue.remove(1), queue.remove(2), queue.remove(3)], ["s", nil, "o", nil])
    XCTAssertEqual(drained(&queue), [])
  }

  /// Whatever comes in whatever order: each job is served, turned away or taken out exactly once, and the line is bounded.
  func testEachJobHasOneEnd() {
    let seed = TestSeed.drawn()
    let random = SeededRandom(seed: seed)
    var queue = Queue()
    var (ended, waiting): ([String: Int], Set<Int>) = ([:], [])
    for id in 0..<20_000 {
      switch random.uint64() % 8 {
      case 0...4:
        let turn: PasswordTurn = random.uint64() % 5 == 0 ? .officer : .stranger([UInt8(random.uint64() % 40)])
        waiting.insert(id)
        if let away = turnedAway(queue.add(String(id), id, in: turn), String(id)) {
          ended[away, default: 0] += 1
          if let number = Int(away) { waiting.remove(number) }
        }
      case 5: if let id = waiting.randomOne(random), let job = queue.remove(id) { end(job) }
      default: if let job = queue.next(isForOfficers: random.uint64() % 2 == 0) { end(job) }
      }
      XCTAssertLessThanOrEqual(waiting.count, Queue.officerCountMax + Queue.strangerCountMax, "seed \(seed)")
    }
    for job in drained(&queue) { end(job) }
    XCTAssertEqual(waiting, [], "seed \(seed)")
    XCTAssertGreaterThan(ended.count, 10_000)
    XCTAssertEqual(ended.filter { $0.value != 1 }, [:], "seed \(seed)")

    func end(_ job: String) {
      ended[job, default: 0] += 1
      if let number = Int(job) { waiting.remove(number) }
    }
  }

  // MARK: Hands

  private func add(
    _ queue: inout Queue, _ turns: [String: PasswordTurn], in order: [String], from first: Int = 0
  ) {
    for (place, job) in order.enumerated() {
      if let turn = turns[job] { XCTAssertNil(turnedAway(queue.add(job, first + place, in: turn), job)) }
    }
  }

  /// The job that does not wait any more: the one that came, or the one whose place it took.
  private func turnedAway(_ admission: Queue.Admission, _ job: String) -> String? {
    switch admission {
    case .waits: nil
    case .waitsInstead(of: let other): other
    case .turnedAway: job
    }
  }

  private func drained(_ queue: inout Queue) -> [String] {
    var jobs: [String] = []
    while let job = queue.next(isForOfficers: false) { jobs.append(job) }
    return jobs
  }
}

extension Set<Int> {
  /// One of them, by chance.
  fileprivate func randomOne(_ random: SeededRandom) -> Int? {
    isEmpty ? nil : sorted()[Int(random.uint64() % UInt64(count))]
  }
}
