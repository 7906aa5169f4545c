import Contracts
import Core
import XCTest

@testable import Catalogue

final class CatalogueTests: XCTestCase {
  func testWorkingDaysStepOverWeekendsHolidaysLeaveAndClosures() throws {
    let files = try SmallCatalogue()
    let catalogue = Catalogue(files.directory)
    try catalogue.editions.reload()
    // Wednesday 23 December 2026: 24 leave, 25 holiday, 26 and 27 weekend, 28 closed.
    let wednesday = try day("2026-12-23")
    XCTAssertEqual(catalogue.workingDay(0, after: wednesday), wednesday)
    XCTAssertEqual(catalogue.workingDay(1, after: wednesday), try day("2026-12-29"))
    XCTAssertEqual(
      catalogue.workingDay(4, after: wednesday), try day("2027-01-01"), "no holidays of 2027 are known here")
    XCTAssertEqual(catalogue.workingDay(1, after: try day("2026-12-26")), try day("2026-12-29"))
    for (text, isWorking) in [
      ("2026-12-23", true), ("2026-12-24", false), ("2026-12-25", false), ("2026-12-26", false), ("2026-12-28", false),
      ("2026-12-29", true),
    ] { XCTAssertEqual(try catalogue.isWorkingDay(day(text)), isWorking, text) }
  }

  func testOpenSaturdayServesPeopleButIsNoWorkingDay() throws {
    let files = try SmallCatalogue()
    let catalogue = Catalogue(files.directory)
    try catalogue.editions.reload()
    let saturday = try day("2026-11-28")
    XCTAssertEqual(catalogue.openingTimes(on: saturday).map(\.from.description), ["09:00"])
    XCTAssertFalse(catalogue.isWorkingDay(saturday))
    XCTAssertEqual(catalogue.openingTimes(on: try day("2026-11-23")).map(\.to.description), ["12:00", "16:00"])
    XCTAssertEqual(catalogue.openingTimes(on: try day("2026-12-28")), [], "closed, although a Monday")
    XCTAssertEqual(catalogue.closure(on: try day("2026-12-28"))?[.indonesian], "Pindah kantor")
  }

  func testExceptionOpensASundayAndACollectiveLeaveForItsHoursButMakesNoWorkingDay() throws {
    let files = try SmallCatalogue()
    let catalogue = Catalogue(files.directory)
    try catalogue.editions.reload()
    let (sunday, leave) = (try day("2026-12-20"), try day("2026-12-24"))
    XCTAssertEqual(catalogue.openingTimes(on: sunday).map { "\($0.from)–\($0.to)" }, ["09:00–24:00"])
    XCTAssertEqual(catalogue.openingTimes(on: leave).map { "\($0.from)–\($0.to)" }, ["08:00–10:00", "10:30–12:00"])
    XCTAssertEqual(catalogue.occasion(on: sunday)?[.english], "Service Sunday")
    XCTAssertNil(catalogue.closure(on: leave), "a day on which the office opens has no reason to be closed")
    XCTAssertNil(catalogue.occasion(on: try day("2026-12-21")))
    XCTAssertEqual(catalogue.openingTimes(on: try day("2026-12-27")), [], "the Sunday after")
    for day in [sunday, leave] { XCTAssertFalse(catalogue.isWorkingDay(day), "\(day)") }
  }

  func testServiceEndsWithItsLastDayButKeepsItsStages() throws {
    let files = try SmallCatalogue()
    try files.write(
      SmallCatalogue.service.replacing("validFrom:", with: "validTo: \"2026-06-30\",\n  validFrom:"),
      to: "services/a.json5")
    let catalogue = Catalogue(files.directory)
    try catalogue.editions.reload()
    XCTAssertEqual(try catalogue.services(on: day("2025-12-31")).count, 0)
    XCTAssertEqual(try catalogue.services(on: day("2026-01-01")).count, 1)
    XCTAssertEqual(try catalogue.services(on: day("2026-06-30")).count, 1)
    XCTAssertEqual(try catalogue.services(on: day("2026-07-01")).count, 0)
    let service = try XCTUnwrap(catalogue.service(ServiceCode("paspor-uji")))
    XCTAssertEqual(service.stage(after: "terdaftar")?.code, "periksa")
    XCTAssertNil(service.stage(after: "selesai"))
    XCTAssertEqual(service.total, Rupiah(1_000_000))
    XCTAssertNil(catalogue.service(ServiceCode("lain")))
  }

  func testWalkInServiceNeedsNoForm() throws {
    let files = try SmallCatalogue()
    let fields = try XCTUnwrap(SmallCatalogue.service.firstRange(of: "  fields: ["))
    let stages = try XCTUnwrap(SmallCatalogue.service.firstRange(of: "  stages: ["))
    let bare = String(SmallCatalogue.service[..<fields.lowerBound] + SmallCatalogue.service[stages.lowerBound...])
    try files.write(bare, to: "services/a.json5")
    XCTAssertEqual(
      EditionReading(files.directory).problems.map(\.what),
      ["the service takes applications on the web but its form asks nothing"])
    try files.write(
      bare.replacing("acceptsWebApplications: true", with: "acceptsWebApplications: false"), to: "services/a.json5")
    XCTAssertEqual(EditionReading(files.directory).problems, [])
  }

  // MARK: The module

  private func module(_ files: SmallCatalogue, at instant: String = "2026-11-23") throws -> (
    CatalogueModule, ServiceRegistry
  ) {
    var services = ServiceRegistry()
    services.provide(ConfigurationDirectory.self, files.directory)
    let morning = try OfficeZone.wib.instant(day(instant), CivilTime(minuteOfDay: 480))
    services.provide((any WallClock).self, ManualClock(morning))
    services.provide((any Log).self, SilentLog())
    let modules = try Assembly.assemble([CatalogueModule.self], services: &services)
    return (try XCTUnwrap(modules.first as? CatalogueModule), services)
  }

  func testModuleServesWhatItsFilesSayAfterStart() async throws {
    let files = try SmallCatalogue()
    let (module, services) = try module(files)
    let catalogue = services.require((any CatalogueService).self)
    let early = await module.health()
    XCTAssertFalse(early.isHealthy)
    XCTAssertEqual(try catalogue.services(on: day("2026-11-23")).count, 0)
    try await module.start()
    XCTAssertEqual(try catalogue.services(on: day("2026-11-23")).count, 1)
    let late = await module.health()
    XCTAssertTrue(late.isHealthy)
    XCTAssertEqual(late.detail, "1 services")
    XCTAssertEqual(services.require((any OpeningTimesService).self).openingTimes(on: try day("2026-11-23")).count, 2)
  }

  func testHealthSaysWhenThisYearsHolidaysAreMissing() async throws {
    let (module, _) = try module(SmallCatalogue(), at: "2027-01-04")
    try? await module.start()
    let files = try SmallCatalogue()
    let (other, _) = try self.module(files, at: "2027-01-04")
    try await other.start()
    let report = await other.health()
    XCTAssertEqual(report.detail, "1 services; calendar.json5 has no holidays for 2027")
  }

  func testReloadWithABrokenFileKeepsWhatWasInForce() async throws {
    let files = try SmallCatalogue()
    let (module, services) = try module(files)
    try await module.start()
    try files.write("{ code: }", to: "services/a.json5")
    do {
      try await module.reload()
      XCTFail("a broken file was taken")
    } catch { XCTAssertEqual((error as? ConfigurationProblem)?.line, 1) }
    let catalogue = services.require((any CatalogueService).self)
    XCTAssertNotNil(catalogue.service(ServiceCode("paspor-uji")))
    try files.write(
      SmallCatalogue.service.replacing("promisedWorkingDays: 4", with: "promisedWorkingDays: 3"), to: "services/a.json5"
    )
    try await module.reload()
    XCTAssertEqual(catalogue.service(ServiceCode("paspor-uji"))?.promisedWorkingDays, 3)
  }

  // MARK: The command

  private func check(_ module: CatalogueModule, _ arguments: [String]) async throws -> [String] {
    let command = try XCTUnwrap(module.commands().first { $0.path == ["catalogue", "check"] })
    return try await command.run(
      CommandInput(arguments: arguments, options: [:]) { _ in Personal("") }
    ).lines
  }

  func testCheckTellsEverythingThatIsWrongAtOnce() async throws {
    let files = try SmallCatalogue()
    try files.write("{ code: }", to: "services/a.json5")
    try files.write("{}", to: "services/b.json5")
    try files.write("[]", to: "calendar.json5")
    let (module, _) = try module(files)
    do {
      _ = try await check(module, [])
      XCTFail("broken files were found sound")
    } catch let error as ConfigurationProblems {
      XCTAssertEqual(
        error.description.split(separator: "\n").map { $0.dropFirst(files.directory.path.count + 1).prefix(24) },
        ["calendar.json5:1:1: an o", "services/a.json5:1:9: co", "services/b.json5:1:1: th"])
    }
  }

  func testCheckOfAnotherDirectorySaysWhatItFound() async throws {
    let (module, _) = try module(SmallCatalogue())
    let lines = try await check(module, [SmallCatalogue.shipped.path])
    XCTAssertEqual(lines.first, "paspor-elektronik-10: sound, A, Rp950.000, 8 stages")
    XCTAssertEqual(lines.last, "\(SmallCatalogue.shipped.path): 5 services, nothing wrong")
    do {
      _ = try await check(module, ["a", "b"])
      XCTFail("two directories were taken")
    } catch { XCTAssertTrue(error is UsageError) }
  }
}
