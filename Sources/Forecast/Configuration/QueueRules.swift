public import Contracts
public import Core

/// How this office runs its queue, read from `queue.json5`.
public struct QueueRules: Sendable, Equatable {
  /// One step of a visit.
  public struct Step: Sendable, Equatable {
    /// The code by which counters name it: small letters, digits and hyphens.
    public let code: String
    /// What people read.
    public let name: LocalizedText

    /// A step of that code and name.
    public init(code: String, name: LocalizedText) {
      self.code = code
      self.name = name
    }
  }

  /// What holds where the file says nothing.
  public static let shipped = QueueRules()

  /// How waiting times are estimated.
  public struct Estimate: Sendable, Equatable {
    /// Days of history that are learned from.
    public var days = 28
    /// For how many of a hundred people the range should hold.
    public var coveragePercent = 80
    /// Minutes to which the ends of the range are rounded.
    public var roundToMinutes = 5
    /// What a visit takes while there is no history, in minutes.
    public var assumedMinutes = 10
    /// How long an officer usually pauses, in minutes.
    public var pauseMinutes = 15

    /// What holds where the file says nothing.
    public init() {}
  }

  /// When numbers are given to people without an appointment.
  public struct Admission: Sendable, Equatable {
    /// Minutes before opening from which those who stand at the door get numbers.
    public var earlyMinutes: Int
    /// Minutes before closing from which no more numbers are given.
    public var lastMinutes: Int
    /// Whether numbers also end when those who wait already fill the time until closing.
    public var isByForecast: Bool

    /// What holds where the file says nothing, but for what is given.
    public init(earlyMinutes: Int = 30, lastMinutes: Int = 15, isByForecast: Bool = true) {
      self.earlyMinutes = earlyMinutes
      self.lastMinutes = lastMinutes
      self.isByForecast = isByForecast
    }
  }

  /// Who is called next.
  public var next = NextRule.shipped
  /// When numbers are given.
  public var admission = Admission()
  /// How waits are estimated.
  public var estimate = Estimate()
  /// Calls after which a person counts as not come.
  public var callsBeforeNoShow = 1
  /// Minutes within which a person who did not come may take their position again.
  public var comeBackMinutes = 30
  /// The longest hold, in minutes; then the ticket waits again.
  public var holdMinutesMax = 30
  /// Minutes after closing until the day is over: numbers that are still open end then.
  public var closeGraceMinutes = 120
  /// How much of a day's numbers, or of its appointments, may end by itself with the day, in per cent; more waits for a
  /// supervisor (`DayLeftover`).
  public var closeSharePercent = 50
  /// How many of a day's numbers, and of its appointments, may always end by themselves: of a handful, half says nothing.
  public var closeAlways = 20
  /// Seconds within which the last action at a counter can be taken back.
  public var undoSeconds = 30
  /// How much of the time since the arrival counts for the position in the next step's line, in per cent:
  /// 100 is the position of the arrival, 0 the end of the line.
  public var arrivalWeightPercent = 100
  /// Minutes before the appointed time from which an appointment waits.
  public var appointmentLeadMinutes = 10
  /// The steps of the services that have more than one.
  public var steps: [ServiceCode: [Step]] = [:]
  /// The steps that a counter serves; a counter that is not named serves all.
  public var counterSteps: [Int: Set<String>] = [:]

  /// What holds where the file says nothing.
  public init() {}

  /// How many steps a visit for `service` has; at least one.
  @inlinable public func stepCount(of service: ServiceCode) -> Int { max(1, steps[service]?.count ?? 1) }

  /// The step's name and code; nil for a service with a single step.
  @inlinable public func step(_ index: Int, of service: ServiceCode) -> Step? {
    guard let all = steps[service], all.indices.contains(index) else { return nil }
    return all[index]
  }

  /// When a person who arrived then and finished a step now counts as waiting from in the next step's line.
  public func nextStepWaitsFrom(arrivedAt arrival: Instant, now: Instant) -> Instant {
    let since = max(0, now.milliseconds - arrival.milliseconds)
    return Instant(milliseconds: now.milliseconds - since * Int64(arrivalWeightPercent) / 100)
  }
}
