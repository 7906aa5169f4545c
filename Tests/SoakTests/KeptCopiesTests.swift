import Core
import Foundation
import XCTest

@testable import gapura_soak

/// Which copies can be put back, and with which key ring.
final class KeptCopiesTests: XCTestCase {
  private let directory = FileManager.default.temporaryDirectory.appendingPathComponent("copies-\(UUID().uuidString)")

  override func tearDown() { try? FileManager.default.removeItem(at: directory) }

  private func make(_ path: String) throws -> String {
    let place = directory.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    return place.path
  }

  private func back(up name: String, on copies: KeptCopies) throws {
    _ = try make("copies/\(name)")
    try copies.takeNewest(earlier: Books(), later: Books(), ring: try make("rings/\(name)"), rotationCount: 0)
  }

  /// What is drawn, and with which ring, in a hundred draws.
  private func drawn(_ copies: KeptCopies) -> Set<String> {
    let random = SeededRandom(seed: 1)
    func name(_ path: String?) -> String { path.map { $0.dropFirst(directory.path.count + 1).description } ?? "-" }
    return Set((0..<100).compactMap { _ in copies.draw(random).map { "\(name($0.copy.path)) \(name($0.ring?.path))" } })
  }

  func testACopyOfAfterTheRingThatWasPutBackGoesWithItsOwnRingOnly() throws {
    let copies = KeptCopies(directory: try make("copies"))
    XCTAssertNil(copies.draw(SeededRandom(seed: 1))?.copy)
    try back(up: "1", on: copies)
    XCTAssertEqual(drawn(copies), ["copies/1 -", "copies/1 rings/1"])
    try back(up: "2", on: copies)
    XCTAssertEqual(drawn(copies), ["copies/1 -", "copies/1 rings/1", "copies/2 -", "copies/2 rings/2"])
    // A backup deletes an older copy, and is killed before it says so.
    try back(up: "3", on: copies)
    try FileManager.default.removeItem(at: directory.appendingPathComponent("copies/3"))
    XCTAssertFalse(drawn(copies).contains { $0.hasPrefix("copies/3") })
    // The first one comes back with its ring.
    let random = SeededRandom(seed: 2)
    var ring: Copy.Ring?
    while ring?.path.hasSuffix("rings/1") != true { ring = copies.draw(random)?.ring }
    let replaced = try make("state/before")
    _ = try make("state/before/keyring.db")
    try copies.keep(replaced: replaced, Books(), by: ring, rotationCount: 0)
    XCTAssertEqual(
      drawn(copies),
      ["copies/1 -", "copies/1 rings/1", "copies/2 rings/2", "state/before state/before/keyring.db"])
    // What the ring in use stays beside goes without one.
    try copies.keep(replaced: try make("state/later"), Books(), by: nil, rotationCount: 0)
    XCTAssertTrue(drawn(copies).contains("state/later -"))
  }
}
