/// One of Indonesia's three time zones. None of them has daylight saving, so an offset is enough.
public enum OfficeZone: String, Sendable, CaseIterable, Codable {
  /// Waktu Indonesia Barat, UTC+7.
  case wib = "WIB"
  /// Waktu Indonesia Tengah, UTC+8.
  case wita = "WITA"
  /// Waktu Indonesia Timur, UTC+9.
  case wit = "WIT"

  private var offsetMilliseconds: Int64 {
    switch self {
    case .wib: 7 * 3_600_000
    case .wita: 8 * 3_600_000
    case .wit: 9 * 3_600_000
    }
  }

  /// The day it is in the zone. A day starts at local midnight, never at UTC's.
  public func date(of instant: Instant) -> CivilDate {
    CivilDate(dayNumber: Int(floorDivide(instant.milliseconds + offsetMilliseconds, by: 86_400_000)))
  }

  /// The time of day in the zone.
  public func time(of instant: Instant) -> CivilTime {
    let local = instant.milliseconds + offsetMilliseconds
    let milliseconds = local - floorDivide(local, by: 86_400_000) * 86_400_000
    return CivilTime(minuteOfDay: Int(milliseconds / 60_000))
  }

  /// `2026-11-23T09:00+07:00`: for other programs (RFC 3339, to the minute).
  public func timestamp(_ instant: Instant) -> String {
    "\(date(of: instant))T\(time(of: instant))+0\(offsetMilliseconds / 3_600_000):00"
  }

  /// The moment at which a clock in the zone shows `time` on `date`.
  public func instant(_ date: CivilDate, _ time: CivilTime) -> Instant {
    let local = Int64(date.dayNumber) * 86_400_000 + Int64(time.minuteOfDay) * 60_000
    return Instant(milliseconds: local - offsetMilliseconds)
  }
}

private func floorDivide(_ number: Int64, by divisor: Int64) -> Int64 {
  number >= 0 ? number / divisor : (number - divisor + 1) / divisor
}

/// A time of day in whole minutes, as opening hours are written: `08:30`.
public struct CivilTime: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 0 for midnight to 1439; 1440 is the end of the day.
  public let minuteOfDay: Int

  /// The time so many minutes after midnight, 0 to 1440, which a precondition holds.
  public init(minuteOfDay: Int) {
    precondition((0...1440).contains(minuteOfDay), "a day has 1440 minutes")
    self.minuteOfDay = minuteOfDay
  }

  /// Reads `HH:MM`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
    else { return nil }
    minuteOfDay = hour * 60 + minute
  }

  /// `HH:MM`.
  public var description: String { "\(CivilDate.padded(minuteOfDay / 60)):\(CivilDate.padded(minuteOfDay % 60))" }

  /// `08.30`, as clocks are written in Indonesia.
  public var spoken: String { description.split(separator: ":").joined(separator: ".") }

  /// The earlier time of day first.
  public static func < (left: Self, right: Self) -> Bool { left.minuteOfDay < right.minuteOfDay }
}
