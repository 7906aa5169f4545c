import Client
import Core
import Foundation
import Synchronization
import XCTest

/// Officers at all counters press "next" at the same time while the process is killed, again and again: no ticket is
/// called twice, and no acknowledged call is lost.
final class CallKillTests: XCTestCase {
  private static let roundCount = 8
  private static let counters = 1...32

  func testNoTicketIsCalledTwiceAndNoCallIsLostWhenTheProcessIsKilled() throws {
    let random = randomOfThisRun()
    let office = try closedOffice()
    try office.liftRates()
    let file = office.configuration.appendingPathComponent("office.json5")
    let counters = Self.counters.map { "{ number: \($0) }" }.joined(separator: ", ")
    try String(contentsOf: file, encoding: .utf8).replacing(
      #/counters: \[[\s\S]*?\n  \]/#, with: "counters: [\(counters)]"
    )
    .write(to: file, atomically: true, encoding: .utf8)
    let passwords = try Self.counters.map { try office.addOfficer(Self.officer(at: $0), role: "clerk") }
    var sessions: [[String: String]] = []
    var acknowledged: [String] = []
    for round in 0..<Self.roundCount {
      try office.start()
      for person in 0..<24 { _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: round * 24 + person) }
      // Sessions outlive the process, and a password costs a slow hash.
      if sessions.isEmpty {
        sessions = try zip(Self.counters, passwords).map { try Self.signIn(at: $0, on: office.port, password: $1) }
      }
      let calls = Calls()
      let port = office.port
      let workers = DispatchGroup()
      for (counter, cookies) in zip(Self.counters, sessions) {
        DispatchQueue(label: "counter \(counter)").async(group: workers) {
          do {
            try Self.work(at: counter, on: port, signedInWith: cookies, telling: calls)
          } catch {
            calls.end()
          }
        }
      }
      calls.wait(for: 1 + random.below(16))
      office.kill()
      workers.wait()
      acknowledged += calls.all
    }

    XCTAssertEqual(Set(acknowledged).count, acknowledged.count, "two officers were told the same number")
    try office.start()
    XCTAssertEqual(office.stop(), 0, office.log)
    let twice = try office.query(
      "SELECT count(*) FROM (SELECT 1 FROM queue_transition WHERE action = 'panggil' GROUP BY ticket HAVING count(*) > 1)"
    )
    XCTAssertEqual(twice, "0", "a ticket was called twice")
    let called = try office.query(
      "SELECT count(*) FROM queue_ticket WHERE calls > 0 AND letter || '-' || printf('%03d', number) IN ('"
        + acknowledged.joined(separator: "','") + "')")
    XCTAssertEqual(called, String(acknowledged.count), "an acknowledged call is lost")
    let torn = try office.query(
      """
      SELECT count(*) FROM queue_ticket t WHERE calls > 0 AND (
        NOT EXISTS (SELECT 1 FROM queue_call c WHERE c.ticket = t.id)
        OR NOT EXISTS (SELECT 1 FROM store_events e WHERE e.kind = 'ticket.called' AND e.entity = CAST(t.id AS TEXT)))
      """)
    XCTAssertEqual(torn, "0", "torn calls")
    XCTAssertGreaterThanOrEqual(acknowledged.count, Self.roundCount)
  }

  private static func officer(at counter: Int) -> String { "petugas-\(counter)" }

  private static func signIn(at counter: Int, on port: UInt16, password: String) throws -> [String: String] {
    let browser = Browser(port: port)
    let form = try XCTUnwrap(browser.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    _ = try browser.submit(form.filled(["nama": officer(at: counter), "sandi": password]))
    return browser.cookies
  }

  /// Calls one after another until the server is gone or nobody waits.
  private static func work(
    at counter: Int, on port: UInt16, signedInWith cookies: [String: String], telling calls: Calls
  ) throws {
    let browser = Browser(port: port)
    for (name, value) in cookies { browser.setCookie(name, value) }
    var present = try browser.visit("/petugas/loket/\(counter)")
    while true {
      // What a killed server left in hand is dealt with first.
      if let form = present.form(to: "/petugas/loket/\(counter)/selesai")
        ?? present.form(to: "/petugas/loket/\(counter)/tidak-hadir")
      {
        present = try browser.follow(browser.submit(form))
        continue
      }
      if present.form(to: "/petugas/loket/\(counter)/panggil") == nil,
        let form = present.form(to: "/petugas/loket/\(counter)/buka")
      {
        present = try browser.follow(browser.submit(form))
      }
      guard let form = present.form(to: "/petugas/loket/\(counter)/panggil") else { return calls.end() }
      present = try browser.follow(browser.submit(form))
      guard present.form(to: "/petugas/loket/\(counter)/mulai") != nil,
        let number = present.text.firstMatch(of: /ticket-number.*?([A-Z]-\d{3,})/.dotMatchesNewlines())
      else { return calls.end() }
      calls.add(String(number.output.1))
    }
  }
}

/// The calls that officers were told of, from many threads.
private final class Calls: Sendable {
  private let numbers = Mutex<[String]>([])
  private let arrivals = DispatchSemaphore(value: 0)

  var all: [String] { numbers.withLock { $0 } }

  func add(_ number: String) {
    numbers.withLock { $0.append(number) }
    arrivals.signal()
  }

  /// A counter has nothing more to do.
  func end() { arrivals.signal() }

  func wait(for count: Int) { for _ in 0..<count { arrivals.wait() } }
}
