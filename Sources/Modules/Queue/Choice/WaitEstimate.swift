import Core

/// How long a person will wait, from what was measured today.
///
/// people ahead × median service time ÷ counters at work, and a third to either side; rounded
/// outwards to five minutes, because a narrower promise would not be kept.
enum WaitEstimate {
  /// What a visit takes while nothing has been measured yet.
  static let assumedServiceMinutes = 10.0

  /// - Parameters:
  ///   - serviceMinutes: durations of today's last finished visits of the service, in minutes.
  ///   - counters: counters that work now; at least one is assumed.
  static func minutes(peopleAhead: Int, serviceMinutes: [Double], counters: Int) -> ClosedRange<Int> {
    let each = median(serviceMinutes) ?? assumedServiceMinutes
    let expected = Double(peopleAhead) * each / Double(max(1, counters))
    let lower = Int(expected * 2 / 3 / 5) * 5
    let upper = max(5, Int((expected * 4 / 3 / 5).rounded(.up)) * 5)
    return min(lower, upper)...upper
  }

  static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
