import Client
import Core
import Foundation
import Synchronization
import XCTest

/// The process is killed in the middle of writes, again and again: what was acknowledged is there, whole.
final class KillTests: XCTestCase {
  /// As many as it takes to hit every point of a write.
  private static let killCount = 50

  func testEveryAcknowledgedTicketSurvivesBeingKilled() throws {
    let random = randomOfThisRun()
    let office = try closedOffice()
    try office.liftRates()
    var acknowledged: Set<String> = []
    var numbers: [String] = []

    for kill in 0..<Self.killCount {
      try office.start()
      let told = Told()
      let port = office.port
      let workers = DispatchGroup()
      for worker in 0..<4 {
        DispatchQueue(label: "visitor \(worker)").async(group: workers) {
          let visitor = HallVisitor(port: port)
          do {
            for count in 0..<25 { told.add(try visitor.applyAndTakeNumber(person: kill * 100 + worker * 25 + count)) }
          } catch {
            told.end(error)
          }
        }
      }
      // The moment is random; what is waited for is acknowledgements, so that every round writes.
      try told.wait(for: 1 + random.below(12))
      office.kill()
      workers.wait()
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
      "SELECT count(*) FROM (SELECT letter, count(*) AS n, max(number) AS top FROM queue_ticket GROUP BY day, letter) WHERE n <> top"
    )
    XCTAssertEqual(gaps, "0", "a number of a series was lost")
    XCTAssertEqual(try office.query("PRAGMA integrity_check"), "ok")
    XCTAssertGreaterThan(acknowledged.count, Self.killCount)
  }
}

/// What the server has acknowledged, from many threads.
private final class Told: Sendable {
  private let tickets = Mutex<[HallVisitor.Ticket]>([])
  private let failure = Mutex<(any Error)?>(nil)
  private let arrivals = DispatchSemaphore(value: 0)

  var all: [HallVisitor.Ticket] { tickets.withLock { $0 } }

  func add(_ ticket: HallVisitor.Ticket) {
    tickets.withLock { $0.append(ticket) }
    arrivals.signal()
  }

  /// A visitor has been told nothing more, as when the server was killed.
  func end(_ error: any Error) {
    failure.withLock { $0 = error }
    arrivals.signal()
  }

  /// Waits until so many tickets have been acknowledged.
  ///
  /// - Throws: why a visitor gave up before.
  func wait(for count: Int) throws {
    for _ in 0..<count {
      arrivals.wait()
      if let error = failure.withLock({ $0 }) { throw error }
    }
  }
}
