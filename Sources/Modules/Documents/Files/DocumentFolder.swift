import Core
import Crypto
import Glibc

/// The directory of sealed documents.
///
/// A document is written under `arriving/`, and once it is whole and on disk it gets a second name in the directory
/// itself; the first name goes when the document's row is durable. So what a kill leaves behind stands in `arriving/`
/// and nowhere else, and finding it takes no longer than there were uploads under way.
struct DocumentFolder: Sendable {
  let path: String

  private var arriving: String { "\(path)/arriving" }

  /// Makes the directories, closed to others.
  func prepare() throws(Problem) {
    for directory in [path, arriving] {
      guard unsafe mkdir(directory, 0o700) == 0 || errno == EEXIST else {
        throw Problem(.unavailable, "document.folder", ["path": directory, "reason": Self.lastError()])
      }
    }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }
  func arrivingFile(_ name: String) -> String { "\(arriving)/\(name)" }

  /// The names under which something arrives, or was arriving when a process was killed.
  func arrivingNames() -> [String] { Self.names(in: arriving) }

  /// The names of the documents' files.
  func fileNames() -> [String] { Self.names(in: path).filter { file($0) != arriving } }

  private static func names(in path: String) -> [String] {
    guard let directory = unsafe opendir(path) else { return [] }
    defer { unsafe _ = closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Takes a document's file away; one that is gone already is no trouble.
  ///
  /// - Returns: whether it is gone.
  @discardableResult
  func remove(_ name: String) -> Bool { unsafe unlink(file(name)) == 0 || errno == ENOENT }

  /// Takes away the name under which it arrived.
  func forgetArrival(of name: String) { unsafe _ = unlink(arrivingFile(name)) }

  /// How long a document's file is; nil where there is none.
  func byteCount(of name: String) -> Int? {
    var status = stat()
    return unsafe lstat(file(name), &status) == 0 ? Int(status.st_size) : nil
  }

  /// Opens a document's file for reading.
  func open(_ name: String) throws(DocumentFailure) -> FileDescriptor {
    guard let file = FileDescriptor(unsafe Glibc.open(file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) else {
      throw errno == ENOENT ? .missing : .unreadable(errno)
    }
    return file
  }

  /// Makes what has been linked or removed durable.
  func sync() throws(DocumentFailure) {
    guard let directory = FileDescriptor(unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      fsync(directory.number) == 0
    else { throw .unreadable(errno) }
  }

  static func lastError() -> String { unsafe String(cString: strerror(errno)) }
}
