import Core
import Foundation
import XCTest

@testable import gapura

/// A restore's swap, broken off at each of its steps.
final class StateSwapTests: XCTestCase {
  private struct BrokenOff: Error {}

  private static let kept = "before-restore-2026-12-02T020000.000"
  /// What SQLite keeps beside a database, and what is no part of the swap.
  private static let old = [
    "gapura.db": "old", "gapura.db-wal": "old log", "gapura.db-shm": "old index", "keyring.db": "old ring",
    "keyring.db-wal": "old ring's log", "documents/a": "old document", "gapura.root-key": "key",
  ]
  private static let new = ["gapura.db": "new", "documents/b": "new document"]

  private func write(_ files: [String: String], to directory: String) throws {
    for (name, text) in files {
      let file = URL(filePath: "\(directory)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  private func read(_ directory: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for case let path as String in try XCTUnwrap(FileManager.default.enumerator(atPath: directory)) {
      if let data = FileManager.default.contents(atPath: "\(directory)/\(path)") {
        files[path] = String(decoding: data, as: UTF8.self)
      }
    }
    return files
  }

  private func state(_ new: [String: String], beside old: [String: String] = StateSwapTests.old) throws -> StateSwap {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("swap-\(UUID().uuidString)")
    addTeardownBlock { try FileManager.default.removeItem(at: directory) }
    let swap = StateSwap(state: directory.path)
    try write(old, to: swap.state)
    try write(new, to: swap.scratch)
    return swap
  }

  /// The state after a swap: the new in its place, all of the old beside it, but for what is no part of it.
  private func swapped(_ new: [String: String], staying: Set<String> = ["gapura.root-key"]) -> [String: String] {
    var expected = new
    for (name, text) in Self.old { expected[staying.contains(name) ? name : "\(Self.kept)/\(name)"] = text }
    return expected
  }

  func testSwapBrokenOffAtAnyStepLeavesTheOldStateOrIsCompletedToTheNew() throws {
    let new = Self.new.merging(["keyring.db": "new ring"]) { $1 }
    var (step, undecided, completed) = (0, 0, 0)
    var isThrough = false
    while !isThrough {
      step += 1
      var swap = try state(new)
      let rename = swap.rename
      var count = 0
      swap.rename = { old, new in
        count += 1
        if count == step { throw BrokenOff() }
        try rename(old, new)
      }
      do {
        try swap.commit(keptAs: Self.kept)
        isThrough = true
      } catch is BrokenOff {}
      // As the next start does.
      let next = StateSwap(state: swap.state)
      if next.isPending {
        try next.complete()
        completed += 1
      } else if !isThrough {
        undecided += 1
      }
      next.discardUnfinished()
      XCTAssertFalse(next.isPending)
      XCTAssertEqual(try read(swap.state), step == 1 ? Self.old : swapped(new), "broken off at step \(step)")
    }
    XCTAssertEqual(undecided, 1, "only the first step decides")
    XCTAssertGreaterThan(completed, 8)
  }

  func testKeyRingThatIsNotReplacedStaysWithItsLog() throws {
    let swap = try state(Self.new)
    XCTAssertTrue(try swap.commit(keptAs: Self.kept))
    XCTAssertEqual(
      try read(swap.state), swapped(Self.new, staying: ["gapura.root-key", "keyring.db", "keyring.db-wal"]))
  }

  func testNothingIsKeptWhereNothingWas() throws {
    let swap = try state(Self.new, beside: [:])
    XCTAssertFalse(try swap.commit(keptAs: Self.kept))
    XCTAssertEqual(try read(swap.state), Self.new)
    XCTAssertFalse(FileManager.default.fileExists(atPath: "\(swap.state)/\(Self.kept)"))
  }
}
