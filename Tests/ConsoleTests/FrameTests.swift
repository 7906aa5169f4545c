import Console
import XCTest

final class FrameTests: XCTestCase {
  private func rows(_ frame: Frame) -> [String] { (0..<frame.size.rows).map { frame.text(row: $0) } }

  func testTextIsClippedAtEveryEdge() {
    var frame = Frame(Size(columns: 5, rows: 2))
    frame.write("kiri", column: -2, row: 0)
    frame.write("kanan", column: 3, row: 0)
    frame.write("di bawah", column: 0, row: 2)
    XCTAssertEqual(rows(frame), ["ri ka", "     "])
  }

  func testWideCharacterThatWouldStickOutIsLeftOut() {
    var frame = Frame(Size(columns: 5, rows: 1))
    frame.write("abcd日", column: 0, row: 0)
    XCTAssertEqual(rows(frame), ["abcd "])
  }

  func testHalfOverwrittenWideCharacterBecomesBlank() {
    var frame = Frame(Size(columns: 4, rows: 1))
    frame.write("日本", column: 0, row: 0)
    frame.write("x", column: 1, row: 0)
    XCTAssertEqual(rows(frame), [" x本"])
    frame.write("y", column: 2, row: 0)
    XCTAssertEqual(rows(frame), [" xy "])
  }

  func testControlsAndLoneMarksTakeNoPlace() {
    var frame = Frame(Size(columns: 6, rows: 1))
    let end = frame.write("\u{301}a\u{1B}b\u{200B}c\u{7}", column: 0, row: 0)
    XCTAssertEqual(end, 3)
    XCTAssertEqual(rows(frame), ["abc   "])
  }

  func testPileOfMarksIsCutDown() {
    let cell = Cell(Character("a" + String(repeating: "\u{301}", count: 500)))
    XCTAssertLessThanOrEqual(cell.character.unicodeScalars.count, 5)
    XCTAssertEqual(cell.width, 1)
  }

  func testJoinedPictureBecomesItsFirst() {
    XCTAssertEqual(Cell("👨‍👩‍👧").character, "👨")
    XCTAssertEqual(Cell("👨‍👩‍👧").width, 2)
  }

  func testTextWrapsAtSpacesAndCentres() {
    var frame = Frame(Size(columns: 11, rows: 3))
    let lines = frame.write("Ambil nomor antrean", in: Area(frame.size), centred: true)
    XCTAssertEqual(lines, 2)
    XCTAssertEqual(rows(frame), ["Ambil nomor", "  antrean  ", "           "])
  }

  func testWrappedLinesNeverPassTheWidthAndLoseNoLetter() {
    var random = SeededGenerator(state: SeededGenerator.seed())
    for _ in 0..<500 {
      let words = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
        String((0..<Int.random(in: 1...15, using: &random)).map { _ in "aé日-".randomElement(using: &random) ?? "a" })
      }
      let columns = Int.random(in: 2...20, using: &random)
      let lines = Text.wrap(words.joined(separator: " "), columns: columns)
      XCTAssertTrue(lines.allSatisfy { Text.cellCount($0) <= columns })
      XCTAssertEqual(lines.joined().filter { $0 != " " }, words.joined())
      XCTAssertFalse(lines.isEmpty)
    }
  }

  func testLineFeedsBeginNewLines() {
    XCTAssertEqual(Text.wrap("satu\n\ndua tiga", columns: 5), ["satu", "", "dua", "tiga"])
  }

  func testBoxIsDrawnAlongTheInnerEdge() {
    var frame = Frame(Size(columns: 4, rows: 3))
    frame.box(Area(frame.size), border: .ascii)
    XCTAssertEqual(rows(frame), ["+--+", "|  |", "+--+"])
    frame.box(Area(frame.size))
    XCTAssertEqual(rows(frame), ["┌──┐", "│  │", "└──┘"])
  }

  func testSizesAreBounded() {
    let size = Size(columns: 1_000_000, rows: -5)
    XCTAssertEqual([size.columns, size.rows], [Size.sideCellCountMax, 0])
    XCTAssertEqual(Frame(size)[3, 3], .blank)
  }

  func testTicketNumberIsReadableInSmallLargeLetters() {
    var frame = Frame(BigText.size("A1-", scale: .small))
    BigText.draw("a1-", on: &frame, column: 0, row: 0, scale: .small)
    XCTAssertEqual(
      rows(frame),
      [
        "▄▀▀▀▄  ▄█        ",
        "█▄▄▄█   █   ▄▄▄▄▄",
        "█   █   █        ",
        "▀   ▀  ▀▀▀       ",
      ])
  }

  func testLargestFittingScaleIsChosen() {
    XCTAssertEqual(BigText.scale(fitting: "A-012", in: Size(columns: 80, rows: 24)), .large)
    XCTAssertEqual(BigText.scale(fitting: "A-012", in: Size(columns: 40, rows: 12)), .small)
    XCTAssertNil(BigText.scale(fitting: "A-012", in: Size(columns: 20, rows: 12)))
    XCTAssertTrue(BigText.canShow("a-012"))
    XCTAssertFalse(BigText.canShow("日"))
  }

  func testEveryLargeLetterIsDifferent() {
    let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-?!.,:/()*+[]'>_=~$%;"
    let pictures = characters.map { character in
      var frame = Frame(BigText.size("A", scale: .large))
      BigText.draw(String(character), on: &frame, column: 0, row: 0, scale: .large)
      return (0..<7).map { row in (0..<10).map { frame[$0, row].style.isReverse } }
    }
    XCTAssertEqual(Set(pictures).count, characters.count)
  }
}
