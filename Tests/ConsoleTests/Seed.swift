import Foundation

/// SplitMix64, from a seed that a failing test prints and `GAPURA_TEST_SEED` sets.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    let once = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    let twice = (once ^ (once >> 27)) &* 0x94D0_49BB_1331_11EB
    return twice ^ (twice >> 31)
  }

  /// The seed of this run.
  static func seed(file: StaticString = #filePath) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 1...UInt64.max)
    print("GAPURA_TEST_SEED=\(seed)")
    return seed
  }
}
