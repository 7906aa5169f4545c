import Foundation
import WebDriver
import XCTest

/// Looks at a page as people meet it: in a narrow window, with text twice as large, dark, with high
/// contrast, in large print, and by keyboard alone.
struct AccessibilityAudit {
  let session: BrowserSession
  /// Where a finding is reported.
  var file: StaticString = #filePath
  var line: UInt = #line

  /// How a reader has set up the page.
  enum Mode: String, CaseIterable {
    case light, dark, lightContrast, darkContrast, largePrint

    var isDark: Bool { self == .dark || self == .darkContrast }
    /// The classes of `html` that the page's own switches set.
    var classes: String {
      switch self {
      case .light, .dark: ""
      case .lightContrast, .darkContrast: "contrast"
      case .largePrint: "large"
      }
    }
  }

  /// The quick look that every visited page gets: as it is, at 320 pixels, and with text of 200 %.
  func check(_ page: String) throws {
    try expectNothing(findings(), page)
    try atWidth(320) { try expectNothing(findings(), "\(page), 320 pixels wide") }
    try withTextDoubled { try expectNothing(findings(), "\(page), text at 200 %") }
  }

  /// The widths of a small and of a common phone, and of a desktop.
  private static let widths = [320, 390, 1280]

  /// Whether everything has room in every width, with text as it is and twice as large.
  func checkWidths(_ page: String) throws {
    for width in Self.widths {
      try atWidth(width) {
        try expectNothing(findings(), "\(page), \(width) pixels wide")
        try withTextDoubled { try expectNothing(findings(), "\(page), \(width) pixels wide, text at 200 %") }
      }
    }
  }

  /// The thorough look at a main page: `check` in every mode, and the keyboard.
  func checkThoroughly(_ page: String) throws {
    for mode in Mode.allCases {
      try session.prefer(dark: mode.isDark, reducedMotion: true)
      let before = try session.run(
        "const before = document.documentElement.className; document.documentElement.className = arguments[0]; return before",
        .text(mode.classes))
      switch mode {
      // Colours do not move anything, sizes do.
      case .light, .largePrint: try check("\(page), \(mode.rawValue)")
      case .dark, .lightContrast, .darkContrast: try expectNothing(findings(), "\(page), \(mode.rawValue)")
      }
      if mode == .light || mode == .darkContrast { try expectNothing(keyboardFindings(), "\(page) by keyboard") }
      try session.run("document.documentElement.className = arguments[0]", before)
    }
    try session.prefer()
  }

  /// What is wrong with the page as it is shown now.
  func findings() throws -> [String] { try session.run(Self.script("audit")).strings }

  /// Goes round the page with the Tab key.
  func keyboardFindings() throws -> [String] {
    let count = Int(try session.run(Self.script("focus")).double ?? 0)
    for _ in 0..<(count + 2) { try session.press(.tab) }
    return try session.run(Self.script("focus-report")).strings
  }

  private func atWidth(_ width: Int, _ work: () throws -> Void) throws {
    try session.resize(width: width, height: session.options.size.height)
    try work()
    try session.resize(width: session.options.size.width, height: session.options.size.height)
  }

  private func withTextDoubled(_ work: () throws -> Void) throws {
    try session.run("document.documentElement.style.fontSize = '200%'")
    try work()
    try session.run("document.documentElement.style.fontSize = ''")
  }

  private func expectNothing(_ findings: [String], _ page: String) {
    let page = "\(page), in \(session.options.fonts.rawValue)"
    if !findings.isEmpty { XCTFail("\(page):\n  \(findings.joined(separator: "\n  "))", file: file, line: line) }
  }

  private static func script(_ name: String) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("\(name).js")
    return try String(contentsOf: file, encoding: .utf8)
  }
}
