import Contracts
import Core
import Measuring
import Store
import Vault

/// Look-up by NIK among few and among many people. Goal: p99 at a million at most 1.5 times p99 at ten thousand.
///
/// Measured twice: as a module has it, on a snapshot of its own with the way to a reader and back; and the bare query,
/// in which the two more levels of the index's tree, read from memory that no processor has in its cache, weigh most.
struct LookupBench {
  /// How many times the 99th percentile of few people that of many may be.
  private static let growthMax = 1.5

  let counts: [Int]

  init(counts: [Int]) { self.counts = counts.isEmpty ? [10_000, 100_000, 1_000_000] : counts.sorted() }

  /// - Returns: whether the figures repeat, and stay within the goal.
  func run() async throws -> Bool {
    Output.title("look-up by NIK, as a module has it and as the bare query; medians of rounds until the p99 repeats")
    let bench = try await BenchVault()
    var registered = 0
    var first: (whole: Times, bare: Times)?
    var isKept = true
    for count in counts {
      try await register(registered..<count, in: bench)
      registered = count
      let whole = try await rounds { try await measure(count, $0, bench.vault, bench.store) }
      let bare = try await rounds { try await measureBare(count, $0, bench.vault, bench.store) }
      let base = first ?? (whole, bare)
      first = base
      isKept = say(count, whole, bare, since: base) && isKept
    }
    await bench.remove()
    return isKept
  }

  private func register(_ numbers: Range<Int>, in bench: BenchVault) async throws {
    let vault = bench.vault
    for from in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 2_000) {
      let to = min(from + 2_000, numbers.upperBound)
      try await bench.store.write { transaction in
        for number in from..<to {
          let subject = try vault.createSubject(in: transaction)
          try vault.seal(Personal(person(number)), of: subject, in: transaction)
        }
      }
    }
  }

  private func say(_ count: Int, _ whole: Times, _ bare: Times, since base: (whole: Times, bare: Times)) -> Bool {
    Output.line(
      "\(count) people: p50 \(short(whole.median)) µs, p99 \(short(whole.tail)) µs"
        + ", p99 \(short(whole.tail / base.whole.tail)) times that at \(counts[0])"
        + "; the bare query p50 \(short(bare.median)) µs, p99 \(short(bare.tail)) µs"
        + ", \(short(bare.tail / base.bare.tail)) times")
    for (name, times) in [("as a module has it", whole), ("the bare query", bare)] {
      Output.row(
        "  \(name), p99 of one half : the other", "\(percent(times.unrest)) apart after \(times.roundCount) rounds")
    }
    Output.less("look-up among \(count) people, p99 as a module has it : bare query", whole.tail / bare.tail)
    guard count > counts[0] else { return whole.repeats && bare.repeats }
    let name = "look-up among \(count) people : \(counts[0]), p99 of the bare query"
    return Output.goal(name, bare.tail / base.bare.tail, atMost: Self.growthMax) && whole.repeats && bare.repeats
  }

  private func percent(_ share: Double) -> String { "\(short(share * 100)) %" }

  // MARK: rounds

  /// Medians of several rounds, in microseconds.
  private struct Times {
    /// The rounds of one half and of the other may differ by so much in their 99th percentile.
    static let unrestMax = 0.1

    let median: Double
    let tail: Double
    /// By what share the 99th percentile of every second round differs from that of the others.
    let unrest: Double
    let roundCount: Int

    var repeats: Bool { unrest <= Self.unrestMax }

    init(rounds: [(median: Double, tail: Double)]) {
      median = rounds.map(\.median).median
      tail = rounds.map(\.tail).median
      roundCount = rounds.count
      let halves = [0, 1].map { half in
        stride(from: half, to: rounds.count, by: 2).map { rounds[$0].tail }.median
      }
      let (less, more) = (min(halves[0], halves[1]), max(halves[0], halves[1]))
      unrest = less > 0 ? more / less - 1 : 1
    }
  }

  private static let roundCounts = 10...60

  /// Plays rounds until the 99th percentile of one half of them is that of the other, or there are too many.
  ///
  /// - Parameter round: microseconds of each look-up, by the round's number.
  private func rounds(_ round: (UInt64) async throws -> [Double]) async throws -> Times {
    var rounds: [(median: Double, tail: Double)] = []
    // Fills the caches, as a service that has been running has them.
    _ = try await round(0)
    while true {
      let sorted = try await round(UInt64(rounds.count + 1)).sorted()
      rounds.append((sorted[sorted.count / 2], sorted[sorted.count * 99 / 100]))
      // Pairs of rounds, so that both halves are of one size.
      guard rounds.count.isMultiple(of: 2), rounds.count >= Self.roundCounts.lowerBound else { continue }
      let times = Times(rounds: rounds)
      if times.repeats || rounds.count >= Self.roundCounts.upperBound { return times }
    }
  }

  private static let lookUpCount = 10_000

  private func measure(_ count: Int, _ round: UInt64, _ vault: Vault, _ store: Store) async throws -> [Double] {
    let random = SeededRandom(seed: 600 + round)
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<Self.lookUpCount {
      let nik = Personal(person(random.below(count)).nik ?? "")
      let start = clock.now
      guard try await store.read({ try vault.subjects(with: .nik, nik, in: $0) }).count == 1 else { throw NotFound() }
      times.append((clock.now - start).microseconds)
    }
    return times
  }

  /// Of look-ups one after another on one snapshot.
  private func measureBare(_ count: Int, _ round: UInt64, _ vault: Vault, _ store: Store) async throws -> [Double] {
    let random = SeededRandom(seed: 700 + round)
    let numbers = (0..<Self.lookUpCount).map { _ in random.below(count) }
    return try await store.read { snapshot in
      let clock = ContinuousClock()
      return try numbers.map { number in
        let nik = Personal(person(number).nik ?? "")
        let start = clock.now
        guard try vault.subjects(with: .nik, nik, in: snapshot).count == 1 else { throw NotFound() }
        return (clock.now - start).microseconds
      }
    }
  }

  private struct NotFound: Error {}
}

extension Duration {
  fileprivate var microseconds: Double { Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12 }
}
