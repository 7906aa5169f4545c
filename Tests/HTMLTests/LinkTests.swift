import HTML
import XCTest

final class LinkTests: XCTestCase {
  func testInterpolatedTextStaysWithinItsSegment() {
    let code = "a/b?c#d&e=\u{E9} \"<"
    let link: Link = "/tiket/\(code)/cetak"
    XCTAssertEqual(link.description, "/tiket/a%2Fb%3Fc%23d%26e%3D%C3%A9%20%22%3C/cetak")
  }

  func testInterpolatedNumbersAreWrittenAsTheyAre() {
    let link: Link = "/loket/\(12)"
    XCTAssertEqual(link.description, "/loket/12")
  }

  /// A link that was put together before used to be encoded once more, and then began with no slash.
  func testInterpolatedLinkIsGoneOnFromAsItStands() {
    let counter: Link = "/petugas/loket/\("3 b")"
    let call: Link = "\(counter)/panggil"
    XCTAssertEqual(call.description, "/petugas/loket/3%20b/panggil")
  }

  func testAddingParametersKeepsTheFragmentAtTheEnd() {
    let link = Link("/lacak#hasil").adding("bahasa", "en").adding("tiket", "A 1")
    XCTAssertEqual(link.description, "/lacak?bahasa=en&tiket=A%201#hasil")
    XCTAssertEqual(link.path, "/lacak")
  }

  func testAddressFromOutsideMustStayOnThisSite() {
    for bad in [
      "//jahat.example", "/\\jahat.example", "https://jahat.example", "javascript:alert(1)", "", "x", "/a b",
      "/\u{9}/jahat.example", "/a\\b", "/a\"b",
    ] {
      XCTAssertNil(Link(localPath: bad), bad)
    }
    XCTAssertEqual(Link(localPath: "/lacak?nomor=1&x=%20")?.description, "/lacak?nomor=1&x=%20")
  }

  func testTelephoneKeepsDigitsAndAPlus() {
    XCTAssertEqual(Link.telephone("+62 (21) 555-12").description, "tel:+622155512")
    XCTAssertEqual(Link.mail("a b@kantor.go.id").description, "mailto:a%20b@kantor.go.id")
  }

  func testLinkGoesOnFromAnotherOneWithoutEncodingItAgain() {
    let counter: Link = "/petugas/loket/\("a b")"
    let link: Link = "\(counter)/panggil"
    XCTAssertEqual(link.description, "/petugas/loket/a%20b/panggil")
  }
}
