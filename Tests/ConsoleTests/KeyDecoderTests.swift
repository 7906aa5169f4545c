import Console
import XCTest

final class KeyDecoderTests: XCTestCase {
  private func keys(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.decode(Array(text.utf8)) + decoder.flush()
  }

  func testPrintableCharactersAreThemselves() {
    XCTAssertEqual(keys("aZ 9é日"), ["a", "Z", " ", "9", "é", "日"].map { .character($0) })
  }

  func testNamedKeysOfXtermAndTheLinuxConsole() {
    let table: [(String, Key)] = [
      ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
      ("\u{1B}[A", .up), ("\u{1B}[B", .down), ("\u{1B}[C", .right), ("\u{1B}[D", .left), ("\u{1B}OA", .up),
      ("\u{1B}[H", .home), ("\u{1B}[F", .end), ("\u{1B}[1~", .home), ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp),
      ("\u{1B}[6~", .pageDown), ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete), ("\u{1B}[Z", .backTab),
      ("\u{1B}OP", .function(1)), ("\u{1B}[[A", .function(1)), ("\u{1B}[[E", .function(5)),
      ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)), ("\u{1B}[1;5A", .up), ("\u{3}", .control("c")),
    ]
    for (bytes, key) in table { XCTAssertEqual(keys(bytes), [key], bytes.debugDescription) }
  }

  func testNumberPadInApplicationModeGivesDigitsAndSigns() {
    let pad = "pqrstuvwxy".map { "\u{1B}O\($0)" }.joined()
    XCTAssertEqual(keys(pad), "0123456789".map { .character($0) })
    XCTAssertEqual(keys("\u{1B}Oj\u{1B}Ok\u{1B}Om\u{1B}On\u{1B}Oo\u{1B}OM"), "*+-./".map { .character($0) } + [.enter])
  }

  func testSequencesMayArriveByteByByte() {
    var decoder = KeyDecoder()
    var found: [Key] = []
    for byte in "\u{1B}[15~é\u{1B}Oq日".utf8 { found += decoder.decode([byte]) }
    XCTAssertEqual(found, [.function(5), .character("é"), .character("1"), .character("日")])
    XCTAssertFalse(decoder.isPending)
  }

  func testLoneEscapeIsGivenOutByFlushOnly() {
    var decoder = KeyDecoder()
    XCTAssertEqual(decoder.decode([0x1B]), [])
    XCTAssertTrue(decoder.isPending)
    XCTAssertEqual(decoder.flush(), [.escape])
    XCTAssertFalse(decoder.isPending)
    XCTAssertEqual(decoder.flush(), [])
  }

  func testEscapeTwiceAndEscapeBeforeALetterAreEscapes() {
    XCTAssertEqual(keys("\u{1B}\u{1B}"), [.escape, .escape])
    XCTAssertEqual(keys("\u{1B}x"), [.escape, .character("x")])
    XCTAssertEqual(keys("\u{1B}\u{1B}[A"), [.escape, .up])
  }

  func testScannerEndingWithReturnAndLineFeedPressesEnterOnce() {
    XCTAssertEqual(keys("7K\r\n8"), [.character("7"), .character("K"), .enter, .character("8")])
    XCTAssertEqual(keys("\r\r"), [.enter, .enter])
  }

  func testPastedTextIsItsCharacters() {
    XCTAssertEqual(keys("\u{1B}[200~A1\u{1B}[201~\r"), [.character("A"), .character("1"), .enter])
  }

  func testBrokenUTF8IsDroppedAndTheNextKeyIsRead() {
    var decoder = KeyDecoder()
    let bytes: [UInt8] = [
      0xC3, 0x41, 0xFF, 0xE0, 0x80, 0x80, 0xED, 0xA0, 0x80, 0xF4, 0x90, 0x80, 0x80, 0xC0, 0x80, 0x42,
    ]
    XCTAssertEqual(decoder.decode(bytes), [.character("A"), .character("B")])
  }

  func testOverlongSequenceIsSkippedToItsEnd() {
    XCTAssertEqual(keys("\u{1B}[" + String(repeating: "1;", count: 5000) + "Ax"), [.character("x")])
  }

  func testGarbageNeverFailsAndHoldsLittle() {
    let seed = SeededGenerator.seed()
    var random = SeededGenerator(state: seed)
    for _ in 0..<200 {
      var decoder = KeyDecoder()
      for _ in 0..<50 {
        let bytes = (0..<Int.random(in: 0..<64, using: &random)).map { _ -> UInt8 in
          Bool.random(using: &random)
            ? .random(in: 0...255, using: &random) : [0x1B, 0x5B, 0x4F, 0x3B].randomElement(using: &random) ?? 0
        }
        let keys = decoder.decode(bytes)
        XCTAssertLessThanOrEqual(keys.count, bytes.count + 1, "seed \(seed)")
        for case .character(let character) in keys {
          XCTAssertFalse(character.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
      }
      _ = decoder.flush()
      XCTAssertEqual(decoder.decode([0x41]), [.character("A")], "seed \(seed)")
    }
  }
}
