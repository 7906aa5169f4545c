import Client
import Core
import Day
import Foundation

/// The real executable with 500 places on each of two days, whose release comes when it is told.
final class ReleaseOffice {
  static let placeCount = Places.perDay

  /// How the release is gone about.
  struct Room {
    let admitPerMinute: Int
    /// Seconds before the release.
    let opensBefore: Int

    fileprivate var rules: String {
      "{ admitPerMinute: \(admitPerMinute), opensMinutesBefore: \((opensBefore + 59) / 60) }"
    }
  }

  struct Release {
    let at: Date
    let day: CivilDate
    let hasRoom: Bool
  }

  private let office: OfficeProcess
  /// How many a minute the waiting room admits as it is shipped.
  let shippedAdmission: Int
  var port: UInt16 { office.port }

  init() throws {
    office = try OfficeProcess(at: nil)
    shippedAdmission = try Places.shippedAdmission(of: office)
    try Places.prepare(office)
    try Places.open(office, on: [1])
    try Places.release(office, at: "23:59", daysAhead: 1, waitingRoom: "\"off\"")
    try office.start()
  }

  func remove() { office.remove() }

  /// Lets the places of one day be released at the next full minute that leaves time to prepare.
  func release(daysAhead: Int, room: Room?) async throws -> Release {
    let lead = Double(room?.opensBefore ?? 0) + 20
    var at = Date(timeIntervalSince1970: ((Date.now.timeIntervalSince1970 + lead) / 60).rounded(.up) * 60)
    if Self.date(of: at) != Self.date(of: .now) || Self.minute(of: at) > 23 * 60 + 50 {
      // A release and its rush belong to one day: the next one is waited for.
      try await Task.sleep(for: .seconds(15 * 60))
      at = Date(timeIntervalSince1970: ((Date.now.timeIntervalSince1970 + lead) / 60).rounded(.up) * 60)
    }
    let minute = Self.minute(of: at)
    let clock = "\(minute / 600)\(minute / 60 % 10):\(minute % 60 / 10)\(minute % 10)"
    try Places.open(office, on: Array(1...daysAhead))
    try Places.release(office, at: clock, daysAhead: daysAhead, waitingRoom: room?.rules ?? "\"off\"")
    office.reload()
    let day = Self.date(of: at).adding(days: daysAhead)
    try await awaitPlan(of: day, releasedAt: at)
    return Release(at: at, day: day, hasRoom: room != nil)
  }

  /// What the database says of a day: taken places, and places that more than one visit has.
  func sold(on day: CivilDate) throws -> (places: Int, twice: Int) {
    let rows = try office.query(
      """
      SELECT count(DISTINCT v.slot), count(*) - count(DISTINCT v.slot)
      FROM appointments_visit v JOIN appointments_appointment a ON a.id = v.appointment
      JOIN appointments_slot p ON p.id = v.slot AND p.appointment = a.id
      WHERE p.day = '\(day)' AND a.state = 'booked'
      """)
    let counts = rows.split(separator: "|").compactMap { Int($0) }
    guard counts.count == 2 else { throw Trouble("the database does not say what was sold") }
    return (counts[0], counts[1])
  }

  private func awaitPlan(of day: CivilDate, releasedAt at: Date) async throws {
    let instant = Int64(at.timeIntervalSince1970 * 1000)
    for _ in 0..<100 {
      let count = try office.query(
        "SELECT count(*) FROM appointments_slot WHERE day = '\(day)' AND withdrawn = 0 AND released_at = \(instant)"
      )
      if count == String(Self.placeCount) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Trouble("the places of \(day) were not planned")
  }

  private static func date(of date: Date) -> CivilDate {
    OfficeZone.wib.date(of: Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000)))
  }

  private static func minute(of date: Date) -> Int {
    OfficeZone.wib.time(of: Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000))).minuteOfDay
  }
}
