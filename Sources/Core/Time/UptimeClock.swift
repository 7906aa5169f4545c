#if canImport(Glibc)
  import Glibc
#endif

/// Time since the machine started, also while it slept (CLOCK_BOOTTIME); setting the wall clock does not move it, so no
/// visitor is forgotten because the time was corrected.
public struct UptimeClock: WallClock {
  /// The kernel's clock; all of them are alike.
  public init() {}

  /// The time since the machine started, as if that had been 1 January 1970; only differences mean something.
  public var now: Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_BOOTTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
