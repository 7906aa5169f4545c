import Core
import Store
import XCTest

private struct Undo: Error {}

/// Random transactions against the store and against a dictionary must come to the same.
final class ModelTests: XCTestCase {
  private enum Step: Sendable {
    case put(String, Int)
    case add(String, Int)
    case remove(String)
  }

  func testRandomTransactionsComeToWhatADictionaryComesTo() async throws {
    let random = SeededRandom(seed: testSeed())
    let directory = try TestDirectory()
    var store = try await open(directory)
    var model: [String: Int] = [:]
    var events = 0
    for round in 0..<400 {
      let steps = (0...random.below(5)).map { _ in randomStep(random) }
      let mustFail = random.below(4) == 0
      do {
        try await perform(steps, failing: mustFail, on: store)
        XCTAssertFalse(mustFail)
        for step in steps { apply(step, to: &model) }
        events += 1
      } catch is Undo {
        XCTAssertTrue(mustFail)
      }
      if random.below(40) == 0 {
        await store.close()
        store = try await open(directory)
      }
      guard round.isMultiple(of: 10) else { continue }
      let stored = try await contents(of: store)
      XCTAssertEqual(stored, model, "round \(round)")
      let recorded = try await store.journal.events(after: 0, limit: 1_000)
      XCTAssertEqual(recorded.count, events, "round \(round)")
    }
  }

  private func open(_ directory: TestDirectory) async throws -> Store {
    let store = try Store.open(at: directory.database, readers: 1, clock: SystemClock(), log: SilentLog())
    try await store.migrate([TestStore.schema])
    return store
  }

  private func randomStep(_ random: SeededRandom) -> Step {
    let name = "n\(random.below(12))"
    return switch random.below(3) {
    case 0: .put(name, random.below(100))
    case 1: .add(name, random.below(10))
    default: .remove(name)
    }
  }

  private func apply(_ step: Step, to model: inout [String: Int]) {
    switch step {
    case .put(let name, let amount): model[name] = amount
    case .add(let name, let amount): model[name] = model[name].map { $0 + amount }
    case .remove(let name): model[name] = nil
    }
  }

  private func perform(_ steps: [Step], failing: Bool, on store: Store) async throws {
    try await store.write { transaction in
      for step in steps {
        switch step {
        case .put(let name, let amount):
          try transaction.run(
            """
            INSERT INTO test_things (name, amount) VALUES (\(name), \(amount))
            ON CONFLICT (name) DO UPDATE SET amount = excluded.amount
            """)
        case .add(let name, let amount):
          try transaction.run("UPDATE test_things SET amount = amount + \(amount) WHERE name = \(name)")
        case .remove(let name): try transaction.run("DELETE FROM test_things WHERE name = \(name)")
        }
      }
      try transaction.append(Event(kind: "model.changed", entity: "model"))
      if failing { throw Undo() }
    }
  }

  private func contents(of store: Store) async throws -> [String: Int] {
    let rows = try await store.read { snapshot in
      try snapshot.rows("SELECT name, amount FROM test_things") { row in
        (try row.get(0) as String, try row.get(1) as Int)
      }
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}
