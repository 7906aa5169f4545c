import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Tells the time; handed in, so that tests and the office day decide what time it is.
public protocol WallClock: Sendable {
  /// The present moment.
  var now: Instant { get }
}

/// The machine's clock.
public struct SystemClock: WallClock {
  public init() {}

  public var now: Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}

/// A clock that stands still until it is moved; for tests and simulations.
public final class ManualClock: WallClock {
  private let instant: Mutex<Instant>

  public init(_ start: Instant) { instant = Mutex(start) }

  public var now: Instant { instant.withLock { $0 } }

  /// Moves the clock; a negative duration moves it back.
  public func advance(by duration: Duration) {
    instant.withLock { $0 = $0 + duration }
  }

  /// Sets the clock.
  public func set(_ now: Instant) {
    instant.withLock { $0 = now }
  }
}
