import Contracts
import Core
import Store
import Vault

/// Look-up by NIK among few and among many people. Goal: p99 at a million at most 1.5 times p99 at ten thousand.
struct LookupBench {
  let counts: [Int]

  init(counts: [Int]) { self.counts = counts.isEmpty ? [10_000, 100_000, 1_000_000] : counts.sorted() }

  func run() async throws {
    let house = try await BenchHouse()
    let (vault, store) = (house.vault, house.store)
    var registered = 0
    var first: Double?
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
      let (median, tail) = try await measure(count, vault, store)
      let ratio = first.map { ", p99 is \(short(tail / $0)) times that at \(counts[0])" } ?? ""
      first = first ?? tail
      print("\(count) people: p50 \(short(median)) µs, p99 \(short(tail)) µs\(ratio)")
    }
    await house.remove()
  }

  /// The median and the 99th percentile in microseconds, of look-ups alone, without the way to a reader and back.
  private func measure(_ count: Int, _ vault: Vault, _ store: Store) async throws -> (Double, Double) {
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
          return Double((clock.now - start).components.attoseconds) / 1e12
        }
      }
      // The first round fills the caches, as a service that has been running has them.
      if round > 0 { times += taken }
    }
    times.sort()
    return (times[times.count / 2], times[times.count * 99 / 100])
  }

  private struct NotFound: Error {}
}
