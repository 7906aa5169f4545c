import Console
import TinyTerminal
import XCTest

final class RendererTests: XCTestCase {
  private func randomStyle(_ random: inout SeededGenerator) -> Style {
    guard Int.random(in: 0..<3, using: &random) == 0 else { return .plain }
    return Style(
      bold: .random(using: &random), reverse: .random(using: &random), underline: .random(using: &random),
      tone: Style.Tone.allCases.randomElement(using: &random) ?? .plain)
  }

  /// Scribbles on a frame: letters, wide characters, letters with marks, blanks, boxes.
  private func scribble(on frame: inout Frame, strokes: Int, _ random: inout SeededGenerator) {
    let texts = ["Antrean", "A-012", "日本語", "e\u{301}a\u{323}\u{302}", "    ", "x", "한국", "─┐", "🙂ok", "é"]
    for _ in 0..<strokes {
      let column = Int.random(in: -3..<frame.size.columns, using: &random)
      let row = Int.random(in: 0..<frame.size.rows, using: &random)
      let style = randomStyle(&random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: frame.box(Area(column: column, row: row, columns: 5, rows: 3), style: style)
      case 1: frame.fill(Area(column: column, row: row, columns: 20, rows: 2))
      default: frame.write(texts.randomElement(using: &random) ?? "", column: column, row: row, style: style)
      }
    }
    let hasCursor = Bool.random(using: &random)
    frame.cursor = hasCursor ? CellPoint(column: frame.size.columns - 1, row: frame.size.rows / 2) : nil
  }

  func testBytesOfAnUpdateTurnAnyFrameIntoAnyOther() {
    let seed = SeededGenerator.seed()
    var random = SeededGenerator(state: seed)
    for round in 0..<300 {
      let size = Size(columns: .random(in: 1...40, using: &random), rows: .random(in: 1...12, using: &random))
      let palette: Palette = .random(using: &random) ? .colour : .monochrome
      var terminal = TinyTerminal(size)
      var shown: Frame?
      var next = Frame(size)
      for _ in 0..<4 {
        scribble(on: &next, strokes: .random(in: 0...8, using: &random), &random)
        terminal.apply(Renderer.update(from: shown, to: next, palette: palette))
        let expected = TinyTerminal.cells(of: next, palette: palette)
        XCTAssertEqual(terminal.cells, expected, "seed \(seed), round \(round)")
        XCTAssertEqual(terminal.unknown, [], "seed \(seed), round \(round)")
        XCTAssertEqual(terminal.codes, [], "the pen is put away plain; seed \(seed), round \(round)")
        XCTAssertEqual(terminal.cursorIsVisible, next.cursor != nil)
        if let cursor = next.cursor {
          XCTAssertEqual([terminal.column, terminal.row], [cursor.column, cursor.row], "seed \(seed), round \(round)")
        }
        if terminal.cells != expected { return }
        shown = next
      }
    }
  }

  func testEqualFramesNeedNoBytes() {
    var frame = Frame(Size(columns: 20, rows: 4))
    frame.write("Selamat datang", column: 0, row: 1, style: .bold)
    frame.cursor = CellPoint(column: 3, row: 2)
    XCTAssertEqual(Renderer.update(from: frame, to: frame), [])
  }

  func testOneChangedCellCostsOneMoveAndOneByte() {
    let old = Frame(Size(columns: 80, rows: 24))
    var new = old
    new.write("x", column: 9, row: 4)
    XCTAssertEqual(String(decoding: Renderer.update(from: old, to: new), as: UTF8.self), "\u{1B}[5;10Hx")
  }

  func testNearNeighboursAreReachedWithoutANewMove() {
    var old = Frame(Size(columns: 80, rows: 24))
    old.write("A-012", column: 0, row: 0)
    var new = old
    new.write("B-013", column: 0, row: 0)
    XCTAssertEqual(String(decoding: Renderer.update(from: old, to: new), as: UTF8.self), "\u{1B}[HB-013")
  }

  func testFarNeighboursInALineAreReachedByAMoveForward() {
    let old = Frame(Size(columns: 80, rows: 24))
    var new = old
    new.write("x", column: 0, row: 0)
    new.write("y", column: 40, row: 0)
    XCTAssertEqual(String(decoding: Renderer.update(from: old, to: new), as: UTF8.self), "\u{1B}[Hx\u{1B}[39Cy")
  }

  func testEndOfALineIsErasedNotWrittenOver() {
    var old = Frame(Size(columns: 80, rows: 24))
    old.write("Ambil nomor antrean", column: 0, row: 0)
    let new = Frame(Size(columns: 80, rows: 24))
    XCTAssertEqual(String(decoding: Renderer.update(from: old, to: new), as: UTF8.self), "\u{1B}[H\u{1B}[K")
  }

  func testMonochromeTerminalGetsNoColours() {
    var frame = Frame(Size(columns: 10, rows: 1))
    frame.write("awas", column: 0, row: 0, style: Style(tone: .bad))
    let text = String(decoding: Renderer.update(from: nil, to: frame, palette: .monochrome), as: UTF8.self)
    XCTAssertTrue(text.contains("\u{1B}[1mawas"), text)
    XCTAssertFalse(text.contains("3"), text)
  }

  func testAnotherSizeIsDrawnWhole() {
    var small = Frame(Size(columns: 10, rows: 2))
    small.write("x", column: 0, row: 0)
    var large = Frame(Size(columns: 12, rows: 3))
    large.write("x", column: 0, row: 0)
    var terminal = TinyTerminal(large.size)
    terminal.apply(Renderer.update(from: small, to: large))
    XCTAssertEqual(terminal.cells, TinyTerminal.cells(of: large, palette: .colour))
  }
}
