import Contracts
import Core
import Store
import Vault

/// A person registered with biodata and contact: alone, one after another, and in a crowd of 64.
struct RegisterBench {
  func run() async throws {
    let bench = try await BenchVault()
    let (vault, store) = (bench.vault, bench.store)
    @Sendable func register(_ number: Int) async throws {
      _ = try await store.write { transaction in
        let subject = try vault.createSubject(in: transaction)
        try vault.seal(Personal(person(number)), of: subject, in: transaction)
        try vault.seal(
          Personal(Contact(telephone: "+628123456\(number)", email: nil, address: "Jalan Veteran 1")), of: subject,
          in: transaction)
        return subject
      }
    }
    for number in 0..<500 { try await register(number) }
    let alone = try await seconds { for number in 0..<2_000 { try await register(number) } }
    print("alone: \(short(2_000 / alone)) people/s, \(short(alone / 2_000 * 1_000_000)) µs each")
    let crowd = try await seconds {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for lane in 0..<64 { group.addTask { for turn in 0..<250 { try await register(lane * 250 + turn) } } }
        try await group.waitForAll()
      }
    }
    print("crowd of 64: \(short(16_000 / crowd)) people/s")
    await bench.remove()
  }
}
