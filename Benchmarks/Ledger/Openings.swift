import Core
import Store
import Vault

/// What an opening costs with the entry that it leaves.
enum Openings {
  private static let callerCount = 64
  private static let perCaller = 300

  /// One a transaction, many callers at a time, as the hall does it: the commits are shared.
  static func inACrowd(_ premises: Premises) async throws -> String {
    let (start, wall) = (Processor.seconds, ContinuousClock.now)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<callerCount {
        group.addTask {
          for _ in 0..<perCaller {
            try await premises.store.write { try premises.open(asOfficer: caller, in: $0) }
          }
        }
      }
      try await group.waitForAll()
    }
    let count = Double(callerCount * perCaller)
    let took = ContinuousClock.now - wall
    let rate = count / (Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18)
    return "\(Int(rate)) a second, \(microseconds(Processor.seconds - start, per: count)) of processor each"
  }

  /// A thousand in one transaction: the opening and its entry without the commit.
  static func inLargeTransactions(_ premises: Premises) async throws -> String {
    let start = Processor.seconds
    for _ in 0..<20 {
      try await premises.store.write { transaction in
        for _ in 0..<1000 { try premises.open(asOfficer: 12, in: transaction) }
      }
    }
    return "\(microseconds(Processor.seconds - start, per: 20_000)) of processor each"
  }

  private static func microseconds(_ seconds: Double, per count: Double) -> String {
    "\(Double(Int(seconds / count * 1e7)) / 10) µs"
  }
}
