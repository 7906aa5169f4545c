import Client
import Core
import Day
import Foundation
import People
import XCTest

/// A small day with everybody in it, and afterwards a search for them in everything that stays behind.
final class DayTests: XCTestCase {
  private static let peopleCount = 30

  func testDayGoesWithoutErrorsAndLeavesNobodyInClear() async throws {
    let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
    print("GAPURA_TEST_SEED=\(seed)")
    let office = try closedOffice()
    try office.liftRates()
    try office.openAroundTheClock()
    let said = try office.command(["officer", "add", "penyelia", "--role", "supervisor"])
    let supervisor = try XCTUnwrap(OfficerAccount(saying: said))
    try office.start()

    let people = PeopleMaker(seed: seed, today: office.clock.today).people(Self.peopleCount)
    let locales = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
    let address = ServerAddress(
      port: office.port, kioskSocket: office.kioskSocket, database: "\(office.state)/gapura.db")
    let day = OfficeDay(
      at: address, supervisor: supervisor, locales: locales, seed: seed, people: people, pace: .compressed)
    let result = try await day.play()

    XCTAssertEqual(result.errors, [])
    XCTAssertEqual(result.disagreements, [])
    XCTAssertGreaterThan(result.endings["finished"] ?? 0, Self.peopleCount / 2)

    // Once while it runs, with the write-ahead log, and once after its end.
    let secrets = people.flatMap(\.secrets).flatMap(RawBytes.spellings)
    XCTAssertEqual(try RawBytes.leaks(of: secrets, in: office.directory), [])
    XCTAssertEqual(office.stop(), 0)
    XCTAssertEqual(try RawBytes.leaks(of: secrets, in: office.directory), [])
    XCTAssertEqual(RawBytes.leaks(of: secrets, in: Data(office.log.utf8), named: "the log"), [])
    let addresses = result.addresses.sorted().joined(separator: "\n")
    XCTAssertGreaterThan(result.addresses.count, Self.peopleCount)
    XCTAssertEqual(RawBytes.leaks(of: secrets, in: Data(addresses.utf8), named: "the addresses"), [])
  }

  func testSearchFindsWhatLiesInAFile() throws {
    let office = try closedOffice()
    let file = office.directory.appendingPathComponent("planted")
    try Data("…nama=SITI CONTOH LAMIRA&nik=1808995708900001…".utf8).write(to: file)
    XCTAssertEqual(try RawBytes.leaks(of: RawBytes.spellings("Siti Contoh Lamira"), in: office.directory), ["planted"])
    XCTAssertEqual(try RawBytes.leaks(of: RawBytes.spellings("1808995708900001"), in: office.directory), ["planted"])
    XCTAssertEqual(try RawBytes.leaks(of: RawBytes.spellings("1808995708900002"), in: office.directory), [])
  }
}
