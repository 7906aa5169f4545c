import Client
import Foundation
import XCTest

/// `scripts/compare-bench` tells a ratio that is worse than its bound from one that is not.
final class CompareBenchTests: XCTestCase {
  /// Plays two trees whose `gapura-bench` is a stand-in.
  ///
  /// - Parameters:
  ///   - old, new: what each prints, a text for each of its runs; the last one is repeated.
  ///   - pairs: how many pairs the script is asked for.
  ///   - part: what is measured.
  /// - Returns: the script's end, what it said, and the runs in their order.
  private func compare(
    old: [String], new: [String], pairs: Int = 1, part: String = "tickets"
  ) throws -> (status: Int32, said: String, order: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString.prefix(8))")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, texts) in [("old", old), ("new", new)] {
      let release = folder.appendingPathComponent("\(name)/.build/release")
      try FileManager.default.createDirectory(at: release, withIntermediateDirectories: true)
      for (turn, text) in texts.enumerated() {
        try text.write(to: folder.appendingPathComponent("\(name)/\(turn)"), atomically: true, encoding: .utf8)
      }
      let program = release.appendingPathComponent("gapura-bench")
      try """
      #!/bin/sh
      printf '%s ' \(name) >>'\(folder.path)/order'
      turn=$(grep -o \(name) '\(folder.path)/order' | wc -l)
      [ "$turn" -lt \(texts.count) ] || turn=\(texts.count)
      cat '\(folder.path)/\(name)/'$((turn - 1))
      """.write(to: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    }
    let run = try ChildProcess(
      Repository.root.appendingPathComponent("scripts/compare-bench").path,
      ["\(folder.path)/old", "\(folder.path)/new", "--pairs", "\(pairs)", part])
    let status = try run.wait()
    let order = try String(contentsOf: folder.appendingPathComponent("order"), encoding: .utf8)
    return (status, run.speech.text + run.speech.complaintText, order)
  }

  private func ratio(_ figure: String, of name: String = "64 takers : bare, one commit a row") -> String {
    "\ndurable ticket issues\n  = \(name)  \(figure)\n"
  }

  func testARatioThatIsWorseBySixInAHundredIsTold() throws {
    let (status, said, _) = try compare(old: [ratio("1.00")], new: [ratio("0.94")])
    XCTAssertEqual(status, 1, said)
    XCTAssertTrue(said.contains("-6.0 %  WORSE, by more than 5 %"), said)
  }

  func testARatioThatIsWorseByFourInAHundredIsNot() throws {
    let (status, said, _) = try compare(old: [ratio("1.00")], new: [ratio("0.96")])
    XCTAssertEqual(status, 0, said)
    XCTAssertTrue(said.contains("-4.0 %\n"), said)
  }

  func testAppendsToTheJournalMayLoseMoreAndNothingElseMay() throws {
    let name = "appends, 64 a commit : bare rows"
    let (kept, within, _) = try compare(
      old: [ratio("1.00", of: name)], new: [ratio("0.86", of: name)], part: "journal")
    XCTAssertEqual(kept, 0, within)
    let (lost, beyond, _) = try compare(
      old: [ratio("1.00", of: name)], new: [ratio("0.84", of: name)], part: "journal")
    XCTAssertEqual(lost, 1, beyond)
    XCTAssertTrue(beyond.contains("WORSE, by more than 15 %"), beyond)
    let (elsewhere, said, _) = try compare(old: [ratio("1.00", of: name)], new: [ratio("0.94", of: name)])
    XCTAssertEqual(elsewhere, 1, said)
  }

  func testEachAllowanceIsForAFigureThatTheBenchPrints() throws {
    let script = try String(
      contentsOf: Repository.root.appendingPathComponent("scripts/compare-bench"), encoding: .utf8)
    let bench = try Repository.files(below: "Benchmarks").filter { $0.name.hasPrefix("BenchCommand") }
    let names = bench.flatMap { Self.figureNames(in: $0.text) }
    XCTAssertGreaterThan(names.count, 5, "\(names)")
    let allowances = Self.allowances(in: script)
    XCTAssertEqual(allowances.last, ".", "one for all others")
    XCTAssertEqual(try Self.unused(allowances, names), [])
    let former = "(journal|ledger) appends?"
    XCTAssertEqual(
      try Self.unused(["^journal: appends,", former], ["journal: appends, 1 a commit : bare rows"]), [former])
  }

  /// The patterns after the per cents that a figure may lose.
  private static func allowances(in script: String) -> [String] {
    script.matches(of: /(?m)^\d+ (.+)$/).map { String($0.output.1) }
  }

  /// The figures that a source prints, each behind its part: the name of the function in which it stands.
  private static func figureNames(in source: String) -> [String] {
    var part = ""
    return source.split(separator: "\n").compactMap { line -> String? in
      if let found = line.firstMatch(of: /static func (\w+)\(/) { part = String(found.output.1) }
      return line.firstMatch(of: /Output\.(?:ratio|less|more)\("(.+?)",/).map { "\(part): \($0.output.1)" }
    }
  }

  private static func unused(_ patterns: [String], _ names: [String]) throws -> [String] {
    try patterns.filter { pattern in
      let allowed = try Regex(pattern)
      return !names.contains { $0.contains(allowed) }
    }
  }

  func testWhereLessIsBetterMoreIsWorse() throws {
    let name = "p99 flooded : quiet (goal: at most 1.50)"
    let (slower, said, _) = try compare(old: [ratio("1.00 kept", of: name)], new: [ratio("1.06 kept", of: name)])
    XCTAssertEqual(slower, 1, said)
    let (faster, better, _) = try compare(old: [ratio("1.06 kept", of: name)], new: [ratio("1.00 kept", of: name)])
    XCTAssertEqual(faster, 0, better)
  }

  func testBothAreMeasuredInTurnAndOneBadRunDecidesNothing() throws {
    let (status, said, order) = try compare(
      old: [ratio("1.00")], new: [ratio("0.50"), ratio("1.00"), ratio("0.99")], pairs: 3)
    XCTAssertEqual(status, 0, said)
    XCTAssertTrue(said.contains("-1.0 %\n"), said)
    XCTAssertEqual(order, "old new new old old new ")
  }

  /// Both print 0.06; the rates tell them apart.
  func testASmallRatioIsComparedByTheRatesThatItIsMadeOf() throws {
    func rates(_ ours: Int) -> String {
      """

      durable ticket issues
        service, 64 takers    \(ours)/s        p50/p90/p99 1 ms
        bare SQLite, 1 tickets a commit    4400/s
        bare SQLite, 512 tickets a commit    99000/s
        bare SQLite, 4096 tickets a commit    100000/s
        = 64 takers : bare, best batch (4096)    0.06

      """
    }
    let (status, said, _) = try compare(old: [rates(6400)], new: [rates(5600)])
    XCTAssertEqual(status, 1, said)
    XCTAssertTrue(said.contains("0.0640    0.0560   -12.5 %"), said)
  }

  func testAGoalAtLeastAndAFigureOfWhichLessIsBetterAreTold() throws {
    let least = "1 taker : bare, one commit a row (goal: at least 0.70)"
    let (lost, said, _) = try compare(old: [ratio("1.00 kept", of: least)], new: [ratio("0.90 kept", of: least)])
    XCTAssertEqual(lost, 1, said)
    let less = "a visit in so many cycles (less is better)"
    let (slower, told, _) = try compare(old: [ratio("1.00", of: less)], new: [ratio("1.10", of: less)])
    XCTAssertEqual(slower, 1, told)
    let (faster, better, _) = try compare(old: [ratio("1.10", of: less)], new: [ratio("1.00", of: less)])
    XCTAssertEqual(faster, 0, better)
  }

  func testFromFivePairsOnAFigureThatMovedBeyondItsNoiseIsTold() throws {
    let old = ["1.00", "1.01", "0.99", "1.00", "1.00"].map { ratio($0) }
    let (kept, said, _) = try compare(
      old: old, new: ["0.97", "0.97", "0.98", "0.97", "0.96"].map { ratio($0) }, pairs: 5)
    XCTAssertEqual(kept, 0, said)
    XCTAssertTrue(said.contains("-3.0 %     0.8 %  moved beyond noise: worse"), said)
    let (worse, told, _) = try compare(
      old: old, new: ["0.90", "0.90", "0.91", "0.90", "0.89"].map { ratio($0) }, pairs: 5)
    XCTAssertEqual(worse, 1, told)
    XCTAssertTrue(told.contains("-10.0 %     0.9 %  WORSE, by more than 5 %"), told)
  }

  func testWhatIsWithinTheNoiseOfFivePairsDecidesNothing() throws {
    let (status, said, _) = try compare(
      old: ["1.00", "1.20", "0.80", "1.10", "0.90"].map { ratio($0) },
      new: ["0.90", "1.10", "0.70", "1.00", "0.80"].map { ratio($0) }, pairs: 5)
    XCTAssertEqual(status, 0, said)
    XCTAssertTrue(said.contains("-10.0 %    26.7 %\n"), said)
  }

  func testAPartThatOnlyTheNewTreeHasIsShown() throws {
    let name = "appends, 64 a commit : bare rows"
    let (status, said, _) = try compare(
      old: ["usage: gapura-bench [sealing]…\n"], new: [ratio("1.00", of: name)], part: "journal")
    XCTAssertEqual(status, 0, said)
    XCTAssertTrue(said.contains("old knows no part journal"), said)
    XCTAssertTrue(said.contains("none    1.0000"), said)
    let (failed, nothing, _) = try compare(
      old: ["gapura-bench: the disk is full\n"], new: [ratio("1.00", of: name)], part: "journal")
    XCTAssertEqual(failed, 70, nothing)
  }

  func testARatioThatIsNotMeasuredAnyMoreIsMissed() throws {
    let both = ratio("1.00") + ratio("1.00", of: "1 taker : bare, one commit a row")
    let (status, said, _) = try compare(old: [both], new: [ratio("1.00")])
    XCTAssertEqual(status, 1, said)
    XCTAssertTrue(said.contains("none\n"), said)
    let (empty, nothing, _) = try compare(old: [ratio("1.00")], new: ["\n"])
    XCTAssertEqual(empty, 70, nothing)
  }
}
