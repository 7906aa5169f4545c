#if canImport(Glibc)
  internal import Glibc
#endif

/// How many files and connections the kernel lets this process have open.
enum Descriptors {
  /// What the store, the kiosk terminals, uploads and the displays' speech need beside the web's connections.
  static let reserveCount = 256
  /// Fewer connections than these serve nobody.
  private static let connectionCountMin = 64

  /// The limit of this process (getrlimit(2)).
  static var countMax: Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// Whether another one can be had now (open(2): EMFILE, ENFILE).
  static var areLeft: Bool {
    let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      close(descriptor)
      return true
    }
    return errno != EMFILE && errno != ENFILE
  }

  /// So many of the wanted connections as there are descriptors for, in the same proportion for each listener.
  static func fitted(_ wanted: [Int], into countMax: Int = Descriptors.countMax) -> [Int] {
    let available = max(connectionCountMin, countMax - reserveCount)
    let sum = wanted.reduce(0, +)
    guard sum > available else { return wanted }
    return wanted.map { max(connectionCountMin, $0 * available / sum) }
  }
}
