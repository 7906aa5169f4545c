import Contracts
import Core
import Store
import Vault

/// How fast data keys are wrapped anew, and with how much memory.
struct RotationBench {
  let count: Int

  func run() async throws {
    let bench = try await BenchVault()
    let vault = bench.vault
    for start in stride(from: 0, to: count, by: 5_000) {
      let end = min(start + 5_000, count)
      try await bench.store.write { transaction in
        for _ in start..<end { _ = try vault.createSubject(in: transaction) }
      }
    }
    let before = peakMegabytes()
    let taken = try await seconds { try await bench.run(["vault", "rotate"]) }
    print(
      "\(count) keys rotated in \(short(taken)) s: \(short(Double(count) / taken)) keys/s; "
        + "memory \(before) MB before, \(peakMegabytes()) MB at most")
    await bench.remove()
  }
}
