import ForeignBytes
import XCTest

/// What `make fuzz` has libFuzzer try millions of, once with the seeds and with all former findings.
final class ForeignBytesTests: XCTestCase {
  func testEverySeedAndEveryFormerFindingHolds() throws {
    for type in FuzzEntries.all {
      let entry = try type.init()
      let inputs = type.seeds + FormerFindings.of(type.name)
      XCTAssertGreaterThanOrEqual(type.seeds.count, 5, "\(type.name) has hardly any seeds")
      for input in inputs {
        XCTAssertLessThanOrEqual(input.count, type.byteCountMax, "a seed of \(type.name) is never tried whole")
        do { try entry.check(input) } catch {
          XCTFail("\(type.name): \(error)\nbytes: \(EscapedBytes.text(of: input.prefix(2_000)))")
        }
      }
      entry.close()
    }
  }

  /// Each seed cut short and with a byte changed, so that the entries themselves see more than what is sound.
  func testSeedsThatWereChangedHold() throws {
    for type in FuzzEntries.all {
      let entry = try type.init()
      for (number, seed) in type.seeds.enumerated() where !seed.isEmpty {
        var changed = seed
        changed[(number * 7919) % seed.count] ^= UInt8(1 << (number % 8))
        for input in [changed, Array(seed.prefix(seed.count / 2))] {
          do { try entry.check(input) } catch {
            XCTFail("\(type.name): \(error)\nbytes: \(EscapedBytes.text(of: input.prefix(2_000)))")
          }
        }
      }
      entry.close()
    }
  }

  func testEscapedBytesAreReadAsTheyWereWritten() {
    let bytes = [UInt8](0...255) + Array("\\x41\\n\\q".utf8)
    XCTAssertEqual(EscapedBytes.bytes(of: EscapedBytes.text(of: bytes)), bytes)
    XCTAssertEqual(EscapedBytes.text(of: Array("a\\\n\u{1B}é".utf8)), "a\\\\\\n\\x1b\\xc3\\xa9")
  }

  func testEveryEntryHasANameOfItsOwn() {
    let names = FuzzEntries.all.map { $0.name }
    XCTAssertEqual(Set(names).count, names.count)
    XCTAssertNil(FuzzEntries.named("lain"))
  }
}
