import Core
import Crypto
import Glibc

/// A file that holds a root key: exactly 32 bytes, for its owner's eyes only.
enum RootKeyFile {
  /// Reads the key into place.
  ///
  /// - Parameter modeAllowed: the only permissions that the file may have; nil leaves them to systemd.
  /// - Throws: `Problem` that names the file and the command that mends it.
  static func read(_ path: String, modeAllowed: mode_t?) throws -> RootKey {
    guard let file = FileDescriptor(unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) else {
      throw errno == ENOENT
        ? Problem(.unavailable, "vault.root-key-missing", ["path": path])
        : Problem(.unavailable, "vault.root-key-unreadable", ["path": path, "reason": lastError()])
    }
    // Of the open file, not of the path: what is checked is what is read.
    var status = stat()
    guard unsafe fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(.unavailable, "vault.root-key-unreadable", ["path": path, "reason": "not a regular file"])
    }
    let mode = status.st_mode & 0o7777
    if let modeAllowed, mode != modeAllowed {
      throw Problem(.unavailable, "vault.root-key-mode", ["path": path, "mode": String(mode, radix: 8)])
    }
    guard status.st_size == CryptoLibrary.keyByteCount else {
      throw Problem(.unavailable, "vault.root-key-size", ["path": path, "count": String(status.st_size)])
    }
    return RootKey(
      try unsafe SecretBytes.filled(count: CryptoLibrary.keyByteCount) { (buffer) throws(Problem) in
        guard unsafe file.readAll(into: buffer) else {
          throw Problem(.unavailable, "vault.root-key-unreadable", ["path": path, "reason": lastError()])
        }
      })
  }

  /// Makes a file with a fresh key, mode 0600.
  ///
  /// - Throws: `Problem` `vault.root-key-exists`, `vault.root-key-unwritable`.
  static func create(_ path: String, library: CryptoLibrary) throws {
    try create(path, RootKey(library.randomKey()))
  }

  /// Makes a file with that key, mode 0600. The file is there with the whole key in it, or not at all; an existing one
  /// is left alone.
  ///
  /// - Throws: `Problem` `vault.root-key-exists`, `vault.root-key-unwritable`.
  static func create(_ path: String, _ key: borrowing RootKey) throws {
    let draft = "\(path).new"
    try write(key, to: draft)
    defer { unsafe _ = unlink(draft) }
    // A link, unlike a rename, never replaces what is there.
    guard unsafe link(draft, path) == 0 else { throw cannotMake(path) }
    try syncDirectory(of: path)
  }

  private static func write(_ key: borrowing RootKey, to path: String) throws(Problem) {
    guard let file = FileDescriptor(unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600))
    else { throw cannotMake(path) }
    let isWritten = unsafe key.withBytes { bytes in unsafe file.writeAll(bytes) }
    guard isWritten, fchmod(file.number, 0o600) == 0, fsync(file.number) == 0 else {
      let problem = cannotMake(path)
      unsafe _ = unlink(path)
      throw problem
    }
  }

  private static func syncDirectory(of path: String) throws(Problem) {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard let file = FileDescriptor(unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)), fsync(file.number) == 0
    else { throw cannotMake(path) }
  }

  private static func cannotMake(_ path: String) -> Problem {
    errno == EEXIST
      ? Problem(.conflict, "vault.root-key-exists", ["path": path])
      : Problem(.unavailable, "vault.root-key-unwritable", ["path": path, "reason": lastError()])
  }

  static func lastError() -> String { unsafe String(cString: strerror(errno)) }
}
