// What the ledger costs: an opening with its entry, and checking every entry, against bare libcrypto's SHA-256 over the
// very bytes that the tree hashes.
//
//     gapura-bench-ledger [ENTRIES]

let entryCount = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1_000_000
let premises = try await Premises()
print("opening, 64 callers at once: \(try await Openings.inACrowd(premises))")
print("opening, a thousand a transaction: \(try await Openings.inLargeTransactions(premises))")
print(try await Verification(premises).measure(entries: entryCount))
await premises.close()
