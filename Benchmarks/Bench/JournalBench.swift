import Bare
import Core
import Day
import Foundation
import Measuring
import Store

/// Appends events to the journal and nothing else, and writes their rows once more by SQLite alone under the same settings.
///
/// A bare row is given its number. That the journal draws each number from a row of the same transaction is so much more,
/// and stands in the ratio.
struct JournalBench: Sendable {
  /// About what the queue tells of a ticket.
  private static let event = Event(
    kind: "ticket.called", entity: "4711", payload: "{\"number\":\"A-117\",\"counter\":3}")
  private static let table = """
    CREATE TABLE event (
      sequence INTEGER NOT NULL PRIMARY KEY, instant INTEGER NOT NULL, kind TEXT NOT NULL, entity TEXT NOT NULL,
      payload TEXT NOT NULL
    ) STRICT
    """

  /// Events a commit.
  let batch: Int
  /// How many to write: whole commits.
  let count: Int

  /// Events a second that are durable when they are counted, one closure after another.
  ///
  /// - Throws: `Trouble` when the journal has not all of them.
  func rate(in directory: URL) async throws -> Double {
    let path = directory.appendingPathComponent("journal-\(UUID().uuidString)/gapura.db").path
    let store = try Store.open(at: path, readers: 1, clock: SystemClock(), log: SilentLog())
    let batch = batch
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<(count / batch) {
      try await store.write { transaction in
        for _ in 0..<batch { try transaction.append(Self.event) }
      }
    }
    let duration = clock.now - start
    let latest = try await store.journal.latestSequence()
    await store.close()
    guard latest == Int64(count) else { throw Trouble("\(latest) of \(count) events are in the journal") }
    return Double(count) / duration.seconds
  }

  /// The same rows a second in a table of bare SQLite.
  func bareRate(in directory: URL) throws -> Double {
    let bare = try BareDatabase(at: directory.appendingPathComponent("events-\(UUID().uuidString).db").path)
    for setting in BareTickets.settings { try bare.run("PRAGMA \(setting)") }
    try bare.run(Self.table)
    let insert = try BareStatement(
      "INSERT INTO event (sequence, instant, kind, entity, payload) VALUES (?1, ?2, ?3, ?4, ?5)", of: bare)
    let time = SystemClock()
    let clock = ContinuousClock()
    let start = clock.now
    for first in stride(from: 0, to: count, by: batch) {
      try bare.run("BEGIN IMMEDIATE")
      for sequence in (first + 1)...(first + batch) {
        insert.bind(1, Int64(sequence))
        insert.bind(2, time.now.milliseconds)
        insert.bind(3, Self.event.kind.description)
        insert.bind(4, Self.event.entity)
        insert.bind(5, Self.event.payload)
        _ = try insert.step()
        insert.reset()
      }
      try bare.run("COMMIT")
    }
    return Double(count) / (clock.now - start).seconds
  }
}
