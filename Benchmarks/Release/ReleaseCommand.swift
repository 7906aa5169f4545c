import Client
import Core
import Day
import Foundation
import Measuring

/// Both ways to release places, one after another at the same office; and what the page of free places costs.
enum ReleaseCommand {
  /// After the last one has come, or after the last place could be had.
  private static let endSeconds = 30
  /// As long as people take from being let in to having booked, at most.
  private static let choiceSeconds = 60

  static func run() async -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let people = environment["GAPURA_RELEASE_PEOPLE"].flatMap { Int($0) } ?? 20_000
    let seconds = environment["GAPURA_RELEASE_SECONDS"].flatMap { Int($0) } ?? 60
    let bookings = environment["GAPURA_RELEASE_BOOKINGS"].flatMap { Int($0) } ?? 10_000
    do {
      try await measure(people: max(1, people), seconds: max(1, seconds))
      return try await BookingPage.measure(bookings: bookings) ? 0 : 1
    } catch {
      Output.line("gapura-bench-release: \(error)")
      return 1
    }
  }

  private static func measure(people: Int, seconds: Int) async throws {
    let office = try ReleaseOffice()
    defer { office.remove() }
    Output.title("a release of \(ReleaseOffice.placeCount) places, \(people) people within \(seconds) s")
    let clock = ContinuousClock()
    let before = clock.now
    let applicants = try await Applying(port: office.port).apply(people)
    Output.row("their applications, beforehand", "\(Int(Double(people) / (clock.now - before).seconds))/s")

    let rush = try await office.release(daysAhead: 1, room: nil)
    let all = Crowd(
      port: office.port, applicants: applicants, release: rush.at, comesFrom: 0, within: seconds,
      lasting: seconds + endSeconds, usesRoom: false)
    let booked = try await play("everybody at once, no waiting room", office, rush, all)
    let others = applicants.enumerated().filter { !booked.contains($0.offset) }.map(\.element)

    let rate = office.shippedAdmission
    let calm = try await office.release(daysAhead: 2, room: .init(admitPerMinute: rate, opensBefore: seconds))
    // So long until all places could have been had at that rate.
    let sellingSeconds = (ReleaseOffice.placeCount * 60 + rate - 1) / rate + choiceSeconds
    let orderly = Crowd(
      port: office.port, applicants: others, release: calm.at, comesFrom: -seconds, within: seconds,
      lasting: sellingSeconds + endSeconds, usesRoom: true)
    _ = try await play("through the waiting room, \(rate) a minute as shipped", office, calm, orderly)
  }

  /// - Returns: who got a place, by their place in the crowd's applicants.
  /// - Throws: `Trouble` where a place was sold twice, or to other people than were told so, or none was sold at all.
  private static func play(
    _ title: String, _ office: ReleaseOffice, _ release: ReleaseOffice.Release, _ crowd: Crowd
  ) async throws -> Set<Int> {
    let account = try await crowd.play()
    Output.title(title)
    let sold = try office.sold(on: release.day)
    account.printFigures(places: ReleaseOffice.placeCount)
    Output.row("places sold, sold twice", "\(sold.places), \(sold.twice)")
    Output.more("places sold, \(crowd.usesRoom ? "waiting room" : "no waiting room")", Double(sold.places))
    guard account.errors.isEmpty, sold.twice == 0, sold.places <= ReleaseOffice.placeCount,
      sold.places == account.winners.count
    else { throw Trouble("errors \(account.errors), sold \(sold), told \(account.winners.count) people") }
    guard sold.places > 0 else { throw Trouble("nothing was sold: the release was not measured") }
    return account.winners
  }
}
