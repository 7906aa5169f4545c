import XCTest

final class DefaultTests: XCTestCase {
  /// Where a default is meant, by file and switch, and why.
  private static let meant: [String: String] = [
    "Restoration.swift switch error": "of all the store's errors a few say what is wrong with a copy",
    "StoreError+Start.swift switch self": "of all the store's errors a few decide whether a further start helps",
  ]

  func testNoSwitchOverAnEnumOfOursHasADefault() throws {
    let sources = try Repository.sources()
    let found = sources.flatMap(DefaultRule.findings)
    let open = found.filter { finding in
      Self.meant["\(finding.path.split(separator: "/").last ?? "") \(finding.head)"] == nil
    }
    XCTAssertEqual(open.map { "\($0.path): \($0.head)" }, [], "name the cases")
    let known = Set(found.map { "\($0.path.split(separator: "/").last ?? "") \($0.head)" })
    XCTAssertEqual(Set(Self.meant.keys).subtracting(known), [], "named here, but nowhere else")
  }

  func testADefaultOverAnEnumIsFound() {
    let source = """
      func a() {
        switch model.screen {
        case .menu:
          switch text {
          case "a": one()
          default: two()
          }
        case .language: three()
        default: four()
        }
        let room =
          switch digits.first {
          case 1: 2
          default: 3
          }
        switch scalar.properties.generalCategory {
        case .control: five()
        default: six()
        }
        switch word {
        case .some(let word) where isKnown(word): seven()
        default: eight()
        }
        switch (result, model.place) {
        case (.help, .calling): nine()
        default: ten()
        }
        switch (path.first, self) {
        case ("*", .list(let entries)): eleven()
        default: twelve()
        }
        switch (tens, ones) {
        case (1, _): thirteen(in: .english)
        default: fourteen()
        }
      }
      """
    let found = DefaultRule.findings(in: Repository.SourceFile(path: "Sources/Kiosk/A.swift", text: source))
    let heads = ["switch model.screen", "switch (result, model.place)", "switch (path.first, self)"]
    XCTAssertEqual(found, heads.map { DefaultRule.Finding(path: "Sources/Kiosk/A.swift", head: $0) })
  }
}
