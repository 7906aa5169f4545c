import Contracts
import Core
import Crypto
import Dispatch
import Synchronization

/// Hashes passwords, a few at a time, on queues of its own: a storm of sign-ins waits in line and holds up nothing else.
final class Scrypter: PasswordHasher {
  /// How many are hashed at once: two cost 64 MiB and at most two cores for as long as the storm lasts.
  static let laneCount = 2
  /// How many may wait, on all lanes together: the last of them waits about three seconds, as long as a person at a
  /// sign-in form does.
  static let waitingCountMax = 64
  /// The longest password, in UTF-8: well above any passphrase, well below what slows the hash down.
  static let passwordByteCountMax = 1024

  private let library: CryptoLibrary
  private let cost: ScryptCost
  private let lanes: [DispatchQueue]
  private let waiting: Mutex<[Int]>

  init(library: CryptoLibrary, cost: ScryptCost = .standard) {
    self.library = library
    self.cost = cost
    lanes = (1...Self.laneCount).map { DispatchQueue(label: "vault.scrypt.\($0)") }
    waiting = Mutex([Int](repeating: 0, count: Self.laneCount))
  }

  func hash(_ password: Personal<String>) async throws -> String {
    try check(password)
    let salt = try library.randomSalt(byteCount: PasswordHash.saltByteCount)
    let hash = try await derive(password, salt: salt, cost: cost)
    return PasswordHash(cost: cost, salt: salt, hash: hash).text
  }

  func verify(_ password: Personal<String>, against hash: String?) async throws -> Bool {
    try check(password)
    guard let hash else {
      // The same work for an account that is not there, so that the time does not tell which ones are.
      _ = try await derive(password, salt: [UInt8](repeating: 0, count: PasswordHash.saltByteCount), cost: cost)
      return false
    }
    guard let stored = PasswordHash(hash) else { throw Problem(.fault, "vault.password-hash-unreadable") }
    let derived = try await derive(password, salt: stored.salt, cost: stored.cost)
    return CryptoLibrary.areEqual(derived, stored.hash)
  }

  private func check(_ password: Personal<String>) throws {
    guard password.exposed.utf8.count <= Self.passwordByteCountMax else {
      throw Problem(.tooLarge, "vault.password-too-long", ["limit": String(Self.passwordByteCountMax)])
    }
  }

  private func derive(_ password: Personal<String>, salt: [UInt8], cost: ScryptCost) async throws -> [UInt8] {
    let lane = try enter()
    return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<[UInt8], any Error>) in
      lanes[lane].async { [self] in
        let result = Result {
          try CryptoLibrary.scrypt(
            password.exposed, salt: salt, cost: cost, byteCount: PasswordHash.hashByteCount)
        }
        waiting.withLock { $0[lane] -= 1 }
        continuation.resume(with: result)
      }
    }
  }

  /// The lane with the fewest in it.
  private func enter() throws -> Int {
    try waiting.withLock { waiting in
      guard waiting.reduce(0, +) < Self.waitingCountMax,
        let lane = waiting.indices.min(by: { waiting[$0] < waiting[$1] })
      else { throw Problem(.tooMany, "vault.passwords-busy") }
      waiting[lane] += 1
      return lane
    }
  }
}
