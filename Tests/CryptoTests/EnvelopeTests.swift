import COpenSSL
import Core
import CryptoHarness
import XCTest

@testable import Crypto

final class EnvelopeTests: XCTestCase {
  private let binding = AssociatedData("test").adding(7)

  private func failure(
    _ library: CryptoLibrary, _ envelope: [UInt8], _ key: borrowing SecretBytes, _ binding: AssociatedData
  ) -> CryptoFailure? {
    do {
      _ = try library.open(envelope, under: key, binding: binding)
      return nil
    } catch {
      return error
    }
  }

  func testWhatWasSealedOpensAgainWhateverItsLength() throws {
    let random = SeededRandom(seed: testSeed())
    let library = try CryptoLibrary()
    for _ in 0..<300 {
      let plaintext = random.bytes(random.below(3000))
      let key = secret(random.bytes(32))
      let binding = AssociatedData("test").adding(Int64(bitPattern: random.uint64())).adding(
        random.bytes(random.below(40)))
      let envelope = try library.seal(secret(plaintext), under: key, binding: binding)
      XCTAssertEqual(envelope.count, plaintext.count + Envelope.overheadByteCount)
      XCTAssertEqual(bytes(try library.open(envelope, under: key, binding: binding)), plaintext)
    }
  }

  func testEveryFlippedBitIsRefused() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    let envelope = try library.seal(secret(Array("a record of some length".utf8)), under: key, binding: binding)
    for bit in 0..<(envelope.count * 8) {
      var changed = envelope
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      XCTAssertEqual(failure(library, changed, key, binding), bit < 8 ? .malformed : .notAuthentic, "bit \(bit)")
    }
  }

  func testShortenedAndLengthenedEnvelopesAreRefused() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    let envelope = try library.seal(secret([1, 2, 3]), under: key, binding: binding)
    for count in 0..<envelope.count {
      let expected: CryptoFailure = count < Envelope.overheadByteCount ? .malformed : .notAuthentic
      XCTAssertEqual(failure(library, Array(envelope.prefix(count)), key, binding), expected)
    }
    XCTAssertEqual(failure(library, envelope + [0], key, binding), .notAuthentic)
    let tooLong = [UInt8](repeating: 1, count: Envelope.plaintextByteCountMax + Envelope.overheadByteCount + 1)
    XCTAssertEqual(failure(library, tooLong, key, binding), .malformed)
  }

  func testAnotherKeyAndOtherAssociatedDataAreRefused() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    let envelope = try library.seal(secret([1, 2, 3]), under: key, binding: binding)
    XCTAssertNil(failure(library, envelope, key, binding))
    XCTAssertEqual(failure(library, envelope, try library.randomKey(), binding), .notAuthentic)
    XCTAssertEqual(failure(library, envelope, key, AssociatedData("test").adding(8)), .notAuthentic)
    XCTAssertEqual(failure(library, envelope, key, AssociatedData("text").adding(7)), .notAuthentic)
  }

  func testPartsOfAssociatedDataCannotRunIntoEachOther() {
    XCTAssertNotEqual(AssociatedData("a").adding("bc").adding("d"), AssociatedData("a").adding("b").adding("cd"))
    XCTAssertNotEqual(AssociatedData("a").adding("b"), AssociatedData("ab"))
    XCTAssertNotEqual(AssociatedData("a").adding(""), AssociatedData("a"))
  }

  func testNoTwoSealingsShareANonce() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    let nonces = try (0..<2000).map { _ in try library.seal(secret([]), under: key, binding: binding)[1..<13] }
    XCTAssertEqual(Set(nonces).count, 2000)
  }

  func testARefusalLeavesNothingInTheErrorQueue() throws {
    let library = try CryptoLibrary()
    let key = try library.randomKey()
    XCTAssertNotNil(failure(library, [UInt8](repeating: 1, count: 60), key, binding))
    XCTAssertEqual(ERR_peek_error(), 0)
    // More memory than this program lets scrypt have.
    let tooCostly = ScryptCost(logN: 24, blockSize: 8, parallelism: 1)
    XCTAssertThrowsError(try CryptoLibrary.scrypt("x", salt: [1], cost: tooCostly, byteCount: 32)) { error in
      guard case CryptoFailure.refused(let operation, let reason)? = error as? CryptoFailure else {
        return XCTFail("\(error)")
      }
      XCTAssertEqual(operation, "scrypt")
      XCTAssertFalse(reason.isEmpty)
    }
    XCTAssertEqual(ERR_peek_error(), 0)
  }

  func testPaddingHidesLengthsWithinABucketAndIsReadStrictly() throws {
    let random = SeededRandom(seed: testSeed())
    for _ in 0..<200 {
      let plaintext = random.bytes(random.below(2000))
      let padded = try XCTUnwrap(pad(plaintext))
      XCTAssertEqual(padded.count, Padding.bucket(for: plaintext.count + 4))
      XCTAssertEqual(try unpad(padded), plaintext)
    }
    XCTAssertEqual(pad([])?.count, 128)
    XCTAssertEqual(pad([UInt8](repeating: 0, count: 124))?.count, 128)
    XCTAssertEqual(pad([UInt8](repeating: 0, count: 125))?.count, 256)
    XCTAssertNotNil(pad([UInt8](repeating: 0, count: Padding.plaintextByteCountMax)))
    XCTAssertNil(pad([UInt8](repeating: 0, count: Padding.plaintextByteCountMax + 1)))

    let good = try XCTUnwrap(pad([9, 9]))
    var cases: [[UInt8]] = [[], Array(good.prefix(64)), good + good]
    for (place, value) in [(127, 1 as UInt8), (6, 1), (0, 0x80), (0, 1), (2, 1)] {
      var changed = good
      changed[place] = value
      cases.append(changed)
    }
    for changed in cases { XCTAssertThrowsError(try unpad(changed), "\(changed.count) bytes") }
  }

  private func pad(_ plaintext: [UInt8]) -> [UInt8]? {
    plaintext.withUnsafeBytes { plaintext in
      guard let padded = Padding.pad(plaintext) else { return nil }
      return bytes(padded)
    }
  }

  private func unpad(_ padded: [UInt8]) throws -> [UInt8] {
    try Padding.withUnpadded(secret(padded)) { Array($0) }
  }
}
