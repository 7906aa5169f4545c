import Contracts
import Core
import Documents
import Glibc
import Store
import Vault

// Uploads documents from several tasks at once and prints a line for each once it is acknowledged; DocumentsTests kills it
// in the middle and looks what is left.

let arguments = CommandLine.arguments
guard arguments.count == 3, let seed = UInt64(arguments[2]) else {
  print("usage: DocumentCrasher STATE-DIRECTORY SEED")
  exit(EX_USAGE)
}
let state = arguments[1]
let store = try Store.open(at: "\(state)/gapura.db", readers: 1, clock: SystemClock(), log: SilentLog())

var services = ServiceRegistry()
services.provide(Store.self, store)
services.provide((any WallClock).self, SystemClock())
services.provide((any RandomSource).self, SystemRandom())
services.provide((any Log).self, SilentLog())
services.provide(StateDirectory.self, StateDirectory(path: state))
services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: state))
let modules = try Assembly.assemble([VaultModule.self, DocumentsModule.self], services: &services)
try await store.migrate(modules.flatMap { (type(of: $0) as? any Persistent.Type)?.schemas ?? [] })
for module in modules { try await module.start() }

let vault = services.require((any VaultService).self)
let documents = services.require((any DocumentService).self)
let subject = try await store.write { try vault.createSubject(in: $0) }
let random = SeededRandom(seed: seed)

/// A whole PDF whose bytes follow from its seed, in pieces as a network brings them.
func pieces(byteCount: Int, seed: UInt64) -> AsyncStream<[UInt8]> {
  let filling = SeededRandom(seed: seed)
  let bytes = Array("%PDF-1.7\n".utf8) + filling.bytes(byteCount) + Array("\nstartxref\n0\n%%EOF\n".utf8)
  return AsyncStream { continuation in
    for start in stride(from: 0, to: bytes.count, by: 4096) {
      continuation.yield(Array(bytes[start..<min(start + 4096, bytes.count)]))
    }
    continuation.finish()
  }
}

/// One write call, so that a line is there whole or not at all.
@Sendable func say(_ text: String) {
  let line = Array("\(text)\n".utf8)
  _ = unsafe write(STDOUT_FILENO, line, line.count)
}

let laneCount = 4
try await withThrowingTaskGroup(of: Void.self) { group in
  for _ in 0..<laneCount {
    group.addTask {
      while true {
        let (byteCount, seed) = (random.below(200_000), random.uint64())
        var previous: DocumentID?
        for _ in 0..<2 {
          // The second one replaces the first, in the transaction that files it.
          let replaced = previous
          if let replaced { say("going \(replaced)") }
          let summary = try await documents.store(pieces(byteCount: byteCount, seed: seed), of: subject) {
            _, transaction in
            if let replaced { try documents.remove(replaced, in: transaction) }
          }
          say("kept \(summary.id) \(byteCount) \(seed)")
          previous = summary.id
        }
        guard let last = previous, random.below(2) == 0 else { continue }
        say("going \(last)")
        try await store.write { try documents.remove(last, in: $0) }
      }
    }
  }
  try await group.waitForAll()
}
