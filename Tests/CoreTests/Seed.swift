import Foundation

/// The seed of this run's random data: from `GAPURA_TEST_SEED`, else a new one; printed either way.
func testSeed(function: String = #function) -> UInt64 {
  let seed = ProcessInfo.processInfo.environment["GAPURA_TEST_SEED"].flatMap(UInt64.init) ?? .random(in: 0...999_999)
  print("\(function): GAPURA_TEST_SEED=\(seed)")
  return seed
}
