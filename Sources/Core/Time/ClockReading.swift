/// What two clocks said at the same moment: the one that people set, and the one that they cannot.
///
/// Two readings of one start of the machine say how far the date was moved between them; readings of different starts
/// say only that time went by.
public struct ClockReading: Sendable, Equatable {
  /// The date and time of day.
  public let wall: Instant
  /// Time since the machine started.
  public let uptime: Instant
  /// Which start of the machine it was; nil where that is not known.
  public let boot: String?

  /// A reading of two clocks, taken as close together as can be.
  public init(wall: Instant, uptime: Instant, boot: String?) {
    self.wall = wall
    self.uptime = uptime
    self.boot = boot
  }

  /// Whether both were taken since the same start of the machine.
  public func isOfSameBoot(as other: ClockReading) -> Bool { boot != nil && boot == other.boot }

  /// What the wall clock must have said when the uptime was `later`, had it not been moved.
  public func wall(at later: Instant) -> Instant { wall + (later - uptime) }
}

/// Why the machine's date is not believed.
public enum ClockDoubt: Sendable, Equatable {
  /// It is earlier by so much than a time that has been.
  case behind(Duration)
  /// It is later by so much than anything that explains it.
  case ahead(Duration)

  /// How far it is off, whichever way; for words.
  public var span: Duration {
    switch self {
    case .behind(let span), .ahead(let span): span
    }
  }
}

extension ClockDoubt {
  /// One sentence for a sysadmin, with the mend.
  public var report: String {
    let way =
      switch self {
      case .behind: "behind"
      case .ahead: "ahead of"
      }
    return "the machine's date is \(Self.say(span)) \(way) what has been seen; set it right, or confirm it: "
      + "gapura clock trust"
  }

  private static func say(_ span: Duration) -> String {
    let minutes = span.milliseconds / 60_000
    if minutes < 120 { return "\(minutes) minutes" }
    return minutes < 72 * 60 ? "\(minutes / 60) hours" : "\(minutes / 1440) days"
  }
}

/// From where on a date is doubted.
public struct ClockRule: Sendable, Equatable {
  /// Clocks that are corrected go back by seconds.
  public var behindMax: Duration
  /// The longest that a machine is switched off without a thought for its clock: a weekend and a holiday.
  public var aheadMax: Duration
  /// While the machine runs, nothing but a correction moves the date.
  public var aheadRunningMax: Duration

  /// The limits of an office; tests and simulations choose their own.
  public init(
    behindMax: Duration = .minutes(5), aheadMax: Duration = .hours(72), aheadRunningMax: Duration = .hours(1)
  ) {
    self.behindMax = behindMax
    self.aheadMax = aheadMax
    self.aheadRunningMax = aheadRunningMax
  }

  /// Why `now` is not believed after `seen`; nil when it is.
  public func doubt(of now: ClockReading, after seen: ClockReading) -> ClockDoubt? {
    let isSameBoot = now.isOfSameBoot(as: seen)
    let ahead = now.wall - (isSameBoot ? seen.wall(at: now.uptime) : seen.wall)
    if ahead < .zero - behindMax { return .behind(.zero - ahead) }
    return ahead > (isSameBoot ? aheadRunningMax : aheadMax) ? .ahead(ahead) : nil
  }
}
