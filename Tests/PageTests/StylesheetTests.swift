import Foundation
import XCTest

/// Holds the stylesheet's colour tokens to WCAG 2.2 AA by calculation: 4.5 : 1 for text (1.4.3) and
/// 3 : 1 for what shows a control or a state (1.4.11), in each of its four modes.
final class StylesheetTests: XCTestCase {
  private static let text: [(String, on: [String])] = [
    ("ink", ["paper", "surface", "sunken", "gold-wash", "info-wash", "good-wash", "warn-wash", "bad-wash"]),
    ("muted", ["paper", "surface", "sunken", "gold-wash"]),
    ("link", ["paper", "surface", "sunken", "gold-wash"]),
    ("primary", ["surface", "paper", "gold-wash"]),
    ("on-primary", ["primary", "primary-hover"]),
    ("gold-ink", ["paper", "surface", "sunken", "gold-wash"]),
    ("good", ["good-wash", "surface"]), ("warn", ["warn-wash", "surface", "paper"]),
    ("bad", ["bad-wash", "surface", "paper"]), ("info", ["info-wash", "surface"]),
    ("on-hero", ["hero", "hero-deep"]), ("hero-muted", ["hero", "hero-deep", "hero-shade"]),
    ("hero-gold", ["hero", "hero-deep"]), ("hero-deep", ["hero-gold", "on-hero"]), ("surface", ["good", "bad"]),
  ]
  private static let marks: [(String, on: [String])] = [
    ("edge", ["paper", "surface", "sunken"]), ("focus", ["paper", "surface", "sunken", "gold-wash"]),
    ("primary", ["paper", "surface"]), ("hero-gold", ["hero", "hero-deep"]), ("bad", ["surface"]),
  ]

  func testEveryPairOfTokensHasEnoughContrastInEveryMode() throws {
    for (mode, tokens) in try modes() {
      for (pairs, least) in [(Self.text, 4.5), (Self.marks, 3.0)] {
        for (front, backs) in pairs {
          for back in backs {
            let ratio = try contrast(XCTUnwrap(tokens[front], front), XCTUnwrap(tokens[back], back))
            XCTAssertGreaterThanOrEqual(ratio, least, "\(mode): \(front) on \(back)")
          }
        }
      }
    }
  }

  func testContrastIsCalculatedAsWCAGSays() {
    XCTAssertEqual(contrast("#000000", "#ffffff"), 21, accuracy: 0.01)
    XCTAssertEqual(contrast("#777777", "#ffffff"), 4.48, accuracy: 0.01)
  }

  func testStylesheetsLoadNothingFromElsewhere() throws {
    for name in ["first.css", "gapura.css", "office.css", "display.css"] {
      let sheet = try sheet(name)
      XCTAssertFalse(sheet.contains("url("), name)
      XCTAssertFalse(sheet.contains("@import"), name)
    }
  }

  // MARK: Reading the tokens

  private func sheet(_ name: String = "gapura.css") throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "share/assets/\(name)"), encoding: .utf8)
  }

  /// The four token blocks, in the order in which they stand and override each other.
  private func modes() throws -> [(String, [String: String])] {
    let blocks = try (sheet("first.css") + sheet()).components(separatedBy: "{").filter {
      $0.contains("--paper: #") && $0.contains("--bad-wash")
    }
    .map(tokens)
    XCTAssertEqual(blocks.count, 4)
    let light = blocks[0]
    let dark = light.merging(blocks[1]) { $1 }
    let contrast = light.merging(blocks[2]) { $1 }
    return [
      ("light", light), ("dark", dark), ("contrast", contrast),
      ("dark contrast", dark.merging(blocks[2]) { $1 }.merging(blocks[3]) { $1 }),
    ]
  }

  private func tokens(_ block: String) -> [String: String] {
    var tokens: [String: String] = [:]
    for match in block.matches(of: #/--([a-z-]+): (#[0-9a-f]{6})/#) { tokens[String(match.1)] = String(match.2) }
    return tokens
  }

  // MARK: WCAG 2.2, relative luminance and contrast ratio

  private func contrast(_ one: String, _ other: String) -> Double {
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }

  private func luminance(_ colour: String) -> Double {
    let value = Int(colour.dropFirst(), radix: 16) ?? 0
    let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
