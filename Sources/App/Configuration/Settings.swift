import Core
import Store
import Web

/// `gapura.json5`: what the sysadmin decides. Every key has a default; an unknown one is refused.
struct Settings: Decodable, Sendable {
  var web: WebSettings
  let kiosk: TerminalSettings
  /// The modules that are switched on, by name.
  let modules: ModuleSwitches
  let officers: OfficerSettings
  let log: LogSettings
  let clock: ClockSettings
  let space: SpaceSettings
  let backup: BackupSettings
  let journal: JournalSettings

  enum Keys: String, CodingKey, CaseIterable { case web, kiosk, modules, officers, log, clock, space, backup, journal }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    web = try file.value(.web, or: WebSettings())
    kiosk = try file.value(.kiosk, or: TerminalSettings())
    modules = try file.value(.modules, or: ModuleSwitches())
    officers = try file.value(.officers, or: OfficerSettings())
    log = try file.value(.log, or: LogSettings())
    clock = try file.value(.clock, or: ClockSettings())
    space = try file.value(.space, or: SpaceSettings())
    backup = try file.value(.backup, or: BackupSettings())
    journal = try file.value(.journal, or: JournalSettings())
  }
}

/// Which modules take part.
struct ModuleSwitches: Decodable, Sendable {
  private var switches: [String: Bool] = [:]

  init() {}

  enum Keys: String, CodingKey, CaseIterable {
    case catalogue, registration, documents, queue, stops, appointments, displays, reports, tracking, feedback
    case accessibility, officers, privacy, guides
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    for key in Keys.allCases { switches[key.rawValue] = try file.value(key, or: true) }
  }

  /// Whether the module of that name takes part; all do unless they are switched off.
  func isOn(_ module: String) -> Bool { switches[module, default: true] }
}

/// What goes into the log.
struct LogSettings: Decodable, Sendable {
  enum Level: String, CaseIterable, Sendable { case error, warning, notice, info, debug }

  var level = Level.info
  /// Whether security events name the sender's address.
  var addresses = false

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case level, addresses }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    level = try file.choice(.level, or: .info)
    addresses = try file.value(.addresses, or: addresses)
  }

  var least: LogLevel {
    switch level {
    case .error: .error
    case .warning: .warning
    case .notice: .notice
    case .info: .info
    case .debug: .debug
    }
  }
}

/// From where on the machine's date is doubted.
struct ClockSettings: Decodable, Sendable {
  private static let shipped = ClockRule()

  /// Minutes behind the latest time that has been.
  var behindMinutes = Int(shipped.behindMax.milliseconds / 60_000)
  /// Hours ahead of it after the machine was switched off.
  var aheadHours = Int(shipped.aheadMax.milliseconds / 3_600_000)
  /// Minutes ahead of it while the machine was on.
  var aheadRunningMinutes = Int(shipped.aheadRunningMax.milliseconds / 60_000)

  var rule: ClockRule {
    ClockRule(
      behindMax: .minutes(behindMinutes), aheadMax: .hours(aheadHours), aheadRunningMax: .minutes(aheadRunningMinutes))
  }

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case behindMinutes, aheadHours, aheadRunningMinutes }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    behindMinutes = try file.number(.behindMinutes, in: 1...1440, or: behindMinutes)
    // Long holidays are eleven days; more would let a wrong month pass.
    aheadHours = try file.number(.aheadHours, in: 1...480, or: aheadHours)
    aheadRunningMinutes = try file.number(.aheadRunningMinutes, in: 5...1440, or: aheadRunningMinutes)
  }
}

/// Who gives way while the disk that holds the state fills up; in megabytes (2^20 bytes).
struct SpaceSettings: Decodable, Sendable {
  var uploadsMegabytes = 512
  var applicationsMegabytes = 128
  var reserveMegabytes = 64

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case uploadsMegabytes, applicationsMegabytes, reserveMegabytes }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    uploadsMegabytes = try file.number(.uploadsMegabytes, in: 1...1_000_000, or: uploadsMegabytes)
    applicationsMegabytes = try file.number(.applicationsMegabytes, in: 1...1_000_000, or: applicationsMegabytes)
    // As much as a day's numbers and calls take, several times over.
    reserveMegabytes = try file.number(.reserveMegabytes, in: 16...10_000, or: reserveMegabytes)
    guard applicationsMegabytes <= uploadsMegabytes else {
      throw file.refusal(
        .applicationsMegabytes, what: "applications would be refused before files are",
        mend: "Write at most the number of uploadsMegabytes, \(uploadsMegabytes).")
    }
  }

  var thresholds: Space.Thresholds {
    Space.Thresholds(
      uploads: Int64(uploadsMegabytes) << 20, applications: Int64(applicationsMegabytes) << 20,
      reserve: Int64(reserveMegabytes) << 20)
  }
}

/// How old the last copy may be before `/kesehatan` says so.
struct BackupSettings: Decodable, Sendable {
  /// A night, and half a day to look at it.
  var ageHours = 36

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case ageHours }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    ageHours = try file.number(.ageHours, in: 1...8_760, or: ageHours)
  }
}

/// How long the journal keeps what happened.
struct JournalSettings: Decodable, Sendable {
  /// Twice as long as copies of the data are kept, since what has come after a copy is said from the journal.
  var keepDays = 14
  /// For how long a follower that does not come keeps what it has not read.
  var awayDays = 60

  var keeping: JournalKeeping { JournalKeeping(kept: .hours(24 * keepDays), away: .hours(24 * awayDays)) }

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case keepDays, awayDays }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    keepDays = try file.number(.keepDays, in: 1...3_650, or: keepDays)
    awayDays = try file.number(.awayDays, in: 1...3_650, or: max(awayDays, keepDays))
    guard awayDays >= keepDays else {
      throw file.refusal(
        .awayDays, what: "a follower would be left behind before what it has not read is old",
        mend: "Write at least the number of keepDays, \(keepDays).")
    }
  }
}
