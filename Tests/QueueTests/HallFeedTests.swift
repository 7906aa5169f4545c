import Client
import Contracts
import Core
import Store
import Synchronization
import Web
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue

final class HallFeedTests: XCTestCase {
  func testWatcherSeesTheBoardAtOnceAndEachCallAfterIt() async throws {
    let hall = try await QueueHall()
    let feed = try hall.feed()
    try await feed.start()
    var updates = feed.watch().makeAsyncIterator()
    let atOnce = await updates.next()
    XCTAssertEqual(
      atOnce?.board(of: .wholeHall, in: hall.office), Board(calls: [], waiting: 0, office: .unattended(until: nil)))

    _ = try await hall.take()
    _ = try await hall.next(2)
    var latest = await updates.next()
    while let snapshot = latest, snapshot.calls.isEmpty { latest = await updates.next() }
    XCTAssertEqual(
      latest?.board(of: .wholeHall, in: hall.office),
      Board(
        calls: [.init(number: "A-001", counter: 2, calls: 1)], waiting: 0, office: .open(counters: [2], until: nil)))
    feed.stop()
    // It ends, whatever still came before the end.
    while await updates.next() != nil {}
    await hall.close()
  }

  func testAJournalThatCannotBeReadIsSaidAndFollowedAgain() async throws {
    let hall = try await QueueHall()
    let work = RegularWork()
    let feed = try hall.feed(work: work)
    try await feed.start()
    var updates = feed.watch().makeAsyncIterator()
    _ = await updates.next()
    _ = try await hall.take()

    try DatabaseShell.run("ALTER TABLE store_events RENAME TO store_events_away", on: hall.store.path)
    // A commit without an event: a follower looks, and cannot.
    try await hall.store.keep(ClockReading(wall: hall.clock.now, uptime: hall.clock.now, boot: nil))
    try await wait("that the journal cannot be read is said") { work.report?.contains("the call display") == true }
    try DatabaseShell.run("ALTER TABLE store_events_away RENAME TO store_events", on: hall.store.path)
    _ = try await hall.next(2)
    var latest = await updates.next()
    while let snapshot = latest, snapshot.calls.isEmpty { latest = await updates.next() }
    XCTAssertEqual(latest?.calls.map(\.number), ["A-001"], "it has gone on")
    try await wait("it is not said any more") { work.report == nil }
    feed.stop()
    await hall.close()
  }

  func testAHallThatCouldNotBeReadOnceIsFollowedOnAndSaidMeanwhile() async throws {
    let hall = try await QueueHall()
    let work = RegularWork()
    let feed = try hall.feed(work: work)
    try await feed.start()
    try await hall.openCounters(1)
    try DatabaseShell.run("ALTER TABLE queue_counter RENAME TO queue_counter_away", on: hall.store.path)
    try await hall.store.write { try $0.append(Event(kind: "hall.changed", entity: "test")) }
    try await wait("that the hall cannot be read is said") { work.report?.contains("the call display") == true }
    try DatabaseShell.run("ALTER TABLE queue_counter_away RENAME TO queue_counter", on: hall.store.path)
    _ = try await hall.take()
    try await wait("the number is seen") { feed.live.waitingCount == 1 }
    try await wait("it is not said any more") { work.report == nil }
    feed.stop()
    await hall.close()
  }

  private func wait(_ fact: String, _ holds: () -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !holds() {
      guard ContinuousClock.now < deadline else { return XCTFail("never: \(fact)") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// A person who opens a thousand streams does not make each call of the hall a thousand times as dear.
  func testTheMoreStreamsListenTheLongerChangesAreGathered() async throws {
    XCTAssertEqual(HallFeed.pause(streamCount: 0), .milliseconds(20))
    XCTAssertLessThan(HallFeed.pause(streamCount: 40), .milliseconds(50), "a hall's own displays")
    XCTAssertEqual(HallFeed.pause(streamCount: 1000), .milliseconds(270))
    XCTAssertEqual(HallFeed.pause(streamCount: 1_000_000), .seconds(1), "nobody waits longer")

    let hall = try await QueueHall()
    let live = try hall.live()
    let displays = try hall.displays(live)
    let ticket = try await hall.take()
    let display = LiveDisplays.Display(zone: nil, language: .indonesian)
    let zone = try XCTUnwrap(displays.configured.zone(nil))
    let streams = [
      displays.follow(display, in: zone, lastEventID: nil),
      try await live.follow(LiveHall.Phone(code: ticket.code, language: .english)),
    ]
    XCTAssertEqual(live.streamCount, 2, "displays and phones")
    for stream in streams { stream.close() }
    XCTAssertEqual(live.streamCount, 0)
    await hall.close()
  }

  func testAReadingThatIsOvertakenChangesNothingAndCallsNobodyAgain() async throws {
    let hall = try await QueueHall()
    let live = try hall.live()
    let first = try await hall.take()
    let before = try await hall.snapshot()
    _ = try await hall.next(1)
    let called = try await hall.snapshot()
    XCTAssertTrue(live.take(called, turn: 2))
    XCTAssertFalse(live.take(before, turn: 1), "it was begun before, and is told after")
    XCTAssertFalse(live.take(called, turn: 2), "nothing is told twice")
    XCTAssertEqual(live.hall.calls.map(\.number), [first.number])
    // Begun earlier and yet of a later state: what has happened counts.
    try await hall.act(.recall, on: first.id, at: 1)
    let recalled = try await hall.snapshot()
    XCTAssertTrue(live.take(recalled, turn: 1))
    XCTAssertEqual(live.hall.calls.map(\.calls), [2])
    await hall.close()
  }

  func testAnObserverIsShownThePresentAtOnceAndNothingOlder() async throws {
    let hall = try await QueueHall()
    let live = try hall.live()
    let early = KeptSnapshots()
    live.add(early)
    XCTAssertEqual(early.snapshots, [], "nothing has been read")
    _ = try await hall.take()
    let before = try await hall.snapshot()
    _ = try await hall.next(1)
    let called = try await hall.snapshot()
    live.take(called, turn: 2)
    live.take(before, turn: 1)
    XCTAssertEqual(early.snapshots, [QueueSnapshot(called)])
    let late = KeptSnapshots()
    live.add(late)
    XCTAssertEqual(late.snapshots, [QueueSnapshot(called)])
    XCTAssertEqual(live.streamCount, 6, "the more they tell, the longer changes are gathered")
    await hall.close()
  }

  func testRecallIsSeenByItsCount() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.recall, on: ticket.id, at: 1)
    let snapshot = try await hall.snapshot()
    XCTAssertEqual(snapshot.calls.first?.calls, 2)
    await hall.close()
  }
}

/// Keeps what it is shown.
private final class KeptSnapshots: QueueObserver {
  let streamCount = 3
  private let kept = Mutex<[QueueSnapshot]>([])

  var snapshots: [QueueSnapshot] { kept.withLock { $0 } }

  func show(_ snapshot: QueueSnapshot) { kept.withLock { $0.append(snapshot) } }
}
