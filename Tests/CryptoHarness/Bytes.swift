import Core
public import Crypto
import Foundation

/// Bytes written in hexadecimal, spaces and line ends ignored.
public func hex(_ text: String) -> [UInt8] {
  let digits = text.filter { !$0.isWhitespace }.compactMap { $0.hexDigitValue }
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

/// A secret with known content, as only tests have one.
public func secret(_ bytes: [UInt8]) -> SecretBytes {
  unsafe SecretBytes.filled(count: bytes.count) { unsafe $0.copyBytes(from: bytes) }
}

/// What a secret holds.
public func bytes(_ secret: borrowing SecretBytes) -> [UInt8] { unsafe secret.withBytes { unsafe Array($0) } }

/// The seed of a randomised test: from `GAPURA_TEST_SEED`, else drawn; printed, so that a failure can be repeated.
public func testSeed(_ name: String = #function) -> UInt64 {
  let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? SystemRandom().uint64()
  print("\(name): GAPURA_TEST_SEED=\(seed)")
  return seed
}
