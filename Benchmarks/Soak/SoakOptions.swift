import Core

/// What the environment says.
struct SoakOptions {
  /// A value that cannot be what it should be.
  struct Mistake: Error {
    let words: String
  }

  /// How many processes are killed.
  private(set) var killCount = 500
  /// Decides the phases, the moments and what clients do; how their threads interleave is the machine's.
  private(set) var seed: UInt64 = 0

  init(_ environment: [String: String]) throws {
    killCount = try Self.number("KILLS", environment) { Int($0) } ?? killCount
    seed = try Self.number("SEED", environment) { UInt64($0) } ?? SystemRandom().uint64() % 1_000_000
    guard killCount > 0 else { throw Mistake(words: "KILLS is 1 or more") }
  }

  private static func number<Value>(
    _ name: String, _ environment: [String: String], _ read: (String) -> Value?
  ) throws -> Value? {
    guard let text = environment[name], !text.isEmpty else { return nil }
    guard let value = read(text) else { throw Mistake(words: "\(name) takes a number, not \"\(text)\"") }
    return value
  }
}
