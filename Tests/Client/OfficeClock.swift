public import Core
internal import Foundation

/// The clock by which a started office lives: the machine's, shifted to the date that a test is about. Only the date
/// is shifted, timers go on as they are; and the clock goes on from where it was set.
public final class OfficeClock: WallClock {
  /// A Wednesday morning on which the office is open, for all that is not about a date of its own. Fixed, so that a
  /// test gives tomorrow what it gives today.
  public static let workingMorning = "2026-12-02 09:30"

  private let zone: OfficeZone
  /// Where the shift is kept, which running programs follow; nil when the machine's own time holds.
  private let file: URL?

  /// - Parameters:
  ///   - moment: `YYYY-MM-DD HH:MM` in the zone; nil for the machine's own time.
  ///   - file: where to keep the shift.
  /// - Throws: `OfficeProcess.Failure` when `moment` is none, or the library that shifts clocks was not built.
  init(_ moment: String?, in zone: OfficeZone, file: URL) throws {
    self.zone = zone
    self.file = moment == nil ? nil : file
    guard let moment else { return }
    guard FileManager.default.fileExists(atPath: Self.library)
    else { throw OfficeProcess.Failure(description: "please build it first: swift build --product ShiftedClock") }
    try keep(Shifts(date: shift(to: moment)))
  }

  public var now: Instant { SystemClock().now + .nanoseconds(shifts.date) }

  /// The day it is in the office.
  public var today: CivilDate { zone.date(of: now) }

  /// Lets time go by until a moment, also for a server that runs.
  ///
  /// - Parameter moment: `YYYY-MM-DD HH:MM` in the office's zone.
  /// - Throws: `OfficeProcess.Failure` when `moment` is none, or the office was started at the machine's time.
  public func set(_ moment: String) throws { try set(instant(of: moment)) }

  /// Lets time go by until a moment, also for a server that runs.
  ///
  /// - Throws: as `set`.
  public func set(_ moment: Instant) throws {
    let date = (moment - SystemClock().now).milliseconds * 1_000_000
    try keep(Shifts(date: date, uptime: shifts.uptime + date - shifts.date))
  }

  /// Moves the date without time going by, as a mistaken hand or a dead battery does.
  ///
  /// - Parameter moment: `YYYY-MM-DD HH:MM` in the office's zone.
  /// - Throws: as `set`.
  public func falsify(_ moment: String) throws {
    try keep(Shifts(date: shift(to: moment), uptime: shifts.uptime))
  }

  private func shift(to moment: String) throws -> Int64 {
    try (instant(of: moment) - SystemClock().now).milliseconds * 1_000_000
  }

  private func instant(of moment: String) throws -> Instant {
    let parts = moment.split(separator: " ").map(String.init)
    guard parts.count == 2, let date = CivilDate(iso: parts[0]), let time = CivilTime(parts[1])
    else { throw OfficeProcess.Failure(description: "\(moment) is no moment of the form YYYY-MM-DD HH:MM") }
    return zone.instant(date, time)
  }

  /// What a program is started with to live by this clock. A clock that was shifted for the tests themselves, by this
  /// library or another, goes before it.
  public var environment: [String: String] {
    // What the machine says of its own clock is no part of a test.
    let bus = ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent"]
    guard let file else { return bus }
    let others = (ProcessInfo.processInfo.environment["LD_PRELOAD"] ?? "").split(separator: ":").map(String.init)
    return bus.merging([
      "LD_PRELOAD": ([Self.library] + others.filter { $0 != Self.library }).joined(separator: ":"),
      "GAPURA_CLOCK_SHIFT_FILE": file.path,
    ]) { $1 }
  }

  private static var library: String { ChildProcess.built("libShiftedClock.so") }

  /// Nanoseconds.
  private struct Shifts {
    var date: Int64 = 0
    var uptime: Int64 = 0
  }

  /// As the library reads them.
  private var shifts: Shifts {
    guard let file, let kept = try? Data(contentsOf: file), kept.count == 2 * MemoryLayout<Int64>.size
    else { return Shifts() }
    let numbers = [kept.prefix(8), kept.suffix(8)].map { $0.reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) } }
    return Shifts(date: numbers[0], uptime: numbers[1])
  }

  /// In place, because running programs have the file mapped.
  private func keep(_ shifts: Shifts) throws {
    guard let file else { throw OfficeProcess.Failure(description: "this office lives by the machine's clock") }
    let bytes = [shifts.date, shifts.uptime].flatMap { number in
      (0..<MemoryLayout<Int64>.size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    if FileManager.default.fileExists(atPath: file.path) {
      let handle = try FileHandle(forWritingTo: file)
      defer { try? handle.close() }
      try handle.write(contentsOf: Data(bytes))
    } else {
      try Data(bytes).write(to: file)
    }
  }
}
