import Contracts
import Core
import Store
import Vault

/// Look-up by NIK among few and among many people. Goal: p99 at a million at most 1.5 times p99 at ten thousand.
///
/// Measured twice: as a module has it, on a snapshot of its own with the way to a reader and back; and the bare query,
/// in which the two more levels of the index's tree, read from memory that no processor has in its cache, weigh most.
struct LookupBench {
  let counts: [Int]

  init(counts: [Int]) { self.counts = counts.isEmpty ? [10_000, 100_000, 1_000_000] : counts.sorted() }

  func run() async throws {
    let bench = try await BenchVault()
    let (vault, store) = (bench.vault, bench.store)
    var registered = 0
    var first: (whole: Double, bare: Double)?
    for count in counts {
      while registered < count {
        let (from, to) = (registered, min(registered + 2_000, count))
        try await store.write { transaction in
          for number in from..<to {
            let subject = try vault.createSubject(in: transaction)
            try vault.seal(Personal(person(number)), of: subject, in: transaction)
          }
        }
        registered = to
      }
      let whole = try await measure(count, vault, store)
      let bare = try await measureBare(count, vault, store)
      let base = first ?? (whole.tail, bare.tail)
      first = base
      print("\(count) people: p50 \(short(whole.median)) µs, p99 \(short(whole.tail)) µs", terminator: "")
      print(", p99 \(short(whole.tail / base.whole)) times that at \(counts[0])", terminator: "")
      print("; the bare query p50 \(short(bare.median)) µs, p99 \(short(bare.tail)) µs", terminator: "")
      print(", \(short(bare.tail / base.bare)) times")
    }
    await bench.remove()
  }

  /// A median and a 99th percentile in microseconds.
  private struct Times {
    let median: Double
    let tail: Double

    init(_ times: [Double]) {
      let sorted = times.sorted()
      (median, tail) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
    }
  }

  private func measure(_ count: Int, _ vault: Vault, _ store: Store) async throws -> Times {
    let random = SeededRandom(seed: 6)
    let clock = ContinuousClock()
    var times: [Double] = []
    for turn in 0..<22_000 {
      let nik = Personal(person(random.below(count)).nik ?? "")
      let start = clock.now
      guard try await store.read({ try vault.subjects(with: .nik, nik, in: $0) }).count == 1 else { throw NotFound() }
      // The first ones fill the caches, as a service that has been running has them.
      if turn >= 2_000 { times.append((clock.now - start).microseconds) }
    }
    return Times(times)
  }

  /// Of look-ups one after another on one snapshot.
  private func measureBare(_ count: Int, _ vault: Vault, _ store: Store) async throws -> Times {
    let random = SeededRandom(seed: 7)
    var times: [Double] = []
    for round in 0..<11 {
      let numbers = (0..<2_000).map { _ in random.below(count) }
      let taken = try await store.read { snapshot in
        let clock = ContinuousClock()
        return try numbers.map { number in
          let nik = Personal(person(number).nik ?? "")
          let start = clock.now
          guard try vault.subjects(with: .nik, nik, in: snapshot).count == 1 else { throw NotFound() }
          return (clock.now - start).microseconds
        }
      }
      if round > 0 { times += taken }
    }
    return Times(times)
  }

  private struct NotFound: Error {}
}

extension Duration {
  fileprivate var microseconds: Double { Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12 }
}
