import Contracts
import Core
import XCTest

@testable import Catalogue

final class ShippedFilesTests: XCTestCase {
  private func catalogue() throws -> Catalogue {
    let catalogue = Catalogue(SmallCatalogue.shipped)
    try catalogue.editions.reload()
    return catalogue
  }

  func testShippedServicesAreSoundAndInOrder() throws {
    XCTAssertEqual(EditionReading(SmallCatalogue.shipped).problems, [])
    XCTAssertEqual(
      try catalogue().services(on: day("2026-11-23")).map(\.code.rawValue),
      [
        "paspor-elektronik-10", "paspor-penggantian", "paspor-hilang", "izin-tinggal-kunjungan",
        "izin-tinggal-terbatas",
      ])
  }

  func testShippedFeesAreThoseOfTheTariff() throws {
    let fees = try catalogue().edition.services.map { "\($0.code) \($0.total)" }
    XCTAssertEqual(
      fees,
      [
        "paspor-elektronik-10 Rp950.000", "paspor-penggantian Rp950.000", "paspor-hilang Rp1.950.000",
        "izin-tinggal-kunjungan Rp500.000", "izin-tinggal-terbatas Rp3.000.000",
      ])
  }

  func testLostPassportCannotBeAppliedForOnTheWeb() throws {
    let web = try catalogue().edition.services.filter { !$0.acceptsWebApplications }.map(\.code.rawValue)
    XCTAssertEqual(web, ["paspor-hilang"])
  }

  func testServicesAreOfferedOnlyFromTheirFirstDay() throws {
    let catalogue = try catalogue()
    XCTAssertEqual(try catalogue.services(on: day("2024-12-16")).count, 0)
    XCTAssertEqual(try catalogue.services(on: day("2024-12-17")).count, 3)
    XCTAssertEqual(try catalogue.services(on: day("2025-05-29")).count, 5)
  }

  func testEveryTextStandsInBothLanguagesAndDiffers() throws {
    for service in try catalogue().edition.services {
      var texts = [service.name, service.summary] + service.requirements + service.notices + service.fees.map(\.name)
      texts += service.fields.flatMap { [$0.label] + [$0.hint].compactMap { $0 } + $0.choices.map(\.label) }
      texts += service.stages.flatMap { [$0.name, $0.explanation] }
      for text in texts {
        XCTAssertFalse(text[.indonesian].isEmpty || text[.english].isEmpty, "\(service.code)")
        // "Umrah" and the like are the same word in both; a sentence is not.
        if text[.indonesian].split(separator: " ").count > 3 {
          XCTAssertNotEqual(text[.indonesian], text[.english], "\(service.code)")
        }
      }
    }
  }

  /// The counts of the two decrees: 240 working days in 2026 and 242 in 2027.
  func testYearsHaveTheWorkingDaysOfTheirDecrees() throws {
    let catalogue = try catalogue()
    for (year, count) in [(2026, 240), (2027, 242)] {
      let first = try day("\(year)-01-01")
      let days = (0..<365).map { first.adding(days: $0) }
      XCTAssertEqual(days.filter(catalogue.isWorkingDay).count, count, "\(year)")
    }
  }

  func testPromisesStepOverEidAndItsCollectiveLeave() throws {
    let catalogue = try catalogue()
    // Tuesday 17 March 2026; 18, 19, 20, 23 and 24 March are off, and 21 and 22 a weekend.
    XCTAssertEqual(try catalogue.workingDay(1, after: day("2026-03-17")), try day("2026-03-25"))
    XCTAssertEqual(try catalogue.workingDay(4, after: day("2026-03-17")), try day("2026-03-30"))
    XCTAssertEqual(try catalogue.closure(on: day("2026-03-19"))?[.english], "Nyepi, the Day of Silence")
    XCTAssertNil(try catalogue.closure(on: day("2026-03-22")), "a Sunday is closed without a holiday")
  }

  func testShippedCalendarHasNoExceptions() throws {
    let calendar = try catalogue().edition.calendar
    XCTAssertTrue(calendar.exceptions.isEmpty, "a real office would open on a day that only a demonstration needs")
  }
}
