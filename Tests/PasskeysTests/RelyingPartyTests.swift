import XCTest

@testable import Passkeys

final class RelyingPartyTests: XCTestCase {
  func testTheSiteIsTheHostOfTheAddressThatPeopleType() {
    for (address, id, origin) in [
      ("https://antrean.example.go.id", "antrean.example.go.id", "https://antrean.example.go.id"),
      ("https://antrean.example.go.id:443", "antrean.example.go.id", "https://antrean.example.go.id"),
      ("https://antrean.example.go.id:8443", "antrean.example.go.id", "https://antrean.example.go.id:8443"),
      ("https://Antrean.Example.GO.ID", "antrean.example.go.id", "https://antrean.example.go.id"),
      ("https://antrean", "antrean", "https://antrean"),
      ("http://localhost:8080", "localhost", "http://localhost:8080"),
      ("http://127.0.0.1:8080", "localhost", "http://localhost:8080"),
      ("http://[::1]:8080", "localhost", "http://localhost:8080"), ("http://[::1]", "localhost", "http://localhost"),
      ("http://localhost:80", "localhost", "http://localhost"),
    ] {
      let party = RelyingParty(publicAddress: address)
      XCTAssertEqual(party?.id, id, address)
      XCTAssertEqual(party?.origin, origin, address)
    }
  }

  func testWhereBrowsersHaveNoPasskeysThereIsNoSite() {
    for address in [
      "http://antrean.example.go.id", "https://192.0.2.1", "https://192.0.2.1:8443", "https://[2001:db8::1]",
      "ftp://antrean.example.go.id", "antrean.example.go.id", "https://", "https://:8443", "https://a..b",
      "https://-a.example", "https://a.example/", "https://a.example:x", "https://petugas@a.example",
      "https://a b.example",
      "https://\u{E9}.example", "https://a.example?b", "https://" + String(repeating: "a", count: 64) + ".example",
    ] { XCTAssertNil(RelyingParty(publicAddress: address), address) }
  }
}
