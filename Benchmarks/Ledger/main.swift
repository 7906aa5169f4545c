import COpenSSL
import Contracts
import Core
import FoundationEssentials
import Store
import Vault

// What the ledger costs: an opening with its entry, and checking every entry, against bare libcrypto's SHA-256 over the
// very bytes that the tree hashes.
//
//     gapura-bench-ledger [ENTRIES]

/// Some bare hashing of messages of a given length.
func bareSeconds(messages count: Int, of byteCount: Int) -> Double {
  let message = [UInt8](repeating: 0x5a, count: byteCount)
  var digest = [UInt8](repeating: 0, count: 32)
  guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA2-256", nil), let context = unsafe EVP_MD_CTX_new() else {
    return 0
  }
  defer {
    unsafe EVP_MD_CTX_free(context)
    unsafe EVP_MD_free(algorithm)
  }
  let clock = ContinuousClock()
  let took = clock.measure {
    for _ in 0..<count {
      unsafe _ = EVP_DigestInit_ex2(context, algorithm, nil)
      unsafe _ = EVP_DigestUpdate(context, message, message.count)
      unsafe _ = EVP_DigestFinal_ex(context, &digest, nil)
    }
  }
  return took.seconds
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

let entryCount = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1_000_000
let directory = FileManager.default.temporaryDirectory.path + "/gapura-bench-\(UUID().uuidString)"
try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: directory) }
let store = try Store.open(at: "\(directory)/gapura.db", clock: SystemClock(), log: SilentLog())
try await store.migrate([VaultModule.schema])
var services = ServiceRegistry()
services.provide(Store.self, store)
services.provide((any WallClock).self, SystemClock())
services.provide((any RandomSource).self, SystemRandom())
services.provide((any Log).self, SilentLog())
services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: directory))
let module = try VaultModule(services: services)

@discardableResult
@MainActor func command(_ path: [String], _ options: [String: String] = [:]) async throws -> [String] {
  guard let command = module.commands().first(where: { $0.path == path }) else { return [] }
  return try await command.run(CommandInput(arguments: [], options: options) { _ in Personal("") }).lines
}

try await command(["vault", "init"])
try await module.start()
let vault = module.vault
let subject = try await store.write { transaction in
  let subject = try vault.createSubject(in: transaction)
  try vault.seal(
    Personal(Contact(telephone: "+6281234567890", email: nil, address: nil)), of: subject, in: transaction)
  return subject
}
let clock = ContinuousClock()

// One opening a transaction, sixty-four callers at a time: as the hall does it.
let openings = 20_000
let crowd = try await clock.measure {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for caller in 0..<64 {
      group.addTask {
        for _ in 0..<(openings / 64) {
          _ = try await store.write { transaction in
            try vault.open(
              Contact.self, of: subject, for: .service, as: .officer(OfficerID(Int64(caller)), .clerk), in: transaction)
          }
        }
      }
    }
    try await group.waitForAll()
  }
}
print("opening, 64 callers at once: \(Int(Double(openings) / crowd.seconds)) a second")

// Many in one transaction: what the opening and its entry cost without the commit.
let batch = try await clock.measure {
  for _ in 0..<20 {
    try await store.write { transaction in
      for _ in 0..<1000 {
        _ = try vault.open(
          Contact.self, of: subject, for: .service, as: .officer(OfficerID(12), .clerk), in: transaction)
      }
    }
  }
}
print("opening, in large transactions: \(Int(batch.seconds / 20_000 * 1e9)) ns each")

var filled = openings / 64 * 64 + 20_000
let fill = try await clock.measure {
  while filled < entryCount {
    try await store.write { transaction in
      for number in 0..<170 {
        try vault.append(
          LedgerEntry(
            .opening, by: .officer(OfficerID(Int64(number % 40)), .clerk), about: SubjectID(Int64(number) << 40),
            facts: [LedgerFact("purpose", Purpose.service), LedgerFact("record", RecordKind.contact)]),
          in: transaction)
      }
    }
    filled += 170
    // As an office does every ten minutes.
    try await command(["ledger", "head"])
  }
}
print("appended \(filled) entries in \(Int(fill.seconds)) s")
var best = Double.infinity
for _ in 0..<3 {
  let took = try await clock.measure { print(try await command(["ledger", "verify"])) }
  best = min(best, took.seconds)
}
let byteCounts: Int? = try await store.read {
  try $0.value(
    """
    SELECT sum(length(at) + length(kind) + length(principal) + length(coalesce(subject, '-')) + length(facts) + 5)
    FROM vault_ledger
    """)
}
let leafByteCount = (byteCounts ?? 0) / filled
let bare = bareSeconds(messages: filled, of: leafByteCount) + bareSeconds(messages: filled, of: 65)
print("verified \(Int(Double(filled) / best)) entries a second")
print("bare SHA-256 over the same bytes (\(leafByteCount) a leaf, 65 a node): \(Int(Double(filled) / bare)) a second")
print("ratio \(String(Int(bare / best * 100))) %")

await module.stop()
await store.close()
