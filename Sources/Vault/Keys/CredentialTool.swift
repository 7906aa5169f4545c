import Core
import Dispatch
import Glibc

/// `systemd-creds`, which encrypts a credential for this machine (its TPM where there is one).
struct CredentialTool: Sendable {
  /// The program; another one in tests.
  var program = "systemd-creds"

  /// Makes a fresh root key and writes it, encrypted, to `path`. The key itself reaches no file.
  ///
  /// - Throws: `Problem` `vault.root-key-exists`, `vault.credential-failed`.
  func createRootKey(at path: String, library: CryptoLibrary) async throws {
    guard unsafe access(path, F_OK) != 0 else { throw Problem(.conflict, "vault.root-key-exists", ["path": path]) }
    // Waits for a process: on a queue of its own, never on the cooperative pool.
    let queue = DispatchQueue(label: "vault.credential")
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      queue.async { continuation.resume(with: Result { try encryptFreshKey(to: path, library: library) }) }
    }
  }

  private func encryptFreshKey(to path: String, library: CryptoLibrary) throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0, let input = FileDescriptor(ends[0]) else { throw failed(RootKeyFile.lastError()) }
    try fill(ends[1], with: library.randomKey())
    let status = try run(["encrypt", "--name=\(RootKeySource.name)", "-", path], input: input.number)
    guard status == 0 else { throw failed("exit status \(status)") }
  }

  /// A key fits in a pipe's buffer, so it can be written before anybody reads. Closes the end, which ends the input.
  private func fill(_ end: Int32, with key: borrowing SecretBytes) throws(Problem) {
    guard let output = FileDescriptor(end) else { throw failed(RootKeyFile.lastError()) }
    let isWritten = unsafe key.withBytes { bytes in unsafe output.writeAll(bytes) }
    guard isWritten else { throw failed(RootKeyFile.lastError()) }
  }

  private func run(_ arguments: [String], input: Int32) throws(Problem) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
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
