import Client
import Core
import Day
import Foundation
import People

/// How much room and time the executable itself takes.
enum Footprint {
  /// A day with what the server held in memory before it and at rest after it.
  struct DayWithMemory {
    let result: DayResult
    let residentBefore: Int
    let residentAfter: Int
  }

  /// From the start of the process to its READY.
  static func startTimes(of office: OfficeProcess, count: Int) throws -> Distribution {
    let socket = try NotifySocket(in: office.directory)
    let clock = ContinuousClock()
    return Distribution(
      try (0..<count).map { _ in
        let start = clock.now
        try office.start(environment: ["NOTIFY_SOCKET": socket.path])
        guard socket.hears("READY=1") else { throw Trouble("the server did not say that it is ready") }
        let duration = clock.now - start
        office.stop()
        return duration
      })
  }

  static func day(at office: OfficeProcess, peopleCount: Int, seed: UInt64) async throws -> DayWithMemory {
    try office.liftRates()
    let said = try office.command(["officer", "add", "penyelia", "--role", "supervisor", "--generate"])
    guard let supervisor = OfficerAccount(saying: said) else { throw Trouble("no password in what gapura said") }
    try office.start()
    let before = try resident(office)
    let people = PeopleMaker(seed: seed, today: OfficeZone.wib.date(of: SystemClock().now)).people(peopleCount)
    let locales = OfficeProcess.repository.appendingPathComponent("share/locales").path
    let day = OfficeDay(
      at: ServerAddress(port: office.port, kioskSocket: office.kioskSocket, database: "\(office.state)/gapura.db"),
      supervisor: supervisor, locales: try Locales.load(directory: locales), seed: seed, people: people,
      pace: .compressed)
    let result = try await day.play()
    // The server looks each 20 s whether it has come to rest.
    try await Task.sleep(for: .seconds(45))
    return DayWithMemory(result: result, residentBefore: before, residentAfter: try resident(office))
  }

  /// What the server's process holds in memory now, in KiB (proc(5)).
  static func resident(_ office: OfficeProcess) throws -> Int {
    guard let server = office.server else { throw Trouble("the server does not run") }
    let status = try String(contentsOfFile: "/proc/\(server.identifier)/status", encoding: .utf8)
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let size = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { throw Trouble("the kernel does not say how much memory the server holds") }
    return size
  }

  /// How long the server's process has kept processors busy so far (proc(5)).
  static func processorTime(_ office: OfficeProcess) throws -> Duration {
    guard let server = office.server else { throw Trouble("the server does not run") }
    let stat = try String(contentsOfFile: "/proc/\(server.identifier)/stat", encoding: .utf8)
    // Behind the name, which stands in brackets; utime and stime are the 14th and 15th field.
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ").dropFirst()
    let ticks = fields.dropFirst(11).prefix(2).compactMap { Int64($0) }.reduce(0, +)
    return .seconds(ticks) / Int(sysconf(Int32(_SC_CLK_TCK)))
  }
}
