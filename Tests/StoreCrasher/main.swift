import Core
import Glibc
import Store

// Writes rows in pairs, each pair in one transaction, from several tasks at once, and prints the number
// of each pair once it is acknowledged; StoreTests kills it in the middle and looks what is left.

let arguments = CommandLine.arguments
guard arguments.count == 3, let first = Int(arguments[2]) else {
  print("usage: StoreCrasher DATABASE FIRST-PAIR")
  exit(EX_USAGE)
}

let store = try Store.open(at: arguments[1], readers: 1, clock: SystemClock(), log: SilentLog())
try await store.migrate([
  Schema(
    module: "crash",
    migrations: [
      Migration(
        1, "pairs",
        tables: [
          Table(
            "crash_pairs", columns: [.integer("pair"), .integer("side"), .bytes("filling")], key: ["pair", "side"])
        ])
    ])
])

let taskCount = 8
try await withThrowingTaskGroup(of: Void.self) { group in
  for lane in 0..<taskCount {
    group.addTask {
      for pair in stride(from: first + lane, to: Int.max, by: taskCount) {
        try await store.write { transaction in
          for side in 0...1 {
            let filling = [UInt8](repeating: UInt8(truncatingIfNeeded: pair), count: 300 + pair % 5_000)
            try transaction.run(
              "INSERT INTO crash_pairs (pair, side, filling) VALUES (\(pair), \(side), \(filling))")
          }
          try transaction.append(Event(kind: "pair.written", entity: String(pair)))
        }
        // One write call, so that a line is there whole or not at all.
        let line = Array("\(pair)\n".utf8)
        _ = unsafe write(STDOUT_FILENO, line, line.count)
      }
    }
  }
  try await group.waitForAll()
}
