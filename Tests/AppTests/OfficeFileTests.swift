import Catalogue
import Contracts
import Core
import Foundation
import XCTest

@testable import gapura

final class OfficeFileTests: XCTestCase {
  private let shipped = ConfigurationDirectory(
    path: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "etc/gapura").path())

  private let sample = """
    {
      name: { id: "Kantor", en: "Office" },
      zone: "WIT",
      address: "Jalan Contoh 1",
      telephone: "+62 21 555 0100",
      counters: [
        { number: 1, services: ["a", "b"] },
        { number: 2 },
      ],
    }
    """

  private func office(_ text: String) throws -> Office {
    try ConfigurationFile(path: "office.json5", bytes: Array(text.utf8)).decode(OfficeFile.self).office
  }

  private func assertRefused(_ spot: String, _ spoiled: String, _ message: String, line: UInt = #line) {
    XCTAssertTrue(sample.contains(spot), "nothing to spoil", line: line)
    XCTAssertThrowsError(try office(sample.replacing(spot, with: spoiled, maxReplacements: 1)), line: line) { error in
      XCTAssertEqual("\(error)", "office.json5:\(message)", line: line)
    }
  }

  func testOfficeIsReadAsItIsWritten() throws {
    let office = try office(sample)
    XCTAssertEqual(office.name[.english], "Office")
    XCTAssertEqual(office.zone, .wit)
    XCTAssertEqual(office.counters.map(\.number), [1, 2])
    XCTAssertFalse(office.acceptsSpecimens, "nobody comes from Utopia")
    XCTAssertTrue(office.counters[0].serves(ServiceCode("b")))
    XCTAssertFalse(office.counters[0].serves(ServiceCode("c")))
    XCTAssertTrue(office.counters[1].serves(ServiceCode("c")), "a counter without a list serves all")
  }

  func testEmailAndPlaceAreReadAndMayBeLeftOut() throws {
    XCTAssertNil(try office(sample).email)
    XCTAssertNil(try office(sample).location)
    let full = sample.replacing(
      "telephone:",
      with: "email: \"layanan@kantor.example\", location: { latitude: \"-6.2\", longitude: \"106.82\" }, telephone:")
    XCTAssertEqual(try office(full).email, "layanan@kantor.example")
    XCTAssertEqual(try office(full).location, Office.Location(latitude: -6.2, longitude: 106.82))
  }

  func testPlaceOutsideTheCountryAndBrokenEmailAreRefused() {
    for (spoiled, told) in [
      ("location: { latitude: \"106.82\", longitude: \"-6.2\" }", "\"106.82\" is not in Indonesia"),
      ("location: { latitude: \"-6.2\" }", "longitude"),
      ("location: { latitude: \"52.5\", longitude: \"13.4\" }", "\"52.5\" is not in Indonesia"),
      ("email: \"layanan\"", "is not an e-mail address"), ("email: \"\"", "the text is empty"),
    ] {
      XCTAssertThrowsError(try office(sample.replacing("telephone:", with: spoiled + ", telephone:"))) { error in
        XCTAssertTrue("\(error)".contains(told) && "\(error)".hasPrefix("office.json5:5"), "\(error)")
      }
    }
  }

  func testBrokenOfficesAreRefusedWithTheirLine() {
    assertRefused(
      "\"WIT\"", "\"wib\"",
      "3:9: zone: \"wib\" is not one of the words that can stand here. Did you mean \"WIB\"? Write one of: WIB, WITA, WIT."
    )
    assertRefused(
      "+62 21 555 0100", "satu dua",
      "5:14: telephone: \"satu dua\" is not a telephone number. "
        + "Write digits, spaces and hyphens, such as \"(021) 555-0100\" or \"+62 21 555 0100\".")
    assertRefused(
      "number: 2", "number: 1",
      "8:15: counters, entry 2, number: \"1\" already stands in entry 1. Give each entry a name of its own.")
    assertRefused(
      "number: 2", "number: 0",
      "8:15: counters, entry 2, number: 0 is out of bounds. Write a whole number from 1 to 99.")
    assertRefused(
      "\"a\", \"b\"", "\"a\", \"a\"",
      "7:34: counters, entry 1, services, entry 2: \"a\" already stands in entry 1. Remove one of the two.")
    assertRefused(
      "address", "adress",
      "4:3: adress: this key is unknown. Did you mean \"address\"? Known here: name, zone, address, telephone, email, location, counters, acceptsSpecimens."
    )
  }

  func testShippedCountersServeServicesThatThereAre() async throws {
    let office = try ConfigurationFile.load(OfficeFile.self, from: shipped.appending("office.json5")).office
    var services = ServiceRegistry()
    services.provide(ConfigurationDirectory.self, shipped)
    services.provide((any WallClock).self, SystemClock())
    services.provide((any Log).self, SilentLog())
    let modules = try Assembly.assemble([CatalogueModule.self], services: &services)
    for module in modules { try await module.start() }
    let catalogue = services.require((any CatalogueService).self)
    XCTAssertEqual(office.counters.map(\.number), [1, 2, 3, 4])
    XCTAssertFalse(office.acceptsSpecimens)
    for code in office.counters.flatMap(\.services) { XCTAssertNotNil(catalogue.service(code), "\(code)") }
  }
}
