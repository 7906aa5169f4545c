import Contracts
import Core
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Documents
@testable import Vault

/// A document far larger than any limit for people, in and out.
final class DocumentMemoryTests: XCTestCase {
  private static let byteCount = 200_000_000
  /// A chunk here and there, and what the allocator keeps.
  private static let growthByteCountMax = 24_000_000

  /// A PDF made while it is read.
  private struct Endless: AsyncSequence, Sendable {
    struct Iterator: AsyncIteratorProtocol {
      var left = byteCount
      let filling = [UInt8](repeating: 0x41, count: 50_000)
      var isBegun = false
      var isEnded = false

      mutating func next() async throws -> [UInt8]? {
        if !isBegun {
          isBegun = true
          return Array("%PDF-1.7\n".utf8)
        }
        if left > 0 {
          left -= filling.count
          return filling
        }
        guard !isEnded else { return nil }
        isEnded = true
        return Array("\nstartxref\n0\n%%EOF\n".utf8)
      }
    }

    func makeAsyncIterator() -> Iterator { Iterator() }
  }

  func testTwoHundredMegabytesAreSealedAndOpenedInConstantMemory() async throws {
    let office = try await DocumentOffice(
      DocumentSettings(limits: DocumentLimits(byteCountMax: 1 << 30, countPerPersonMax: 5)))
    // Once through, so that what is set up at the first use is not counted.
    _ = try await office.read(office.store(SampleFile.pdf()).id)
    let before = Self.residentByteCount()
    let summary = try await office.archive.store(Endless(), of: office.subject) { _, _ in }
    XCTAssertLessThan(Self.residentByteCount() - before, Self.growthByteCountMax)
    XCTAssertGreaterThan(summary.byteCount, Self.byteCount)
    let content = try await office.archive.open(summary.id, for: .service, as: .officer(OfficerID(7), .clerk))
    var count = 0
    for try await chunk in content.chunks { count += chunk.count }
    XCTAssertEqual(count, summary.byteCount)
    XCTAssertLessThan(Self.residentByteCount() - before, Self.growthByteCountMax)
  }

  private static func residentByteCount() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }
}
