public import Contracts
public import Core

/// Hashes that cost nothing, for tests of what surrounds them: FNV-1a under a seed. Guards against nobody.
public struct QuickHash: PasswordHasher, KeyedHash {
  public init() {}

  public func hash(_ password: Personal<String>) async throws -> String {
    "$quick$" + String(Self.fnv(Array(password.exposed.utf8), 0), radix: 16)
  }

  public func verify(
    _ password: Personal<String>, against hash: String?, in turn: PasswordTurn
  ) async throws -> Bool {
    try await self.hash(password) == hash
  }

  public func isOutdated(_ hash: String) -> Bool { false }

  public func authenticate(_ message: [UInt8], for purpose: StaticString) -> [UInt8] {
    let seed = Self.fnv(Array(purpose.description.utf8), 0)
    return (UInt64(0)..<4).flatMap { part in
      let word = Self.fnv(message, seed &+ part)
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
    }
  }

  private static func fnv(_ bytes: [UInt8], _ seed: UInt64) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
