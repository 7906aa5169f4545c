import Core

#if canImport(Glibc)
  import Glibc
#endif

/// Random draws of the kinds that a hall needs; the same seed gives the same year.
struct Chance {
  private let source: SeededRandom

  init(seed: UInt64) { source = SeededRandom(seed: seed) }

  /// From 0 up to, not including, 1.
  func share() -> Double { Double(source.uint64() >> 11) * 0x1.0p-53 }

  func happens(_ probability: Double) -> Bool { share() < probability }

  func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * share() }

  /// Skewed to the right, as times at a counter are: many short ones, a few long ones.
  ///
  /// - Parameters:
  ///   - mean: the mean of what is drawn.
  ///   - spread: the standard deviation of its logarithm.
  func lognormal(mean: Double, spread: Double) -> Double {
    mean * exp(spread * normal() - spread * spread / 2)
  }

  /// How many of something that comes at random, around a mean above twenty.
  func count(mean: Double) -> Int { max(0, Int((mean + mean.squareRoot() * normal()).rounded())) }

  /// One of several, each with its weight.
  func pick<Value>(_ weighted: [(value: Value, weight: Double)]) -> Value? {
    var left = share() * weighted.reduce(0) { $0 + $1.weight }
    for (value, weight) in weighted {
      left -= weight
      if left < 0 { return value }
    }
    return weighted.last?.value
  }

  /// Box and Muller.
  private func normal() -> Double { (-2 * log(1 - share())).squareRoot() * cos(2 * .pi * share()) }

  /// A source of its own, so that a day's draws do not depend on how many another day took.
  func seed() -> UInt64 { source.uint64() }

  /// What codes are drawn from.
  var randomSource: SeededRandom { source }
}
