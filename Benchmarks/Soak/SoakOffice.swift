import Bare
import Client
import Core
import Foundation

/// The real executable with a state of its own, on a port that stays the same from life to life.
final class SoakOffice {
  private static let calmDays = [
    "2026-12-24", "2026-12-25", "2027-01-01", "2027-01-05", "2027-03-08", "2027-03-10", "2027-03-11",
  ]

  /// For how many days what people have written in forms is kept, and with that they themselves.
  static let keptDays = 2
  /// As `vault.json5` has them.
  private static let keptKinds: [(name: String, gap: String, shippedDays: Int)] = [
    ("biodata", "\n      ", 3653), ("travel-document", "\n      ", 3653), ("contact", " ", 731),
    ("statement", " ", 1827),
  ]

  private let office: OfficeProcess
  let port: UInt16
  let clerks: [OfficerName]
  let chief: OfficerName
  /// How long starts took until the server said that it was ready.
  private(set) var starts: [Duration] = []

  init() throws {
    let office = try OfficeProcess()
    self.office = office
    port = try FreePort.next()
    try office.liftRates()
    // Nobody is sent away because too many wait; documents are kept for a day and people for two, so that retention has
    // work to do.
    try Self.rewrite("queue.json5", of: office, "byForecast: true", "byForecast: false")
    try Self.rewrite("vault.json5", of: office, "record: \"document\", days: 731", "record: \"document\", days: 1")
    for kind in Self.keptKinds {
      let rule = "record: \"\(kind.name)\",\(kind.gap)days: "
      try Self.rewrite("vault.json5", of: office, "\(rule)\(kind.shippedDays)", "\(rule)\(Self.keptDays)")
    }
    try Self.rewrite("vault.json5", of: office, "graceDays: 7", "graceDays: 0")
    try FileManager.default.createDirectory(
      at: office.directory.appendingPathComponent("rings"), withIntermediateDirectories: true)
    clerks = try Load.counters.map { counter in
      let name = "loket-\(counter)"
      return OfficerName(name: name, password: try office.addOfficer(name, role: "clerk"))
    }
    chief = OfficerName(name: "penyelia", password: try office.addOfficer("penyelia", role: "supervisor"))
  }

  var directory: URL { office.directory }
  var state: String { office.state }
  var database: String { "\(office.state)/gapura.db" }
  var copies: String { office.directory.appendingPathComponent("copies").path }
  var rings: String { office.directory.appendingPathComponent("rings").path }
  /// What makes a terminal a kiosk of this office.
  var kioskCommand: [String] {
    [
      OfficeProcess.builtExecutable.path, "kiosk", "--socket", kioskSocket, "--name", "layar", "--share",
      OfficeProcess.repository.appendingPathComponent("share").path,
    ]
  }
  var kioskSocket: String { office.kioskSocket }
  var now: Instant { office.clock.now }
  var today: CivilDate { office.clock.today }
  var removal: OfficeProcess.Removal { office.removal }

  func start() throws {
    let clock = ContinuousClock()
    let begun = clock.now
    try office.start(port: port)
    starts.append(clock.now - begun)
  }

  /// Half of all starts take no longer.
  var usualStart: Duration { starts.isEmpty ? .seconds(1) : starts.sorted()[starts.count / 2] }

  func kill() { office.kill() }
  func stop() -> Int32 { office.stop() }
  func remove() { office.remove() }

  /// Begins a start, and does not wait until it is one.
  func beginStart() throws -> ChildProcess { try office.begin(["serve", "--port", String(port), "--hall-port", "0"]) }

  func begin(_ words: [String]) throws -> ChildProcess { try office.begin(words) }
  func command(_ words: [String]) throws -> String { try office.command(words) }

  /// Lets time go by until the next morning on which the office is open.
  func passNight() throws {
    var day = today.adding(days: 1)
    while day.weekday > 5 || Self.calmDays.contains(day.description) { day = day.adding(days: 1) }
    try office.clock.set("\(day) 09:30")
  }

  /// Whether the database has something about a person whose time was over at a moment.
  func hasLate(at moment: Instant) throws -> Bool {
    let kinds = Self.keptKinds.map { "'\($0.name)'" }.joined(separator: ", ")
    let before = moment - .hours(24 * Self.keptDays)
    return try BareDatabase(at: database, isReadOnly: true).texts(
      "SELECT count(*) FROM vault_records WHERE kind IN (\(kinds)) AND sealed_at < \(before.milliseconds)") != ["0"]
  }

  /// What the state directory has, by name.
  func stateNames() throws -> Set<String> { Set(try FileManager.default.contentsOfDirectory(atPath: state)) }

  func writeLog() throws {
    try office.log.write(
      to: directory.appendingPathComponent("server.log"), atomically: true, encoding: .utf8)
  }

  private static func rewrite(_ name: String, of office: OfficeProcess, _ old: String, _ new: String) throws {
    let file = office.configuration.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    guard let place = text.range(of: old) else { throw Finding(.unsound, "\(name) has no \(old)") }
    try text.replacingCharacters(in: place, with: new).write(to: file, atomically: true, encoding: .utf8)
  }
}
