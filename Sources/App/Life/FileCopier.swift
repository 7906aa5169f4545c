import Core
import FoundationEssentials
import Glibc
import Vault

/// Copies files' content alone: owner and times are the copy's own, which a hardened service may not change.
struct FileCopier {
  /// Of an administrator who names files that the owner of the state may not read.
  var rights: AdministratorRights?
  /// What is thrown for a path and the system's error number.
  let failure: (_ path: String, _ error: Int32) -> Problem

  /// Copies a regular file to one that is not there yet, for its owner only.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  func copy(_ path: String, to target: String) throws -> Bool {
    let source = try rights.use { unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    if source < 0, errno == ENOENT { return false }
    guard source >= 0 else { throw failure(path, errno) }
    defer { close(source) }
    var status = stat()
    guard unsafe fstat(source, &status) == 0 else { throw failure(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { return false }
    let copy = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw failure(target, errno) }
    defer { close(copy) }
    while case let count = sendfile(copy, source, nil, 1 << 30), count != 0 {
      guard count > 0 || errno == EINTR else { throw failure(target, errno) }
    }
    return true
  }

  /// Copies a directory's regular files into a new directory. A file that goes meanwhile is left out.
  func copyFiles(of directory: String, to target: String) throws {
    guard unsafe mkdir(target, 0o700) == 0 else { throw failure(target, errno) }
    var status = stat()
    guard try rights.use({ unsafe stat(directory, &status) }) == 0 else { return }
    for name in try names(in: directory) { try copy("\(directory)/\(name)", to: "\(target)/\(name)") }
  }

  private func names(in directory: String) throws -> [String] {
    do {
      return try rights.use { try FileManager.default.contentsOfDirectory(atPath: directory) }
    } catch let error as CocoaError {
      let code = (error.underlying as? POSIXError)?.code.rawValue ?? EIO
      throw failure(directory, code)
    }
  }
}

extension Instant {
  /// As names of files have it: in UTC, so that their order is that of time.
  var inNames: String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      .formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeSeparator(.omitted))
  }
}
