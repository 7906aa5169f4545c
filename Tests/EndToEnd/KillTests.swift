import Client
import Foundation
import XCTest

/// The process is killed in the middle of writes, again and again: what was acknowledged is there, whole.
final class KillTests: XCTestCase {
  /// As many as it takes to hit every point of a write.
  private static let killCount = 50

  func testEveryAcknowledgedTicketSurvivesBeingKilled() async throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    var random = SplitMix(state: seed)
    let office = try OfficeProcess()
    defer { office.remove() }
    let people = SamplePeople()
    var acknowledged: Set<String> = []
    var numbers: [String] = []

    for kill in 0..<Self.killCount {
      try office.start()
      let told = Told()
      let port = office.port
      let workers = (0..<4).map { worker in
        Task.detached {
          var count = 0
          while let ticket = try? people.applyAndTakeNumber(port: port, person: kill * 10_000 + worker * 1000 + count) {
            told.add(ticket)
            count += 1
          }
        }
      }
      // The moment is random; what is waited for is the first acknowledgement, so that every round writes.
      told.waitForFirst()
      let more = Int(random.next() % 12)
      told.wait(for: more)
      office.kill()
      for worker in workers { await worker.value }
      for ticket in told.all {
        XCTAssertTrue(acknowledged.insert(ticket.code).inserted, "a code was given twice")
        numbers.append(ticket.number)
      }
    }

    XCTAssertEqual(Set(numbers).count, numbers.count, "a number was given twice")
    try office.start()
    let browser = Browser(port: office.port)
    for code in acknowledged { XCTAssertEqual(try browser.get("/tiket/\(code)").status, 200, "ticket \(code) is lost") }
    XCTAssertEqual(office.stop(), 0, office.log)
    let torn = try office.query(
      """
      SELECT count(*) FROM queue_ticket t WHERE
        NOT EXISTS (SELECT 1 FROM store_events e WHERE e.kind = 'ticket.issued' AND e.entity = CAST(t.id AS TEXT))
        OR (t.application IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tracking_case c WHERE c.number = t.application))
      """)
    XCTAssertEqual(torn, "0", "torn tickets")
    let gaps = try office.query(
      "SELECT count(*) FROM (SELECT letter, count(*) AS n, max(number) AS top FROM queue_ticket GROUP BY day, letter) WHERE n <> top")
    XCTAssertEqual(gaps, "0", "a number of a series was lost")
    XCTAssertEqual(try office.query("PRAGMA integrity_check"), "ok")
    XCTAssertGreaterThan(acknowledged.count, Self.killCount)
  }
}
