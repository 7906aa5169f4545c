#if canImport(Glibc)
  internal import Glibc
#endif

/// How many files and connections the kernel lets this process have open.
enum Descriptors {
  /// What the store, the kiosk terminals, uploads and the displays' speech need beside the web's connections.
  static let reserveCount = 256
  /// So many are never given to connections, however low the limit is: libdispatch ends the process when it can't open a
  /// file of /proc to look after its threads (`_dispatch_workq_monitor_pools`).
  private static let spareCount = 16
  /// With fewer connections than these a listener is of no use.
  private static let connectionCountMin = 64

  /// The limit of this process (getrlimit(2)).
  static var countMax: Int {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// Whether there is one for another connection (open(2): EMFILE, ENFILE).
  static var areLeft: Bool {
    let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      close(descriptor)
      return !isOfSpare(descriptor)
    }
    return errno != EMFILE && errno != ENFILE
  }

  /// Whether all below the spare ones are in use: the kernel gives the lowest that is free.
  static func isOfSpare(_ descriptor: Int32) -> Bool { Int(descriptor) >= countMax - spareCount }

  /// So many of the wanted connections as there are descriptors for, in the same proportion for each listener.
  static func fitted(_ wanted: [Int], into countMax: Int = Descriptors.countMax) -> [Int] {
    let available = max(connectionCountMin, countMax - reserveCount)
    let sum = wanted.reduce(0, +)
    guard sum > available else { return wanted }
    return wanted.map { max(connectionCountMin, $0 * available / sum) }
  }
}
