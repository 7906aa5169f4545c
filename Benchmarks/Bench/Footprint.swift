import Client
import Core
import Day
import Foundation
import Measuring
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
    let said = try office.command(["officer", "add", "penyelia", "--role", "supervisor"])
    guard let supervisor = OfficerAccount(saying: said) else { throw Trouble("no password in what gapura said") }
    try office.start()
    let load = try ServerLoad(of: office)
    let before = try load.residentKiB()
    let people = PeopleMaker(seed: seed, today: OfficeZone.wib.date(of: SystemClock().now)).people(peopleCount)
    let locales = OfficeProcess.repository.appendingPathComponent("share/locales").path
    let day = OfficeDay(
      at: ServerAddress(port: office.port, kioskSocket: office.kioskSocket, database: "\(office.state)/gapura.db"),
      supervisor: supervisor, locales: try Locales.load(directory: locales), seed: seed, people: people,
      pace: .compressed)
    let result = try await day.play()
    // The server looks each 20 s whether it has come to rest.
    try await Task.sleep(for: .seconds(45))
    return DayWithMemory(result: result, residentBefore: before, residentAfter: try load.residentKiB())
  }
}
