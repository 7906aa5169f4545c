import Client
import Core
import Day
import Foundation
import People

/// `gapura-day`: plays an office day and says what came of it.
enum DayCommand {
  static func run(_ arguments: [String]) async -> Int32 {
    do {
      let options = try DayOptions(arguments, environment: ProcessInfo.processInfo.environment)
      if options.isHelp {
        Output.line(DayOptions.help)
        return 0
      }
      return try await play(options) ? 0 : 1
    } catch let error as DayOptions.Mistake {
      Output.line("gapura-day: \(error.words)\n\(DayOptions.help)")
      return 64
    } catch {
      Output.line("gapura-day: \(error)")
      return 1
    }
  }

  /// Of a server that failed: what it said last.
  private static let logLinesShownMax = 40

  private static func play(_ options: DayOptions) async throws -> Bool {
    guard let state = options.state else { return try await withOwnServer(options) }
    let office = RunningOffice(state: state, port: options.port)
    let today = OfficeZone.wib.date(of: SystemClock().now)
    return try await day(options, on: today, at: office.address, supervisor: office.supervisor()) {
      try office.keep($0)
    }
  }

  /// Without a running server: one of our own, on a free port, on a working morning, with a state that is removed
  /// afterwards.
  private static func withOwnServer(_ options: DayOptions) async throws -> Bool {
    // From the opening on, so that a day that lasts a day fits into it.
    let office = try OfficeProcess(at: "2026-12-02 08:00")
    defer { office.remove() }
    try office.openAroundTheClock()
    let said = try office.command(["officer", "add", "penyelia", "--role", "supervisor"])
    guard let supervisor = OfficerAccount(saying: said) else { throw Trouble("no password in what gapura said") }
    try office.start()
    let removal = office.removal
    let interrupt = Interrupt { removal.perform() }
    defer { withExtendedLifetime(interrupt) {} }
    Output.line("  server                        127.0.0.1:\(office.port), state \(office.state)")
    let address = ServerAddress(
      port: office.port, kioskSocket: office.kioskSocket, database: "\(office.state)/gapura.db")
    let isGood = try await day(options, on: office.clock.today, at: address, supervisor: supervisor) { _ in }
    let log = office.log.split(separator: "\n").suffix(logLinesShownMax)
    if !isGood { for line in log { Output.line("  server: \(line)") } }
    return isGood
  }

  private static func day(
    _ options: DayOptions, on today: CivilDate, at address: ServerAddress, supervisor: OfficerAccount,
    supervisorChanged: (OfficerAccount) throws -> Void
  ) async throws -> Bool {
    Output.line("  seed                          \(options.seed)")
    let people = PeopleMaker(seed: options.seed, today: today).people(options.people)
    let locales = try Locales.load(directory: options.locales)
    let bar = ProgressBar(total: people.count)
    let day = OfficeDay(
      at: address, supervisor: supervisor, locales: locales, seed: options.seed, people: people, pace: options.pace)
    let result = try await day.play(supervisorChanged: supervisorChanged) { bar.show($0) }
    for line in result.table { Output.line(line) }
    return result.isGood
  }
}
