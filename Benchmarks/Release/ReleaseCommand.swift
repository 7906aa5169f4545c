import Client
import Core
import Day
import Foundation
import Measuring

/// Both ways to release places, one after another at the same office.
enum ReleaseCommand {
  static func run() async -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let people = environment["GAPURA_RELEASE_PEOPLE"].flatMap { Int($0) } ?? 20_000
    let seconds = environment["GAPURA_RELEASE_SECONDS"].flatMap { Int($0) } ?? 60
    do {
      try await measure(people: max(1, people), seconds: max(1, seconds))
      return 0
    } catch {
      Output.line("gapura-bench-release: \(error)")
      return 1
    }
  }

  private static func measure(people: Int, seconds: Int) async throws {
    let office = try ReleaseOffice()
    defer { office.remove() }
    Output.line("a release of \(ReleaseOffice.placeCount) places, \(people) people within \(seconds) s")
    let clock = ContinuousClock()
    let before = clock.now
    let applicants = try await Applying(port: office.port).apply(people)
    Output.row("their applications, beforehand", "\(Int(Double(people) / (clock.now - before).seconds))/s")

    let rush = try await office.release(daysAhead: 1, room: nil)
    let booked = try await play("everybody at once, no waiting room", office, rush, applicants, seconds) { _ in 0 }
    let others = applicants.enumerated().filter { !booked.contains($0.offset) }.map(\.element)

    let calm = try await office.release(daysAhead: 2, room: .init(admitPerMinute: 1000, opensBefore: seconds))
    _ = try await play("through the waiting room, 1,000 a minute", office, calm, others, seconds) { -$0 }
  }

  /// - Parameter from: when the first one comes, in seconds from the release.
  /// - Returns: who got a place, by their place in `applicants`.
  private static func play(
    _ title: String, _ office: ReleaseOffice, _ release: ReleaseOffice.Release, _ applicants: [Applicant],
    _ seconds: Int, from: (Int) -> Int
  ) async throws -> Set<Int> {
    let crowd = Crowd(
      port: office.port, applicants: applicants, release: release.at, comesFrom: from(seconds), within: seconds,
      usesRoom: release.hasRoom)
    let account = try await crowd.play()
    Output.line("\n\(title)")
    let sold = try office.sold(on: release.day)
    account.printFigures(places: ReleaseOffice.placeCount)
    Output.row("places sold, sold twice", "\(sold.places), \(sold.twice)")
    guard account.errors.isEmpty, sold.twice == 0, sold.places <= ReleaseOffice.placeCount,
      sold.places == account.winners.count
    else { throw Trouble("errors \(account.errors), sold \(sold), told \(account.winners.count) people") }
    return account.winners
  }
}
