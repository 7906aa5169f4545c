/// How long a visit keeps a counter, from the call to the end of the step: the mean of the last weeks by service and
/// step, with everything that happens at a counter in it – the way there, those who do not come, calls repeated.
public struct VisitTimes: Sendable, Equatable {
  /// What was counted of one step of a service.
  public struct Count: Sendable, Equatable {
    /// How many were called.
    public let calls: Int
    /// For how long they kept counters, all together.
    public let minutes: Double

    /// So many calls with so many minutes.
    public init(calls: Int, minutes: Double) {
      self.calls = calls
      self.minutes = minutes
    }
  }

  /// Few visits say little: so many at the mean of all are added to those that were seen.
  static let priorCallCount = 5.0

  private let means: [WaitingLine: Double]
  /// The mean for what has never been served here.
  let overall: Double
  let callCount: Int

  /// The means of what was counted.
  ///
  /// - Parameter assumedMinutes: what a visit takes while nothing has been seen.
  public init(_ counts: [WaitingLine: Count], assumedMinutes: Double) {
    let calls = counts.values.reduce(0) { $0 + $1.calls }
    let minutes = counts.values.reduce(0) { $0 + $1.minutes }
    let prior = Self.priorCallCount
    let overall = (minutes + prior * assumedMinutes) / (Double(calls) + prior)
    callCount = calls
    self.overall = overall
    means = counts.mapValues { ($0.minutes + prior * overall) / (Double($0.calls) + prior) }
  }

  /// How long a visit takes: at least some seconds, so that time goes on.
  func minutes(_ line: WaitingLine) -> Double { max(0.05, means[line] ?? overall) }

  /// How long a person will still be there who has been there for `elapsed` minutes. One who has been there longer
  /// than the mean stays for another third of it: long visits are long because something is the matter.
  public func minutesLeft(_ line: WaitingLine, elapsed: Double) -> Double {
    let mean = minutes(line)
    return max(mean - max(0, elapsed), mean / 3)
  }
}
