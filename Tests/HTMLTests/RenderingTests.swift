import HTML
import XCTest

final class RenderingTests: XCTestCase {
  func testTextThatRunsFromRightToLeftIsSetApartWhereElementsMayStand() {
    let page = fragment {
      p {
        "Pemohon "
        strong { "علی" }
        ", Rp950.000"
      }
      option(.value("a")) { "علی" }
    }
    XCTAssertEqual(
      String(decoding: HTMLRenderer.render(page), as: UTF8.self),
      "<p>Pemohon <strong><bdi>علی</bdi></strong>, Rp950.000</p><option value=\"a\">علی</option>")
  }

  private func text(_ node: Node) -> String { String(decoding: HTMLRenderer.render(node), as: UTF8.self) }

  /// What is left as it is comes out as it went in, in whatever it stands and whatever stands beside it.
  func testReplacingGivesWhatMappingGives() {
    let page = section {
      "Satu"
      fragment {
        p(.id("a")) { strong { "dua" } }
        p { "tiga" }
      }
      div { div { p { a(.href("/empat")) { "empat" } } } }
    }
    for name in ["section", "p", "strong", "a", "div", "table"] {
      var (mapped, replaced): ([String], [String]) = ([], [])
      let expected = page.mapped { element in
        mapped.append(element.name)
        return element.name == name ? element.with(.role("note")) : element
      }
      let found = page.replacing { element in
        replaced.append(element.name)
        return element.name == name ? element.with(.role("note")) : nil
      }
      XCTAssertEqual(found, expected, name)
      XCTAssertEqual(replaced, mapped, "\(name): in the same order")
      XCTAssertEqual(found == page, name == "table", name)
    }
  }

  func testTextAndAttributesAreEscapedAlike() {
    let nasty = "<b a=\"1\" b='2'>&amp;"
    let escaped = "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;"
    XCTAssertEqual(text(p(.title(nasty)) { nasty }), "<p title=\"\(escaped)\">\(escaped)</p>")
  }

  func testControlCharactersBecomeTheReplacementCharacterAndLineEndsStay() {
    XCTAssertEqual(text(p { "a\u{0}b\u{1B}c\r\nd\te" }), "<p>a\u{FFFD}b\u{FFFD}c&#13;\nd\te</p>")
  }

  func testVoidElementsHaveNoEndTagAndBooleanAttributesNoValue() {
    XCTAssertEqual(text(input(.name("x"), .required(), .checked(false))), "<input name=\"x\" required>")
  }

  func testDocumentStartsWithItsType() {
    XCTAssertEqual(text(html(.lang("id")) {}), "<!DOCTYPE html>\n<html lang=\"id\"></html>")
  }

  func testTextareaKeepsItsFirstLineFeed() {
    XCTAssertEqual(text(textarea(.name("x")) { "\nhalo" }), "<textarea name=\"x\">\n\nhalo</textarea>")
  }

  func testClassesAreJoinedAndOtherAttributesReplaced() {
    let node = div(.class("a"), .id("x"), .class(nil), .class("b"), .id("y")) {}
    XCTAssertEqual(text(node), "<div class=\"a b\" id=\"y\"></div>")
  }

  func testElementsAreEqualAsTheyAreRendered() {
    XCTAssertEqual(p(.id("a"), nil, .class(nil), .hidden(false)) {}, p(.id("a")) {})
    XCTAssertEqual(p { fragment { "a" } }, p { "a" })
    XCTAssertNotEqual(p(.id("a")) {}, p(.id("b")) {})
    XCTAssertNil(Element.only(in: p(.class(nil)) {})?[attribute: "class"])
  }

  func testBuilderTakesConditionsLoopsAndOptionals() {
    let none: Node? = nil
    let node = ul {
      if words.isEmpty { li { "kosong" } }
      for word in words { li { word } }
      none
    }
    XCTAssertEqual(text(node), "<ul><li>satu</li><li>dua</li></ul>")
  }

  private let words = ["satu", "dua"]
}

extension Element {
  fileprivate static func only(in node: Node) -> Element? {
    if case .element(let element) = node { element } else { nil }
  }
}
