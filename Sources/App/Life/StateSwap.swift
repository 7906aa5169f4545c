import Core
import FoundationEssentials
import Glibc
import Store
import Vault

/// Puts checked data in the place of what a state directory has, so that a kill at any point leaves the one or the other
/// and never some of each.
///
/// The new data is made ready in `restore.scratch`. Naming that `restore.ready` decides: before, the next start throws it
/// away, and afterwards the next start brings the swap to its end before anything is opened. Each step is a rename within
/// the directory, and is left out when it has been done.
struct StateSwap {
  private static let readyName = "restore.ready"
  /// What is swapped, and with a database what SQLite keeps beside it: another's log would be replayed into it.
  private static let items =
    ["documents"] + ["keyring.db", "gapura.db"].flatMap { [$0, $0 + Store.witnessSuffix] }
  static let logSuffixes = ["-wal", "-shm", "-journal"]
  /// What goes with a database: another's witness would miss the commits that came after the copy.
  private static let besideSuffixes = logSuffixes + [Store.witnessSuffix]

  let state: String
  /// Names a file anew; a test fails it at each step.
  var rename: (_ from: String, _ to: String) throws -> Void = Self.renameDurably

  /// Where the new data is made ready: in the state's own file system, so that renames suffice.
  var scratch: String { "\(state)/restore.scratch" }
  private var ready: String { "\(state)/\(Self.readyName)" }

  /// Whether a swap was decided and is not at its end.
  var isPending: Bool { exists(ready) }

  /// Throws away what was not decided.
  func discardUnfinished() { try? FileManager.default.removeItem(atPath: scratch) }

  /// Decides for what is in the scratch directory, and swaps. An item that is not there stays as it is in the state.
  ///
  /// - Parameter name: of the directory in which what was there is kept.
  /// - Returns: whether anything was there.
  /// - Throws: `Problem` `restore.other-disk`, `restore.not-written`; the next start goes on, when it was decided.
  @discardableResult
  func commit(keptAs name: String) throws -> Bool {
    try checkRenames()
    for file in try list(scratch) where !Self.items.contains(file) {
      try FileManager.default.removeItem(atPath: "\(scratch)/\(file)")
    }
    guard unsafe mkdir("\(scratch)/\(name)", 0o700) == 0 else { throw Self.notWritten("\(scratch)/\(name)") }
    // Everything is on the disk before it can be decided for.
    sync()
    try rename(scratch, ready)
    try complete()
    return exists("\(state)/\(name)")
  }

  /// Brings a swap that was decided to its end.
  ///
  /// - Throws: `Problem` `restore.not-written`.
  func complete() throws {
    if let kept = try list(ready).first(where: { $0.hasPrefix(ReplacedRing.directoryPrefix) }) {
      for item in Self.items where exists("\(ready)/\(item)") {
        for file in Self.besideSuffixes.map({ item + $0 }) + [item] where exists("\(state)/\(file)") {
          try rename("\(state)/\(file)", "\(ready)/\(kept)/\(file)")
        }
        try rename("\(ready)/\(item)", "\(state)/\(item)")
      }
      if try list("\(ready)/\(kept)").isEmpty {
        _ = unsafe rmdir("\(ready)/\(kept)")
      } else {
        try rename("\(ready)/\(kept)", "\(state)/\(kept)")
      }
    }
    guard unsafe rmdir(ready) == 0 else { throw Self.notWritten(ready) }
  }

  /// Nothing is decided that could not be renamed: what lies on another disk cannot, nor a directory that is another
  /// account's, since its entry for the one above it changes.
  private func checkRenames() throws {
    var (directory, file) = (stat(), stat())
    guard unsafe stat(state, &directory) == 0 else { throw Self.notWritten(state) }
    for path in Self.items.map({ "\(state)/\($0)" }) where unsafe lstat(path, &file) == 0 {
      guard file.st_dev == directory.st_dev else {
        throw Problem(.unavailable, "restore.other-disk", ["path": path])
      }
      guard file.st_mode & S_IFMT == S_IFDIR else { continue }
      guard unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 else { throw Self.notWritten(path) }
    }
  }

  private func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private func list(_ directory: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw Self.notWritten(directory)
    }
  }

  /// Both directories are on the disk before the next step, so that steps outlive a power cut in their order.
  private static func renameDurably(_ old: String, _ new: String) throws {
    guard unsafe Glibc.rename(old, new) == 0 else { throw notWritten(new) }
    for path in Set([old, new].map { $0[..<($0.lastIndex(of: "/") ?? $0.startIndex)] }) {
      let directory = unsafe open(String(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard directory >= 0 else { throw notWritten(String(path)) }
      defer { close(directory) }
      guard fsync(directory) == 0 else { throw notWritten(String(path)) }
    }
  }

  private static func notWritten(_ path: String) -> Problem { .restoreNotWritten(path, errno) }
}
