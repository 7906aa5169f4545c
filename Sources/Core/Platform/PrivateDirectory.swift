internal import Glibc

/// A directory of files that its owner alone may list and read.
public struct PrivateDirectory: Sendable {
  /// Where it is.
  public let path: String

  /// A directory that may not be there yet; `make` makes it.
  public init(_ path: String) { self.path = path }

  /// Makes the directory, unless something has its name already; the one above must be there.
  public func make() throws(SystemCallFailure) {
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
  }

  /// The path of a file in it.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The names of what is in it, without those that begin with a dot; none where it cannot be read.
  public func names() -> [String] {
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

  /// Takes a file away; one that is gone already is no trouble.
  ///
  /// - Returns: whether it is gone.
  @discardableResult
  public func remove(_ name: String) -> Bool { unsafe unlink(file(name)) == 0 || errno == ENOENT }

  /// How long a file is; nil where there is none.
  public func byteCount(of name: String) -> Int? {
    var status = stat()
    return unsafe lstat(file(name), &status) == 0 ? Int(status.st_size) : nil
  }

  /// Opens a file for reading; a link is none.
  public func open(_ name: String) throws(SystemCallFailure) -> FileDescriptor {
    guard let opened = FileDescriptor(unsafe Glibc.open(file(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) else {
      throw .last
    }
    return opened
  }

  /// Makes a file that its owner alone may read, open for reading and writing; none may have its name yet.
  public func create(_ name: String) throws(SystemCallFailure) -> FileDescriptor {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    guard let created = FileDescriptor(unsafe Glibc.open(file(name), flags, 0o600)) else { throw .last }
    return created
  }

  /// Gives a file a second name, the same in another directory of the file system.
  public func link(_ name: String, into other: PrivateDirectory) throws(SystemCallFailure) {
    guard unsafe Glibc.link(file(name), other.file(name)) == 0 else { throw .last }
  }

  /// Makes what has been linked or removed durable.
  public func sync() throws(SystemCallFailure) {
    guard let directory = FileDescriptor(unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      fsync(directory.number) == 0
    else { throw .last }
  }
}
