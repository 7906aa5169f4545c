import Client
import Core
import Day
import Foundation

/// An office that is killed again and again: in its start, under load, in the middle of administration; and after each start
/// everything that clients were told is looked for.
final class Soak {
  private static let killsPerDay = 40
  private static let killsPerExamination = 25
  private static let killsPerLine = 10
  private static let documentSampleCount = 5
  private static let lastSampleCount = 100
  /// From so many kills on everything must have been met.
  private static let killsForAll = 100
  private static let killsForOlderRing = 300
  static let olderRing = "  with a key ring of before a rotation"

  let office: SoakOffice
  let options: SoakOptions
  let random: SeededRandom
  let keeper = BookKeeper()
  let load: Load
  let copies: KeptCopies
  private let chief: OfficerHand
  private let clock = ContinuousClock()
  private let begun: ContinuousClock.Instant
  private var baseline: Set<String> = []
  private var life: Life?

  /// Kills by what was under way.
  var kills: [Phase: Int] = [:]
  /// What was carried out to its end, as the table calls it.
  var done: [String: Int] = [:]
  var times = CommandTimes()
  /// How often the keys of the ring in use were wrapped anew.
  var rotationCount = 0
  /// Whether a copy was put back since the last start.
  var hasOlderState = false
  /// Whether days may have been left that nobody has ended.
  private var hasOlderDay = false
  private var surprises: [String: Int] = [:]
  private var nextExamination = 0
  private var nightsAt = Soak.killsPerLine

  var killCount: Int { kills.values.reduce(0, +) }

  init(_ options: SoakOptions, of office: SoakOffice) throws {
    self.options = options
    self.office = office
    begun = clock.now
    random = SeededRandom(seed: options.seed)
    copies = KeptCopies(directory: office.copies)
    let town = Town(port: office.port, keeper: keeper, seed: options.seed, today: office.today)
    chief = OfficerHand(office.chief, at: town)
    let locales = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
    try office.start()
    let names = try Self.serviceNames(at: town.port)
    load = Load(
      in: town, clerks: office.clerks, chief: office.chief,
      kiosks: [
        .kioskNumber: KioskGuest(socket: office.kioskSocket, name: "uji", locales: locales, seed: options.seed),
        .screenNumber: KioskGuest(running: office.kioskCommand, name: "layar", locales: locales, seed: options.seed),
      ],
      serviceNames: names, seed: options.seed, today: office.today)
    baseline = try office.stateNames()
    office.kill()
  }

  /// Runs until so many were killed, or something was found.
  ///
  /// - Returns: whether nothing was.
  func run(say: (String) -> Void) -> Bool {
    do {
      while killCount < options.killCount {
        let before = killCount / Self.killsPerLine
        try liveOnce()
        if killCount / Self.killsPerLine > before { say(line) }
        guard keeper.findings.isEmpty else { return false }
      }
      return try end()
    } catch {
      keeper.find(error as? Finding ?? Finding(.unsound, "\(error)"))
      return false
    }
  }

  // MARK: Lives

  /// From a server that is down to one that is down again.
  private func liveOnce() throws {
    if killCount >= nightsAt {
      nightsAt += Self.killsPerDay
      try office.passNight()
      hasOlderDay = true
      // Nobody presses yesterday's button again: its number would be one of today.
      load.forget()
    }
    switch Phase.draw(random) {
    case .start: try killInStart()
    case .restore: try restore()
    case .load: try live { try killUnderLoad() }
    case .backup: try live { try killAround(.backup, ["backup", office.copies, "--keep", "4"]) }
    case .rotation: try live { try killAround(.rotation, ["vault", "rotate"]) }
    case .retention: try live { try killAround(.retention, ["vault", "retention", "--confirm"]) }
    }
  }

  private func live(_ act: () throws -> Void) throws {
    try office.start()
    if hasOlderState {
      // To older data today's date is a leap, which an administrator confirms.
      _ = try office.command(["clock", "trust"])
      hasOlderDay = true
      hasOlderState = false
    }
    if hasOlderDay {
      // A day of which much is left waits for a person to look: its numbers would be held beside today's same ones.
      _ = try office.command(["queue", "close-day", "--left"])
      hasOlderDay = false
    }
    guard try examine() else { return office.kill() }
    let life = Life(day: office.today)
    self.life = life
    let everybody = load.begin(life)
    defer {
      life.end()
      office.kill()
      everybody.wait()
      surprises.merge(life.surprises, uniquingKeysWith: +)
    }
    try act()
  }

  /// The clients are told first: what fails from then on is nobody's fault.
  func killServer(in phase: Phase) {
    life?.end()
    office.kill()
    kills[phase, default: 0] += 1
  }

  /// As the service manager does; what is under way then is brought to its end.
  func stopServer() -> Int32 {
    life?.end()
    return office.stop()
  }

  // MARK: Looking

  /// Holds the database against the books, and from time to time everything against everything.
  private func examine() throws -> Bool {
    let rows = try Reality(at: office.database).rows()
    guard keeper.settle(rows, today: office.today) else { return false }
    guard killCount >= nextExamination else { return true }
    nextExamination = killCount + Self.killsPerExamination
    return try examineThoroughly(rows, sampleCount: Self.documentSampleCount)
  }

  private func examineThoroughly(_ rows: [Row], sampleCount: Int) throws -> Bool {
    var found = try Soundness(office: office, baseline: baseline).findings()
    found += try Sampling(rows: rows, hand: chief, today: office.today, random: random).findings(sampleCount)
    for finding in found { keeper.find(finding) }
    chief.browser.close()
    return found.isEmpty
  }

  /// Starts once more, looks at everything, and stops as the service manager does.
  private func end() throws -> Bool {
    try office.start()
    let rows = try Reality(at: office.database).rows()
    guard keeper.settle(rows, today: office.today), try examineThoroughly(rows, sampleCount: Self.lastSampleCount)
    else { return false }
    let code = office.stop()
    if code != 0 { keeper.find(Finding(.unsound, "the server's end: exit code \(code)")) }
    for missing in notMet { keeper.find(Finding(.unsound, "no \(missing): the soak has not done its work")) }
    return keeper.findings.isEmpty
  }

  /// What should have been met among so many kills, and was not.
  private var notMet: [String] {
    guard options.killCount >= Self.killsForAll else { return [] }
    var missing = BookKeeper.Told.allCases.filter { keeper.counts[$0, default: 0] == 0 }.map(\.rawValue)
    if keeper.books.retiredCount == 0 { missing.append("people whose time had come") }
    if options.killCount >= Self.killsForOlderRing, done[Self.olderRing] == nil {
      missing.append("restores with an older key ring")
    }
    return missing
  }

  private static func serviceNames(at port: UInt16) throws -> [Language: String] {
    var names: [Language: String] = [:]
    for language in [Language.indonesian, .english] {
      let page = try Browser(port: port, language: language.rawValue).get("/layanan/\(Town.service)")
      names[language] = page.heading
    }
    return names
  }

  // MARK: What is said

  private var line: String {
    let seconds = (clock.now - begun).components.seconds
    let told = keeper.counts.values.reduce(0, +)
    return "  \(Report.padded("\(killCount) kills", to: 12))\(Report.padded("\(seconds) s", to: 9))\(office.today)  "
      + "\(told) told, \(keeper.books.things.count) kept"
  }

  var table: [String] {
    var done = done
    done["people whose time had come"] = keeper.books.retiredCount
    return Report(
      kills: kills, told: keeper.counts, done: done, findings: keeper.findings, surprises: surprises,
      starts: office.starts, duration: clock.now - begun
    ).lines
  }
}

/// How long commands took that came to their end.
struct CommandTimes {
  private var times: [Phase: [Duration]] = [:]

  mutating func note(_ phase: Phase, _ time: Duration) { times[phase, default: []].append(time) }

  /// What one may be expected to take.
  func usual(_ phase: Phase) -> Duration {
    guard let known = times[phase], !known.isEmpty else { return .seconds(1) }
    return known.sorted()[known.count / 2]
  }
}
