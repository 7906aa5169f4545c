import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Tells the time; handed in, so that tests and the office day decide what time it is.
public protocol WallClock: Sendable {
  /// The present moment, as well as it is known.
  var now: Instant { get }
  /// Why `now` is only a guess; nil while the machine's date is believed. Whatever destroys, expires or settles something
  /// for good asks first: a machine that wakes up in 2037 must not erase all people whose time was over by then.
  var doubt: ClockDoubt? { get }
}

extension WallClock {
  /// Nil: a clock that knows of no doubt is believed.
  public var doubt: ClockDoubt? { nil }

  /// - Throws: `Problem` `clock.doubtful` while the date is not believed.
  public func requireBelieved() throws(Problem) {
    guard doubt == nil else { throw Problem(.unavailable, "clock.doubtful") }
  }
}

/// The machine's clock.
public struct SystemClock: WallClock {
  /// The kernel's clock; all of them are alike.
  public init() {}

  /// The date and time that the machine is set to.
  public var now: Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}

/// A clock that stands still until it is moved; for tests and simulations.
public final class ManualClock: WallClock {
  private let instant: Mutex<Instant>
  private let doubted = Mutex<ClockDoubt?>(nil)

  /// A clock that stands at `start` and is believed.
  public init(_ start: Instant) { instant = Mutex(start) }

  /// What tests have put in doubt.
  public var doubt: ClockDoubt? { doubted.withLock { $0 } }

  /// The moment at which the clock stands.
  public var now: Instant { instant.withLock { $0 } }

  /// Moves the clock; a negative duration moves it back.
  public func advance(by duration: Duration) {
    instant.withLock { $0 = $0 + duration }
  }

  /// Puts its date in doubt, or ends that.
  public func doubt(_ doubt: ClockDoubt?) { doubted.withLock { $0 = doubt } }

  /// Sets the clock.
  public func set(_ now: Instant) {
    instant.withLock { $0 = now }
  }
}
