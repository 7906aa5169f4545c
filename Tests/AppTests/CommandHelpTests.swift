import XCTest

@testable import gapura

/// A command line that is not right leads to the one that was meant.
final class CommandHelpTests: XCTestCase {
  private let known =
    CommandHelp.ofProgram + [
      CommandHelp(["vault", "init"], usage: "[--file PATH]", summary: "Make the root key"),
      CommandHelp(["vault", "check"], usage: "", summary: "Read everything that is kept"),
      CommandHelp(["officer", "add"], usage: "NAME", summary: "Add an account"),
    ]

  private func names(_ words: [String]) -> [String] {
    CommandHelp.meant(by: words, among: known).map { $0.path.joined(separator: " ") }
  }

  func testHelpIsOfOneCommandOrOfAllThatBeginSo() {
    XCTAssertEqual(names(["restore"]), ["restore"])
    XCTAssertEqual(names(["restore", "/srv/copy"]), ["restore"])
    XCTAssertEqual(names(["vault"]), ["vault init", "vault check"])
    XCTAssertEqual(names(["vault", "check"]), ["vault check"])
    XCTAssertEqual(names(["vault", "chekc"]), [])
    XCTAssertEqual(names(["status"]), [])
  }

  func testMistypedCommandIsToldTheNearestOne() {
    for (words, hint) in [
      (["bakcup"], "did you mean \"backup\"?"), (["bakcup", "/srv/copies"], "did you mean \"backup\"?"),
      (["vault", "chekc"], "did you mean \"vault check\"?"), (["vualt", "init", "x"], "did you mean \"vault init\"?"),
      (["vault"], "there are: vault init, vault check;"), (["officer", "rename", "siti"], "there are: officer add;"),
    ] {
      let said = CommandHelp.unknown(words, among: known)
      XCTAssertTrue(said.contains(hint), said)
      XCTAssertTrue(said.hasPrefix("there is no command \"\(words.joined(separator: " "))\""), said)
    }
    XCTAssertEqual(
      CommandHelp.unknown(["status"], among: known), "there is no command \"status\"; `gapura help` lists them")
  }

  func testACommandWithoutArgumentsEndsItsLineWithItsName() {
    XCTAssertEqual(known.first { $0.path == ["vault", "check"] }?.lines.first, "  vault check")
    XCTAssertEqual(
      known.first { $0.path == ["officer", "add"] }?.lines, ["  officer add NAME", "      Add an account"])
  }
}
