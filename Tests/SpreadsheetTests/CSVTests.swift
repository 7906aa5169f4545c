import Core
import XCTest

@testable import Spreadsheet

/// Tables for programs.
final class CSVTests: XCTestCase {
  private func text(_ rows: [[Worksheet.Value]], columns: [String] = ["A", "B", "C"]) -> String {
    String(decoding: Worksheet(name: "x", columns: columns, rows: rows).csv, as: UTF8.self)
  }

  func testFieldsAreQuotedWhereTheyMustBe() {
    XCTAssertEqual(
      text([[.text("b, c"), .text("say \"no\""), .text("")], [.text("x;y"), .text("two\nlines"), .text(" end ")]]),
      "A,B,C\r\n\"b, c\",\"say \"\"no\"\"\",\r\n\"x;y\",\"two\nlines\",\" end \"\r\n")
    XCTAssertEqual(text([], columns: ["a;b", "=x", "é"]), "\"a;b\",'=x,é\r\n")
  }

  func testFormulasBecomeText() {
    let formulas = [
      "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\r\n=1", "=HYPERLINK(\"http://x\",\"y\")", "-1",
      "+62 812",
      "\u{FF1D}1+1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}A1",
    ]
    for formula in formulas {
      XCTAssertTrue(Worksheet.field(formula).drop { $0 == "\"" }.hasPrefix("'"), formula)
    }
    for plain in ["12.5", "Loket 3", "A-012", "a=b", "08123", "'=1"] {
      XCTAssertEqual(Worksheet.field(plain), plain)
    }
  }

  func testNumbersDaysAndTimesAreWrittenForPrograms() throws {
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-29"))
    let time = try XCTUnwrap(CivilTime("08:05"))
    XCTAssertEqual(
      text([
        [.count(-3), .minutes(-0.25), .percent(87)], [.money(Rupiah(-650_000)), .date(day), .moment(day, time)],
        [.empty, .minutes(12.34), .minutes(nil)],
      ]), "A,B,C\r\n-3,-0.3,87\r\n-650000,2026-11-29,2026-11-29T08:05\r\n,12.3,\r\n")
  }
}
