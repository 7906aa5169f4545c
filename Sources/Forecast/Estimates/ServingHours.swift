public import Contracts
import Core

/// The stretches of a day in which people are served, to turn minutes of work into minutes on the clock: no one is
/// called before the office opens, nor in its midday break.
public struct ServingHours: Sendable, Equatable {
  /// The hours in minutes from now; the first one that is not over may have begun.
  private let spans: [ClosedRange<Double>]

  /// The stretches that are left of a day.
  ///
  /// - Parameters:
  ///   - now: the time of day, in minutes.
  ///   - isServing: whether people are being served now, also outside the opening hours.
  public init(_ openings: [OpeningSpan], now: Double, isServing: Bool) {
    var spans = openings.map { Double($0.from.minuteOfDay) - now...Double($0.to.minuteOfDay) - now }
      .filter { $0.upperBound > 0 }.sorted { $0.lowerBound < $1.lowerBound }
    if isServing, let first = spans.first, first.lowerBound > 0 {
      spans.insert(0...first.lowerBound, at: 0)
    }
    self.spans = spans
  }

  /// Whether the office serves no one just now.
  public var isBreak: Bool { spans.first.map { $0.lowerBound > 0 } ?? false }

  /// Minutes on the clock until so many minutes of work are over. What does not fit into the day follows at its end.
  public func clockMinutes(_ work: Double) -> Double {
    var left = work
    var end = 0.0
    for span in spans {
      let begin = max(0, span.lowerBound)
      // A person who is not called before a break is called after it.
      if left < span.upperBound - begin { return begin + left }
      left -= span.upperBound - begin
      end = span.upperBound
    }
    return spans.isEmpty ? work : end + left
  }
}
