import Synchronization

/// Where random numbers come from; handed in, so that tests and the office day can repeat themselves.
public protocol RandomSource: Sendable {
  /// The next 64 uniformly distributed bits.
  func uint64() -> UInt64
}

extension RandomSource {
  /// `count` random bytes.
  public func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    while bytes.count < count {
      let word = uint64()
      for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
    }
    return Array(bytes.prefix(count))
  }

  /// A number from 0 up to, not including, `bound`, without modulo bias.
  public func below(_ bound: Int) -> Int {
    var generator = Generator(source: self)
    return Int.random(in: 0..<bound, using: &generator)
  }
}

private struct Generator<Source: RandomSource>: RandomNumberGenerator {
  let source: Source
  mutating func next() -> UInt64 { source.uint64() }
}

/// The kernel's random numbers; fit for secrets.
public struct SystemRandom: RandomSource {
  /// The kernel's source; all of them are alike.
  public init() {}

  /// The next 64 bits, from `getrandom(2)`.
  public func uint64() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}

/// SplitMix64 from a seed: repeatable, for tests and simulations only.
public final class SeededRandom: RandomSource {
  private let state: Mutex<UInt64>

  /// The sequence of one seed, from its beginning.
  public init(seed: UInt64) { state = Mutex(seed) }

  /// The next 64 bits of the sequence.
  public func uint64() -> UInt64 {
    let seeded = state.withLock { state in
      state &+= 0x9E37_79B9_7F4A_7C15
      return state
    }
    let once = (seeded ^ (seeded >> 30)) &* 0xBF58_476D_1CE4_E5B9
    let twice = (once ^ (once >> 27)) &* 0x94D0_49BB_1331_11EB
    return twice ^ (twice >> 31)
  }
}
