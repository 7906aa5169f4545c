import Synchronization

/// The machine's clock, compared with the latest time that is known to have been and with the time since the machine
/// started.
///
/// While the date is believed, `now` is the machine's. In doubt the hall goes on by the best guess there is: from the
/// last date that was believed, by the time since then, where that is known; and `doubt` says why, so that nothing
/// irreversible is done. A date that is put right is believed again by itself.
public final class TrustedClock: WallClock {
  private struct State {
    /// The latest reading that was believed, of whichever start of the machine; nil as long as nothing is known, and
    /// then every date is believed.
    var seen: ClockReading?
    /// What `seen` is compared with while the start of the machine was another one: when this program began.
    var began: ClockReading?
  }

  private let wall: any WallClock
  private let uptime: any WallClock
  private let boot: String?
  private let rule: ClockRule
  private let isSynchronized: @Sendable () -> Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - uptime: since the machine started.
  ///   - boot: which start of the machine this is; nil where that is not known.
  ///   - isSynchronized: whether the operating system has the time from other clocks. May take a second; asked only in
  ///     doubt, by `review`.
  public init(
    wall: any WallClock = SystemClock(), uptime: any WallClock = UptimeClock(), boot: String?,
    rule: ClockRule = ClockRule(), isSynchronized: @escaping @Sendable () -> Bool = { false }
  ) {
    self.wall = wall
    self.uptime = uptime
    self.boot = boot
    self.rule = rule
    self.isSynchronized = isSynchronized
  }

  /// The machine's time while it is believed, the best guess while it is in doubt.
  public var now: Instant {
    let reading = read()
    return state.withLock { state in
      guard let seen = state.seen, let doubt = rule.doubt(of: reading, after: seen) else { return reading.wall }
      return guess(reading, seen, state.began, doubt)
    }
  }

  /// Why the machine's date is not believed now; nil while it is.
  public var doubt: ClockDoubt? {
    let reading = read()
    return state.withLock { state in state.seen.flatMap { rule.doubt(of: reading, after: $0) } }
  }

  /// Takes up what an earlier run has seen.
  public func begin(after seen: ClockReading?) {
    let reading = read()
    state.withLock { state in
      state.seen = seen
      state.began = reading
    }
    review()
  }

  /// Believes the date when nothing speaks against it, or other clocks speak for it. To be called every now and then, so
  /// that a clock that is corrected in small steps is followed.
  ///
  /// - Returns: the latest reading that was believed, to be kept; nil while nothing was.
  @discardableResult
  public func review() -> ClockReading? {
    if doubt == nil || isSynchronized() { believe() }
    return state.withLock(\.seen)
  }

  /// Believes the date as it is, because a sysadmin has looked.
  ///
  /// - Returns: what is believed, to be kept.
  @discardableResult
  public func believe() -> ClockReading {
    let reading = read()
    state.withLock { $0.seen = reading }
    return reading
  }

  private func read() -> ClockReading { ClockReading(wall: wall.now, uptime: uptime.now, boot: boot) }

  private func guess(
    _ reading: ClockReading, _ seen: ClockReading, _ began: ClockReading?, _ doubt: ClockDoubt
  ) -> Instant {
    if reading.isOfSameBoot(as: seen) { return seen.wall(at: reading.uptime) }
    // Of the time without power only that it was some: what has been goes on from where it was.
    if case .behind = doubt { return seen.wall + (reading.uptime - (began?.uptime ?? reading.uptime)) }
    return reading.wall
  }
}
