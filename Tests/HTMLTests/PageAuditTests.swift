import HTML
import XCTest

final class PageAuditTests: XCTestCase {
  private func page(language: String? = "id", @NodeBuilder _ content: () -> Node) -> Node {
    let inside = content()
    return html(.lang(language)) {
      head { title { "Judul" } }
      body { main { inside } }
    }
  }

  private func assertFinds(_ part: String, in page: Node, line: UInt = #line) {
    let findings = PageAudit.findings(in: page)
    XCTAssertTrue(findings.contains { $0.contains(part) }, "\(findings)", line: line)
  }

  func testGoodPageHasNoFindings() {
    let good = page {
      h1 { "Lacak" }
      h2 { "Nomor" }
      form {
        label(.for("n")) { "Nomor" }
        input(.id("n"), .name("n"), .aria("describedby", "h"))
        p(.id("h")) { "Ada di resi" }
        button(.button(.submit)) { "Cari" }
      }
    }
    XCTAssertEqual(PageAudit.findings(in: good), [])
  }

  func testEachFaultIsFound() {
    assertFinds("lang", in: page(language: nil) { h1 { "a" } })
    assertFinds("0 h1", in: page { p { "a" } })
    assertFinds(
      "2 h1",
      in: page {
        h1 { "a" }; h1 { "b" }
      })
    assertFinds(
      "skips from h1 to h3",
      in: page {
        h1 { "a" }; h3 { "b" }
      })
    assertFinds(
      "more than once",
      in: page {
        h1(.id("x")) { "a" }; p(.id("x")) { "b" }
      })
    assertFinds(
      "has no label",
      in: page {
        h1 { "a" }; input(.name("n"))
      })
    assertFinds(
      "not on the page",
      in: page {
        h1 { "a" }; p(.aria("describedby", "gone")) { "b" }
      })
    assertFinds(
      "leads nowhere",
      in: page {
        h1 { "a" }; a(.href(.fragment("gone"))) { "b" }
      })
    assertFinds(
      "no words",
      in: page {
        h1 { "a" }; button(.button(.submit)) {}
      })
    assertFinds(
      "no legend",
      in: page {
        h1 { "a" }; fieldset {}
      })
    assertFinds(
      "no fieldset",
      in: page {
        h1 { "a" };
        label {
          "x"; input(.type(.radio), .name("n"))
        }
      })
    assertFinds(
      "no caption",
      in: page {
        h1 { "a" }; table { tr { td { "x" } } }
      })
    assertFinds(
      "scope",
      in: page {
        h1 { "a" };
        table {
          caption { "t" }; tr { th { "x" } }
        }
      })
    assertFinds(
      "no alt",
      in: page {
        h1 { "a" }; img(.src("/aset/x.png"))
      })
    assertFinds(
      "hidden nor a named picture",
      in: page {
        h1 { "a" }; svg {}
      })
    assertFinds(
      "inside a p",
      in: page {
        h1 { "a" }; p { ul {} }
      })
    assertFinds(
      "without li",
      in: page {
        h1 { "a" }; ul { p { "x" } }
      })
    assertFinds(
      "inside another a",
      in: page {
        h1 { "a" }; a(.href("/")) { a(.href("/")) { "x" } }
      })
    assertFinds(
      "one of several",
      in: page {
        h1 { "a" }; nav {}; nav(.aria("label", "b")) {}
      })
    assertFinds(
      "does not say its type",
      in: page {
        h1 { "a" }; button { "b" }
      })
  }
}
