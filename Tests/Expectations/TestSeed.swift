internal import Foundation

/// The seed of a test with random data: from the environment, or drawn and printed, so that a failure can be repeated.
public enum TestSeed {
  /// The seed of this run.
  public static func drawn() -> UInt64 {
    let seed =
      ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0 ... .max)
    print("seed \(seed)")
    return seed
  }
}
