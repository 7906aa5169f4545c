import Core
import Foundation
import Store
import XCTest

@testable import gapura

/// The daily round over every page.
final class DamageWatchTests: XCTestCase {
  private var directory = ""

  override func setUpWithError() throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("watch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    addTeardownBlock { [directory] in try? FileManager.default.removeItem(atPath: directory) }
  }

  /// Two databases with some pages, the second larger than one slice.
  private func files() async throws -> [String] {
    let files = ["\(directory)/gapura.db", "\(directory)/keyring.db"]
    for (file, eventCount) in zip(files, [20, 300]) {
      let store = try Store.open(at: file, readers: 1, clock: SystemClock(), log: SilentLog())
      try await store.write { transaction in
        for _ in 0..<eventCount {
          try transaction.append(
            Event(kind: "test.done", entity: "1", payload: String(repeating: " ", count: 8_000)))
        }
      }
      await store.close()
    }
    return files
  }

  private func write(_ byte: UInt8, to file: String, page: Int) throws -> UInt8 {
    let handle = try FileHandle(forUpdating: URL(filePath: file))
    defer { try? handle.close() }
    let place = UInt64((page - 1) * 4096 + 1_000)
    try handle.seek(toOffset: place)
    let before = try XCTUnwrap(handle.read(upToCount: 1)?.first)
    try handle.seek(toOffset: place)
    try handle.write(contentsOf: Data([byte]))
    return before
  }

  func testARoundFindsEachDamagedPageOfEachFileAndForgetsWhatIsMended() async throws {
    let files = try await files()
    let watch = DamageWatch(files: files, log: SilentLog())
    func round() { for _ in 0..<8 { watch.checkSlice() } }
    round()
    XCTAssertNil(watch.report)
    let before = [
      try write(0xee, to: files[0], page: 9), try write(0xee, to: files[1], page: 30),
      try write(0xee, to: files[1], page: 400),
    ]
    round()
    let report = try XCTUnwrap(watch.report)
    for page in ["gapura.db, page 9", "keyring.db, page 30", "keyring.db, page 400"] {
      XCTAssertTrue(report.contains(page), report)
    }
    XCTAssertTrue(report.contains("stop gapura and try gapura backup DIRECTORY"), report)
    XCTAssertTrue(report.contains("gapura restore"), report)
    _ = try write(before[0], to: files[0], page: 9)
    _ = try write(before[1], to: files[1], page: 30)
    _ = try write(before[2], to: files[1], page: 400)
    round()
    XCTAssertNil(watch.report)
  }

  func testARoundOverHoweverMuchDataTakesLessThanADay() {
    // Next to nothing, the keys of a million people, the most of which each slice is a small one, an office's data, a large
    // one's, and four terabytes: each beside each.
    let sizes: [Int64] = [1, 25_000, 154_199, 308_399, 10_000_000, 1_000_000_000]
    for data in sizes {
      for ring in sizes {
        let slices = [data, ring].map { pages -> Int64 in
          let slice = DamageWatch.slicePageCount(of: pages, among: 2)
          return (pages + slice - 1) / slice
        }
        XCTAssertLessThan(
          DamageWatch.interval * Int(slices.reduce(0, +)), .hours(24), "\(data) and \(ring) pages")
      }
    }
  }

  func testWhatARequestComesAcrossIsRemembered() async throws {
    let files = try await files()
    let watch = DamageWatch(files: files, log: SilentLog())
    let store = try Store.open(at: files[0], readers: 1, clock: SystemClock(), log: SilentLog()) {
      watch.met()
    }
    for page in 8..<30 { _ = try write(0xee, to: files[0], page: page) }
    _ = try? await store.read { try $0.rows("SELECT payload FROM store_events") { try $0.get(0) as String } }
    XCTAssertEqual(watch.report?.contains("gapura.db"), true)
    await store.close()
  }

  func testAReadThatTheDiskRefusedIsNoDamageWhereEverythingIsAsItWasWritten() async throws {
    let files = try await files()
    let watch = DamageWatch(files: files, log: SilentLog())
    watch.suspect()
    XCTAssertNil(watch.report)
    _ = try write(0xee, to: files[1], page: 30)
    watch.suspect()
    XCTAssertEqual(watch.report?.contains("keyring.db, page 30"), true, watch.report ?? "")
  }

  func testEachDamagedPageIsNamedToWhoLooksAtATerminalUpToAScreenOfThem() async throws {
    let files = try await files()
    for page in 5..<30 { _ = try write(0xee, to: files[0], page: page) }
    XCTAssertEqual(DamageWatch.damage(in: files).map(\.page), Array(5..<30))
    let places = Places(options: ["state": directory], environment: [:])
    let named = try XCTUnwrap(StoreError.corrupt.damage(at: places)?.arguments["path"])
    for page in [5, 6, 24] { XCTAssertTrue(named.contains("gapura.db, page \(page);"), "\(page): \(named)") }
    XCTAssertTrue(named.hasSuffix("; 5 more"), named)
  }

  /// Any client that reaches the socket may name any page.
  func testPagesOfWhichACommandTellsAreLookedAtAndBelievedOnlyWhereTheyAreDamaged() async throws {
    let files = try await files()
    _ = try write(0xee, to: files[1], page: 400)
    let watch = DamageWatch(files: files, log: SilentLog())
    let told = ["gapura.db:9", "keyring.db:400", "keyring.db:99999999", "other.db:1", "gapura.db:x", ""]
    XCTAssertEqual(watch.look(at: told), ["looked at: 3"])
    let deadline = ContinuousClock.now + .seconds(30)
    while watch.report == nil, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
    let report = try XCTUnwrap(watch.report)
    XCTAssertTrue(report.contains("(\(files[1]), page 400)"), report)
  }

  /// Data and key ring are read in one transaction: what failed it must be looked for, or the wrong file is brought back.
  func testDamageThatIsMetIsNamedInTheFileThatHasItWithTheMendThatFits() async throws {
    let files = try await files()
    _ = try write(0xee, to: files[1], page: 30)
    let watch = DamageWatch(files: files, log: SilentLog())
    watch.met()
    let report = try XCTUnwrap(watch.report)
    XCTAssertTrue(report.contains("keyring.db, page 30"), report)
    XCTAssertFalse(report.contains("gapura.db"), report)
    let mend = "bring back a copy of the key ring: gapura restore \(directory) --ring DIRECTORY"
    XCTAssertTrue(report.hasSuffix(mend), report)

    let places = Places(options: ["state": directory], environment: [:])
    XCTAssertEqual(StoreError.corrupt.damage(at: places)?.code, "store.ring-damaged")
    _ = try write(0xee, to: files[0], page: 9)
    XCTAssertEqual(StoreError.corrupt.damage(at: places)?.code, "store.damaged", "with the data both are brought back")
  }
}
