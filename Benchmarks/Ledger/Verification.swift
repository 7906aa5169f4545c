import Contracts
import Core
import Store
import Vault

/// How fast `gapura ledger verify` goes over a ledger.
struct Verification {
  /// What an office of some size records in the ten minutes between two heads.
  private static let entriesAHead = 170
  /// The least of several runs is the one that was disturbed least.
  private static let runCount = 3

  private let premises: Premises

  init(_ premises: Premises) { self.premises = premises }

  /// Fills the ledger up to so many entries and verifies it.
  func measure(entries count: Int) async throws -> String {
    try await fill(upTo: count)
    let (size, leafByteCount) = try await extent()
    var best = Double.infinity
    for _ in 0..<Self.runCount {
      let start = Processor.seconds
      try await premises.run(["ledger", "verify"])
      best = min(best, Processor.seconds - start)
    }
    let bare =
      Processor.secondsOfBareSHA256(messages: size, of: leafByteCount)
      + Processor.secondsOfBareSHA256(messages: size, of: 65)
    return """
      verifying \(size) entries: \(Int(Double(size) / best)) a second of one core
      bare SHA-256 over the same bytes (\(leafByteCount) a leaf, 65 a node): \(Int(Double(size) / bare)) a second
      ratio: \(Int(bare / best * 100)) %
      """
  }

  private func fill(upTo count: Int) async throws {
    var size = try await extent().size
    while size < count {
      let ledger = premises.module.vault
      try await premises.store.write { transaction in
        for number in 0..<Self.entriesAHead {
          try ledger.append(
            LedgerEntry(
              .opening, by: .officer(OfficerID(Int64(number % 40)), .clerk), about: SubjectID(Int64(number) << 40),
              facts: [LedgerFact("purpose", Purpose.service), LedgerFact("record", RecordKind.contact)]),
            in: transaction)
        }
      }
      size += Self.entriesAHead
      try await premises.run(["ledger", "head"])
    }
  }

  /// How many entries there are, and how many bytes of one are hashed on average, with the prefix and the spaces.
  private func extent() async throws -> (size: Int, leafByteCount: Int) {
    try await premises.store.read { snapshot in
      let size: Int? = try snapshot.value("SELECT count(*) FROM ledger_entries")
      let byteCount: Int? = try snapshot.value(
        """
        SELECT sum(length(at) + length(kind) + length(principal) + length(coalesce(subject, '-')) + length(facts) + 5)
        FROM ledger_entries
        """)
      return (size ?? 0, (byteCount ?? 0) / max(1, size ?? 0))
    }
  }
}
