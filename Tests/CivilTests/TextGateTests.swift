import Core
import Foundation
import XCTest

@testable import Civil

final class TextGateTests: XCTestCase {
  func testWhatNobodySeesFallsAway() {
    let table = [
      "\u{202A}+62 812-3456-7890\u{202C}": "+62 812-3456-7890", "\u{FEFF}Budi": "Budi", "Bu\u{AD}di": "Budi",
      "Bu\u{200B}di": "Budi", "Bu\u{2060}di": "Budi", "\u{200E}Budi\u{200F}": "Budi", "\u{2066}Budi\u{2069}": "Budi",
      "Bu\u{200D}di": "Budi", "Bu\u{200C}di": "Budi", "Budi\u{E0042}\u{E0075}": "Budi", "Budi\u{FE0F}": "Budi",
      "Budi\u{E0100}": "Budi", "Budi\u{3164}": "Budi", "Budi\u{FFF9}": "Budi", "Budi\u{FFFE}": "Budi",
      "Rp950.000 \u{202E}000.059pR": "Rp950.000 000.059pR",
    ]
    for (raw, text) in table {
      XCTAssertEqual(TextGate.line(raw), TextGate.Admitted(text: text, fault: nil), raw.debugDescription)
    }
  }

  func testSpacesOfEveryKindAreSpaces() {
    let spaces = ["\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}", "\u{205F}", "\u{3000}", "\u{2800}", "\t", "\r\n"]
    for space in spaces {
      XCTAssertEqual(TextGate.line("Siti\(space)\(space)Aminah").text, "Siti Aminah", space.debugDescription)
    }
  }

  func testLinesKeepTheirEnds() {
    XCTAssertEqual(
      TextGate.lines("satu\r\ndua\rtiga\u{0B}empat\u{2028}lima\u{85}enam").text, "satu\ndua\ntiga\nempat\nlima\nenam")
    XCTAssertEqual(TextGate.lines("a\n\n\tb").text, "a\n\n\tb")
  }

  func testJoinersStayWhereTheyAreSeen() {
    let persian = "علی\u{200C}رضا"
    let sinhala = "ක්\u{200D}ෂ"
    XCTAssertEqual(TextGate.name(persian).text, persian)
    XCTAssertEqual(TextGate.name(sinhala).text, sinhala)
    XCTAssertEqual(TextGate.name("علی\u{200D}رضا").text, "علیرضا", "letters that join anyway")
    XCTAssertEqual(TextGate.name("\u{200D}Budi\u{200C}").text, "Budi")
  }

  func testDashesAndWidthAreMappedWhereNumbersAreMeant() {
    for dash in ["\u{2010}", "\u{2011}", "\u{2013}", "\u{2014}", "\u{2212}", "\u{FF0D}", "\u{2043}"] {
      XCTAssertEqual(TextGate.number("0812\(dash)3456").text, "0812-3456", dash.debugDescription)
      XCTAssertEqual(TextGate.line("a\(dash)b").text, NormalForm.canonical("a\(dash)b"), "prose keeps its dashes")
    }
    XCTAssertEqual(TextGate.number("\u{FF0B}６２　８１２").text, "+62 812")
    XCTAssertEqual(TextGate.name("ＢＵＤＩ").text, "BUDI")
    XCTAssertEqual(TextGate.number("٠٨١٢").text, "٠٨١٢", "other digits are seen to be others")
  }

  func testKeyThatTypesWhatNobodySeesTypesNothing() {
    for hidden: Character in ["\u{200B}", "\u{FEFF}", "\u{202A}", "\u{AD}"] { XCTAssertNil(TextGate.key(hidden)) }
    for (typed, key) in [("５", "5"), ("\u{2013}", "-"), ("é", "é"), ("7", "7"), ("*", "*")] as [(Character, Character)]
    {
      XCTAssertEqual(TextGate.key(typed), key)
    }
  }

  func testComposedAndDecomposedAreOne() {
    XCTAssertEqual(Array(TextGate.line("Rene\u{301}").text.unicodeScalars), Array("Ren\u{E9}".unicodeScalars))
    XCTAssertEqual(Array(TextGate.line("\u{212B}").text.unicodeScalars), ["\u{C5}"])
  }

  func testPasswordIsTheSameHoweverItIsSent() {
    let set = TextGate.password("caf\u{E9} kopi susu")
    for sent in ["cafe\u{301} kopi susu", "caf\u{E9}\u{A0}kopi\u{3000}susu", "\u{FEFF}caf\u{E9} kopi susu\n"] {
      XCTAssertEqual(Array(TextGate.password(sent).utf8), Array(set.utf8), sent.debugDescription)
    }
    XCTAssertEqual(TextGate.password("ＡＢ  c"), "ＡＢ  c", "width, case and double spaces stay")
  }

  func testControlsPrivateCharactersAndPilesOfAccentsAreFaults() {
    XCTAssertEqual(TextGate.line("Budi\u{0}"), .init(text: "Budi", fault: .control("\u{0}")))
    XCTAssertEqual(TextGate.lines("\u{1B}[31mBudi").fault, .control("\u{1B}"))
    XCTAssertEqual(TextGate.line("Budi\u{9B}").fault, .control("\u{9B}"))
    XCTAssertEqual(TextGate.line("Budi\u{E000}").fault, .privateUse("\u{E000}"))
    XCTAssertEqual(TextGate.line("\u{F0B7} satu").text, "• satu", "a word processor's bullet")
    let pile = "a" + String(repeating: "\u{302}", count: 300)
    XCTAssertEqual(TextGate.name(pile).fault, .marks)
    XCTAssertLessThanOrEqual(TextGate.name(pile).text.unicodeScalars.count, 1 + TextGate.markCountMax)
    for name in ["Nguyễn", "དབྱངས", "מֹשֶׁה", "กิ๋ง", "شُكْرًا"] {
      XCTAssertEqual(TextGate.name(name), .init(text: NormalForm.canonical(name), fault: nil), name)
    }
  }

  func testEveryFaultSaysHowToMendItInEveryLanguage() throws {
    let locales = try TestLocales.load()
    for language in locales.languages {
      for fault in [TextFault.control("\u{1B}"), .privateUse("\u{E000}"), .marks] {
        let text = fault.text(locales.words(language))
        XCTAssertFalse(text.contains("form.error") || text.contains("{"), text)
      }
    }
    XCTAssertTrue(TextFault.control("\u{1B}").explanation.contains("U+001B"))
  }

  /// Where what was taken out, composed or mapped brought others together, a second time changed more.
  func testWhatComesTogetherIsLookedAtAgain() {
    let accents = String(repeating: "\u{300}", count: 8)
    let odd = [
      "\u{FFE3}", String(repeating: "\u{FF9E}", count: 20), "\u{DD9}\u{200D}\u{DCA}\u{200D}\u{D9A}",
      "\u{915}\u{301}\u{94D}\u{200D}\u{937}", "a\(accents)\n\(accents)", "\u{DD9}\n\u{DCA}\u{200D}", "İ\(accents)",
      "\u{915}" + String(repeating: "\u{301}\u{94D}\u{200D}", count: 20),
    ]
    for raw in odd {
      for profile in [TextGate.lines, TextGate.line, TextGate.name, TextGate.number, TextGate.username] {
        let once = profile(raw).text
        XCTAssertEqual(Array(profile(once).text.utf8), Array(once.utf8), raw.debugDescription)
      }
      let password = TextGate.password(raw)
      XCTAssertEqual(Array(TextGate.password(password).utf8), Array(password.utf8), raw.debugDescription)
    }
    XCTAssertEqual(TextGate.number("\u{FFE3}").text, "\u{AF}")
    XCTAssertEqual(TextGate.name(String(repeating: "\u{FF9E}", count: 20)).fault, .marks)
  }

  func testGateTakesAnythingAndItsOwnOutputAgain() {
    let named = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) }
    let seed = named ?? UInt64.random(in: 1...9999)
    print("seed \(seed)")
    var random = SplitMix(state: seed)
    let odd: [ClosedRange<UInt32>] = [
      0...0x2FF, 0x300...0x36F, 0x600...0x6FF, 0x900...0x9FF, 0x1100...0x11FF, 0x2000...0x206F, 0xAC00...0xD7A3,
      0xE000...0xFFFF, 0x1D100...0x1D1FF, 0x1F300...0x1F6FF, 0xE0000...0xE01FF,
    ]
    for _ in 0..<3_000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...24, using: &random) {
        let range = odd.randomElement(using: &random) ?? 0...0
        Unicode.Scalar(UInt32.random(in: range, using: &random)).map { scalars.append($0) }
      }
      let raw = String(scalars)
      for profile in [TextGate.lines, TextGate.line, TextGate.name, TextGate.number, TextGate.username] {
        let once = profile(raw)
        let twice = profile(once.text)
        XCTAssertEqual(Array(once.text.unicodeScalars), Array(twice.text.unicodeScalars), raw.debugDescription)
        XCTAssertNil(twice.fault, raw.debugDescription)
        XCTAssertEqual(Array(NormalForm.canonical(once.text).unicodeScalars), Array(once.text.unicodeScalars))
      }
      XCTAssertEqual(TextGate.password(TextGate.lines(raw).text), TextGate.password(raw), "on the web as at a terminal")
    }
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
