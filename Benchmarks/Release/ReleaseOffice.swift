import Client
import Core
import Day
import Foundation

/// The real executable with 500 places on each of two days, whose release comes when it is told.
final class ReleaseOffice {
  /// 25 counters, 16 half-hours, 24 minutes a visit.
  static let placeCount = 500

  /// How the release is gone about.
  struct Room {
    let admitPerMinute: Int
    let opensBefore: Int
  }

  struct Release {
    let at: Date
    let day: CivilDate
    let hasRoom: Bool
  }

  private let office: OfficeProcess
  var port: UInt16 { office.port }

  init() throws {
    office = try OfficeProcess(at: nil)
    try office.liftRates()
    try office.rewrite("office.json5") { text in
      let counters = (1...25).map { "{ number: \($0) }" }.joined(separator: ", ")
      return text.replacing(#/counters: \[[\s\S]*?\n  \]/#, with: "counters: [\(counters)]")
    }
    try openOnly(on: [1])
    try writeRules(at: "23:59", daysAhead: 1, room: nil)
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
    try openOnly(on: Array(1...daysAhead))
    try writeRules(at: clock, daysAhead: daysAhead, room: room)
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

  // MARK: configuration

  /// - Parameter days: from today; the office is closed on all other weekdays, so that nothing else is free.
  private func openOnly(on days: [Int]) throws {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let today = Self.date(of: .now)
    let hours = days.map { ahead in
      "\(names[today.adding(days: ahead).weekday - 1]): [{ from: \"08:00\", to: \"16:00\" }]"
    }
    try """
    {
      openingHours: { \(hours.joined(separator: ", ")) },
      years: [{ year: 2020, legalBasis: "uji", holidays: [{ date: "2020-01-01", name: { id: "Tahun Baru", en: "New Year" } }] }],
    }
    """.write(to: office.configuration.appendingPathComponent("calendar.json5"), atomically: true, encoding: .utf8)
  }

  private func writeRules(at clock: String, daysAhead: Int, room: Room?) throws {
    let waiting =
      room.map { "{ admitPerMinute: \($0.admitPerMinute), opensMinutesBefore: \(($0.opensBefore + 59) / 60) }" }
      ?? "\"off\""
    try """
    {
      services: [{ code: "\(Applying.service)", minutes: 24 }],
      shares: { walkIn: 0, priority: 0, express: 0 },
      release: { every: "day", at: "\(clock)", daysAhead: \(daysAhead) },
      waitingRoom: \(waiting),
    }
    """.write(to: office.configuration.appendingPathComponent("appointments.json5"), atomically: true, encoding: .utf8)
  }

  private static func date(of date: Date) -> CivilDate {
    OfficeZone.wib.date(of: Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000)))
  }

  private static func minute(of date: Date) -> Int {
    OfficeZone.wib.time(of: Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000))).minuteOfDay
  }
}

extension OfficeProcess {
  fileprivate func rewrite(_ name: String, _ change: (String) -> String) throws {
    let file = configuration.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    let changed = change(text)
    guard changed != text else { throw Trouble("\(name) is not as it was") }
    try changed.write(to: file, atomically: true, encoding: .utf8)
  }
}
