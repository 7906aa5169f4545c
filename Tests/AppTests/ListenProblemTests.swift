import Core
import Foundation
import Web
import XCTest

@testable import gapura

/// What is said where nobody can listen, and whether another start is worth while.
final class ListenProblemTests: XCTestCase {
  private let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("etc/gapura/gapura.json5").path

  func testEachNamesTheKeyAndHowToMendItAndOnlyWhatMayPassIsTriedAgain() throws {
    let lines = try String(contentsOfFile: shipped, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    let cases: [(Listener, WebServer.Hindrance, String, ExitCode, String, Bool)] = [
      (.portal, .notHere, "address:", .configuration, "`ip address`", true),
      (.portal, .forbidden, "port:", .configuration, "from 1024 on, such as 8080", false),
      (.hall, .forbidden, "hall:", .configuration, "from 1024 on, such as 8081", false),
      (.portal, .taken, "port:", .tryAgain, "`ss -tlnp`", true),
      (.hall, .taken, "hall:", .tryAgain, "`ss -tlnp`", true),
      (.portal, .other("no memory"), "address:", .tryAgain, "no memory", true),
    ]
    for (listener, hindrance, key, code, words, mayPass) in cases {
      let failure = WebServer.Failure.cannotListen(listener, address: "192.0.2.1", port: 80, hindrance)
      let problem = try XCTUnwrap(ListenProblem(failure, in: shipped))
      XCTAssertEqual(problem.code, code, "\(hindrance)")
      XCTAssertEqual(failure.mayPass, mayPass, "\(hindrance)")
      XCTAssertTrue("\(problem)".contains(words), "\(problem)")
      let line = try XCTUnwrap(problem.problem.line)
      XCTAssertTrue(lines[line - 1].contains(key), "\(problem): \(lines[line - 1])")
    }
  }

  func testAnOpenLineIsAConfigurationThatCannotBeUsed() throws {
    let problem = try XCTUnwrap(ListenProblem(.inClear, in: shipped))
    XCTAssertEqual(problem.code, .configuration)
    XCTAssertFalse(WebServer.Failure.inClear.mayPass)
    XCTAssertTrue("\(problem)".contains("web, plainTextOnNetwork"), "\(problem)")
  }

  func testWithoutAFileTheKeyIsNamedAllTheSame() throws {
    let failure = WebServer.Failure.cannotListen(.hall, address: "192.0.2.1", port: 8081, .notHere)
    let problem = try XCTUnwrap(ListenProblem(failure, in: "/nowhere.json5"))
    XCTAssertTrue("\(problem)".contains("web, hall, address"), "\(problem)")
    XCTAssertNil(ListenProblem(.cannotStart, in: shipped), "none of an address")
  }
}
