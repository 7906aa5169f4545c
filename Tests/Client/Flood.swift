#if canImport(Glibc)
  internal import Glibc
#endif

/// Thousands of connections from one address of this machine, held open.
///
/// Use it from one thread at a time.
public final class Flood {
  private var descriptors: [Int32] = []

  /// So many files and connections may this process have open from now on, as far as the kernel lets it.
  ///
  /// - Returns: how many it may.
  @discardableResult
  public static func makeRoom(for descriptorCount: Int) -> Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, rlim_t(descriptorCount)))
    unsafe _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_cur)
  }

  public init() {}

  deinit { end() }

  /// How many connections came about.
  public var count: Int { descriptors.count }

  /// Opens connections and sends each of them some words; what the server makes of them is not waited for.
  ///
  /// - Parameters:
  ///   - source: the address of this machine from which they come.
  ///   - words: nothing for connections that say nothing.
  public func open(_ count: Int, to port: UInt16, from source: String = "127.0.0.1", saying words: String = "") {
    let bytes = Array(words.utf8)
    for _ in 0..<count {
      guard let descriptor = Self.connected(to: port, from: source) else { continue }
      if !bytes.isEmpty { unsafe _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
      descriptors.append(descriptor)
    }
  }

  /// What the connections that were opened last got, as far as it has come: the first bytes of each.
  public func beginnings(of countMax: Int) -> [String] {
    descriptors.suffix(countMax).map { descriptor in
      var bytes = [UInt8](repeating: 0, count: 256)
      let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT | MSG_PEEK))
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }

  /// Closes them all.
  public func end() {
    for descriptor in descriptors { close(descriptor) }
    descriptors = []
  }

  private static func connected(to port: UInt16, from source: String) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    // A server that accepts nobody new holds a connection attempt up for long.
    var patience = timeval(tv_sec: 2, tv_usec: 0)
    unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var isSharedPort: Int32 = 1
    // IP_BIND_ADDRESS_NO_PORT: the port is chosen at connect(2), so that thousands may have the same one for other ends.
    unsafe setsockopt(descriptor, Int32(IPPROTO_IP), 24, &isSharedPort, socklen_t(MemoryLayout<Int32>.size))
    guard let near = address(source, 0), let far = address("127.0.0.1", port), unsafe call(bind, descriptor, near),
      unsafe call(connect, descriptor, far)
    else {
      close(descriptor)
      return nil
    }
    return descriptor
  }

  private static func address(_ host: String, _ port: UInt16) -> sockaddr_in? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    return unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 ? address : nil
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32, _ address: sockaddr_in
  ) -> Bool {
    unsafe withUnsafePointer(to: address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe function(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
