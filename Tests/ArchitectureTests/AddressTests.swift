import Foundation
import XCTest

/// What stands in an address: parameters that name a case or a person are covered on their way out; any other says why
/// it names nobody.
final class AddressTests: XCTestCase {
  private static let harmless = [
    "henti": "a stop of a service", "jenis": "a kind of request", "kertas": "random bits of a paper, exchanged at once",
    "layanan": "a service of the catalogue", "loket": "a counter of the hall", "nama": "a spoken sentence's file",
    "syarat": "a requirement of the service", "tindakan": "an action at a counter", "undian": "a draw for everybody",
    "zona": "a display's zone",
  ]

  func testEveryParameterOfARouteIsCoveredOrNamesNobody() throws {
    let sources = try Repository.sources()
    let veil = try XCTUnwrap(sources.first { $0.text.contains("static let names: Set<String> = [") }).text
    let list = try XCTUnwrap(veil.firstMatch(of: /static let names: Set<String> = \[([^\]]*)\]/)).output.1
    let covered = Set(list.matches(of: /"([a-z]+)"/).map { String($0.output.1) })
    XCTAssertTrue(covered.isSuperset(of: ["nomor", "kode", "tiket"]), "\(covered)")
    var used: Set<String> = []
    for source in sources {
      for route in source.text.matches(of: /Route\(\.(?:get|post), "([^"]*)"/) {
        used.formUnion(route.output.1.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) })
      }
    }
    XCTAssertGreaterThan(used.count, 10, "the routes were not found in the sources")
    for name in used.subtracting(covered) {
      XCTAssertNotNil(Self.harmless[name], "\":\(name)\" stands in addresses: cover it (AddressVeil), or say why not")
    }
    XCTAssertEqual(Set(Self.harmless.keys).subtracting(used), [], "named here, but no parameter")
  }
}
