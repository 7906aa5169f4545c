import Client
import Core
import Day
import Foundation

/// The configuration of an office that offers many places of one service.
enum Places {
  private static let counterCount = 25
  private static let minutesPerVisit = 24
  /// What 25 counters have in the 16 half-hours of a day, at 24 minutes a visit.
  static let perDay = 500

  /// Writes the counters, and lifts the limits on what one address may do.
  static func prepare(_ office: OfficeProcess) throws {
    try office.liftRates()
    let counters = (1...counterCount).map { "{ number: \($0) }" }.joined(separator: ", ")
    try office.rewrite("office.json5") {
      $0.replacing(#/counters: \[[\s\S]*?\n  \]/#, with: "counters: [\(counters)]")
    }
  }

  /// - Parameter days: from today; the office is closed on all other weekdays, so that nothing else is free.
  static func open(_ office: OfficeProcess, on days: [Int]) throws {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let today = OfficeZone.wib.date(of: SystemClock().now)
    let hours = Set(days.map { today.adding(days: $0).weekday }).sorted().map { weekday in
      "\(names[weekday - 1]): [{ from: \"08:00\", to: \"16:00\" }]"
    }
    try """
    {
      openingHours: { \(hours.joined(separator: ", ")) },
      years: [{ year: 2020, legalBasis: "uji", holidays: [{ date: "2020-01-01", name: { id: "Tahun Baru", en: "New Year" } }] }],
    }
    """.write(to: office.configuration.appendingPathComponent("calendar.json5"), atomically: true, encoding: .utf8)
  }

  /// - Parameters:
  ///   - clock: when the places of a day are released, so many days before it.
  ///   - waitingRoom: its rules as the file has them; `"off"` for none.
  static func release(_ office: OfficeProcess, at clock: String, daysAhead: Int, waitingRoom: String) throws {
    try """
    {
      services: [{ code: "\(Applying.service)", minutes: \(minutesPerVisit) }],
      shares: { walkIn: 0, priority: 0, express: 0 },
      release: { every: "day", at: "\(clock)", daysAhead: \(daysAhead) },
      waitingRoom: \(waitingRoom),
    }
    """.write(to: office.configuration.appendingPathComponent("appointments.json5"), atomically: true, encoding: .utf8)
  }

  /// How many a minute the waiting room admits in the configuration as it is shipped.
  static func shippedAdmission(of office: OfficeProcess) throws -> Int {
    let file = office.configuration.appendingPathComponent("appointments.json5")
    guard let found = try String(contentsOf: file, encoding: .utf8).firstMatch(of: /admitPerMinute: (\d+)/),
      let count = Int(found.output.1), count > 0
    else { throw Trouble("appointments.json5 as shipped does not say how many are admitted a minute") }
    return count
  }
}
