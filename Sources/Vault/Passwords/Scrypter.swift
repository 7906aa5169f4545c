import Contracts
import Core
import Crypto
import Dispatch
import Synchronization

/// Hashes passwords, two at a time at most, on queues of its own: a storm of tries waits in line, and leaves memory, one of
/// two cores and officers' own sign-ins alone.
final class Scrypter: PasswordHasher {
  /// How many are hashed at once, each with 32 MiB. Strangers have the first lane only, and officers go before them there.
  static let laneCount = 2
  private static let strangersLane = 0
  /// After which a client that was turned away may try again: most of what waits is done then.
  private static let secondsToWait = 3
  /// The longest password, in UTF-8: well above any passphrase, well below what slows the hash down.
  static let passwordByteCountMax = 1024

  /// What is hashed, and the task that waits for it.
  private struct Job: Sendable {
    let work: @Sendable () throws -> [UInt8]
    let waiting: CheckedContinuation<[UInt8], any Error>
  }

  private struct TurnedAway: Sendable {
    let job: Job
    let reason: any Error
  }

  private struct State {
    var queue = HashingQueue<Job>()
    var isBusy = [Bool](repeating: false, count: Scrypter.laneCount)
    var lastID = 0
  }

  private let library: CryptoLibrary
  private let cost: ScryptCost
  private let lanes: [DispatchQueue]
  private let state = Mutex(State())

  init(library: CryptoLibrary, cost: ScryptCost = .standard) {
    self.library = library
    self.cost = cost
    lanes = (1...Self.laneCount).map { DispatchQueue(label: "vault.scrypt.\($0)") }
  }

  func hash(_ password: Personal<String>) async throws -> String {
    try check(password)
    let salt = try library.randomSalt(byteCount: PasswordHash.saltByteCount)
    let hash = try await derive(password, salt: salt, cost: cost, in: .officer)
    return PasswordHash(cost: cost, salt: salt, hash: hash).text
  }

  func verify(_ password: Personal<String>, against hash: String?, in turn: PasswordTurn) async throws -> Bool {
    try check(password)
    guard let hash else {
      // The same work for an account that is not there, so that the time does not tell which ones are.
      let salt = [UInt8](repeating: 0, count: PasswordHash.saltByteCount)
      _ = try await derive(password, salt: salt, cost: cost, in: turn)
      return false
    }
    guard let stored = PasswordHash(hash) else { throw Problem(.fault, "vault.password-hash-unreadable") }
    let derived = try await derive(password, salt: stored.salt, cost: stored.cost, in: turn)
    return CryptoLibrary.areEqual(derived, stored.hash)
  }

  func isOutdated(_ hash: String) -> Bool { PasswordHash(hash).map { $0.cost.work < cost.work } ?? false }

  private func check(_ password: Personal<String>) throws {
    guard password.exposed.utf8.count <= Self.passwordByteCountMax else {
      throw Problem(.tooLarge, "vault.password-too-long", ["limit": String(Self.passwordByteCountMax)])
    }
  }

  private func derive(
    _ password: Personal<String>, salt: [UInt8], cost: ScryptCost, in turn: PasswordTurn
  ) async throws -> [UInt8] {
    // An account whose hash is of an earlier cost must not answer sooner than one that is not there.
    let rest = self.cost.rest(above: cost)
    let work: @Sendable () throws -> [UInt8] = {
      let hash = try CryptoLibrary.scrypt(
        password.exposed, salt: salt, cost: cost, byteCount: PasswordHash.hashByteCount)
      if let rest {
        _ = try CryptoLibrary.scrypt(password.exposed, salt: salt, cost: rest, byteCount: PasswordHash.hashByteCount)
      }
      return hash
    }
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (waiting: CheckedContinuation<[UInt8], any Error>) in
        enter(Job(work: work, waiting: waiting), id, in: turn)
      }
    } onCancel: {
      let left = state.withLock { $0.queue.remove(id) }
      left?.waiting.resume(throwing: CancellationError())
    }
  }

  // MARK: The lanes

  private func enter(_ job: Job, _ id: Int, in turn: PasswordTurn) {
    let refused: TurnedAway? = state.withLock { state in
      // Asked under the lock: a cancellation after this finds the job in its place.
      guard !Task.isCancelled else { return TurnedAway(job: job, reason: CancellationError()) }
      let busy = Problem(.tooMany, "vault.passwords-busy", ["seconds": String(Self.secondsToWait)])
      switch state.queue.add(job, id, in: turn) {
      case .turnedAway: return TurnedAway(job: job, reason: busy)
      case .waitsInstead(of: let other):
        wake(&state, turn)
        return TurnedAway(job: other, reason: busy)
      case .waits:
        wake(&state, turn)
        return nil
      }
    }
    if let refused { refused.job.waiting.resume(throwing: refused.reason) }
  }

  /// Sets a lane to work that rests and may do it.
  private func wake(_ state: inout State, _ turn: PasswordTurn) {
    // The officers' own first, so that the other stays free for strangers.
    let may = turn == .officer ? Array(lanes.indices.reversed()) : [Self.strangersLane]
    guard let lane = may.first(where: { !state.isBusy[$0] }) else { return }
    state.isBusy[lane] = true
    lanes[lane].async { [self] in work(in: lane) }
  }

  private func work(in lane: Int) {
    while let job = next(in: lane) {
      let result = Result { try job.work() }
      job.waiting.resume(with: result)
    }
  }

  private func next(in lane: Int) -> Job? {
    state.withLock { state in
      let job = state.queue.next(isForOfficers: lane != Self.strangersLane)
      if job == nil { state.isBusy[lane] = false }
      return job
    }
  }
}
