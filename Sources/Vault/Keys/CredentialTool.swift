import Core
import Crypto
import Dispatch
import Glibc

/// `systemd-creds`, which encrypts a credential for this machine (its TPM where there is one).
struct CredentialTool: Sendable {
  /// The program; another one in tests.
  var program = "systemd-creds"
  /// How a command that root gave becomes root for it.
  var rights: AdministratorRights?

  /// Makes a fresh root key and writes it, encrypted, to `path`.
  ///
  /// - Throws: `Problem` `vault.root-key-exists`, `vault.credential-failed`.
  func createRootKey(at path: String, library: CryptoLibrary) async throws {
    try await write(NewRootKey(RootKey(library.randomKey())), to: path)
  }

  /// Writes the root key, encrypted, to `path`. The key itself reaches no file.
  ///
  /// - Throws: `Problem` `vault.root-key-exists`, `vault.credential-failed`.
  func write(_ root: NewRootKey, to path: String) async throws {
    guard unsafe access(path, F_OK) != 0 else { throw Problem(.conflict, "vault.root-key-exists", ["path": path]) }
    try await onQueue { try rights.use { try encrypt(root.key, to: path) } }
  }

  /// Reads the root key back from an encrypted credential of this machine.
  ///
  /// - Throws: `Problem` `vault.credential-failed`.
  func decryptRootKey(at path: String) async throws -> NewRootKey {
    try await onQueue { NewRootKey(try readRootKey(at: path)) }
  }

  /// The same, blocking while the program runs.
  func readRootKey(at path: String) throws -> RootKey { try rights.use { try decrypt(path) } }

  /// Waits for a process: on a queue of its own, never on the cooperative pool.
  private func onQueue<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    let queue = DispatchQueue(label: "vault.credential")
    return try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }

  private func encrypt(_ root: borrowing RootKey, to path: String) throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0, let input = FileDescriptor(ends[0]) else {
      throw failed(RootKeyFile.lastError())
    }
    try fill(ends[1], with: root)
    let status = try run(["encrypt", "--name=\(RootKeySource.name)", "-", path], end: input.number, as: 0)
    guard status == 0 else { throw failed("exit status \(status)") }
  }

  private func decrypt(_ path: String) throws -> RootKey {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0, let output = FileDescriptor(ends[0]) else {
      throw failed(RootKeyFile.lastError())
    }
    let status: Int32
    do {
      // Closed once the program has its own, so that a short key is an end and not a wait.
      guard let input = FileDescriptor(ends[1]) else { throw failed(RootKeyFile.lastError()) }
      status = try run(["decrypt", "--name=\(RootKeySource.name)", path, "-"], end: input.number, as: 1)
    }
    guard status == 0 else { throw failed("exit status \(status)") }
    return RootKey(
      try unsafe SecretBytes.filled(count: CryptoLibrary.keyByteCount) { (buffer) throws(Problem) in
        guard unsafe output.readAll(into: buffer) else { throw failed("it gave no whole key") }
      })
  }

  /// A key fits in a pipe's buffer, so it can be written before it is read. Closes the end, which ends the input.
  private func fill(_ end: Int32, with key: borrowing RootKey) throws(Problem) {
    guard let output = FileDescriptor(end) else { throw failed(RootKeyFile.lastError()) }
    let isWritten = unsafe key.withBytes { bytes in unsafe output.writeAll(bytes) }
    guard isWritten else { throw failed(RootKeyFile.lastError()) }
  }

  /// Runs the program with one end of a pipe as its standard input (0) or output (1).
  private func run(_ arguments: [String], end: Int32, as number: Int32) throws(Problem) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, end, number)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, program, &actions, nil, &words, environ)
    guard code == 0 else { throw failed(unsafe String(cString: strerror(code))) }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
    // The wait status of wait(2): the low seven bits are the signal, the byte above them the exit status.
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
  }

  private func failed(_ reason: String) -> Problem {
    Problem(.unavailable, "vault.credential-failed", ["program": program, "reason": reason])
  }
}
