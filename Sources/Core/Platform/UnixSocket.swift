#if canImport(Glibc)
  import Glibc
#endif

/// Why a socket on this machine cannot be used, in English for the sysadmin.
public enum UnixSocketError: Error, Equatable, CustomStringConvertible {
  /// The path has more bytes than an address of a socket holds (unix(7)).
  case pathTooLong(String, byteCountMax: Int)
  /// Another process answers at the path.
  case inUse(String)
  /// The kernel refused a call, with that error number.
  case failed(call: String, path: String, code: Int32)

  /// What failed, where, and what to do about it.
  public var description: String {
    switch self {
    case .pathTooLong(let path, let limit):
      "the path of the socket is longer than \(limit) bytes: \(path); choose a shorter one"
    case .inUse(let path):
      "another process listens at \(path): stop it, or choose another path for the socket"
    case .failed(let call, let path, let code):
      unsafe "\(call) failed for the socket \(path): \(String(cString: strerror(code)))"
    }
  }
}

/// The system calls for Unix stream sockets: kiosk terminals and administrators' commands reach the daemon by them.
public enum UnixSocket {
  /// Connections that wait to be accepted; more at once than terminals come back after a restart.
  private static let backlogCount: Int32 = 128

  /// A socket that listens at the path. What a dead process left at the path is removed.
  ///
  /// - Parameter mode: who may connect; the owner and the group unless it is given.
  public static func listen(at path: String, mode: UInt32 = 0o660) throws(UnixSocketError) -> Int32 {
    if let probe = try? connect(to: path) {
      close(probe)
      throw .inUse(path)
    }
    removeDeadSocket(at: path)
    let descriptor = try make(path)
    do throws(UnixSocketError) {
      unsafe try withAddress(path, "bind") { unsafe bind(descriptor, $0, $1) }
      try check(unsafe chmod(path, mode), "chmod", path)
      try check(Glibc.listen(descriptor, backlogCount), "listen", path)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// A socket that is connected to the process that listens at the path.
  public static func connect(to path: String) throws(UnixSocketError) -> Int32 {
    let descriptor = try make(path)
    do throws(UnixSocketError) {
      unsafe try withAddress(path, "connect") { unsafe Glibc.connect(descriptor, $0, $1) }
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  /// The next one who wants to connect; nil when it has gone again.
  public static func accept(from listening: Int32) -> Int32? {
    let descriptor = Glibc.accept(listening, nil, nil)
    guard descriptor >= 0 else { return nil }
    setNonBlocking(descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  /// Says that nothing more will be sent; what the other side still sends can be read.
  public static func endSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// Closes a descriptor; it must not be used afterwards.
  public static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  /// Lets reads and writes return at once where they would wait.
  public static func setNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  private static func make(_ path: String) throws(UnixSocketError) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    try check(descriptor, "socket", path)
    return descriptor
  }

  /// Removes a socket, and nothing that is anything else.
  private static func removeDeadSocket(at path: String) {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return }
    unsafe unlink(path)
  }

  private static func withAddress(
    _ path: String, _ call: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws(UnixSocketError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let limit = MemoryLayout.size(ofValue: address.sun_path) - 1
    guard !bytes.isEmpty, bytes.count <= limit else { throw .pathTooLong(path, byteCountMax: limit) }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try check(result, call, path)
  }

  private static func check(_ result: Int32, _ call: String, _ path: String) throws(UnixSocketError) {
    guard result < 0 else { return }
    throw .failed(call: call, path: path, code: errno)
  }
}
