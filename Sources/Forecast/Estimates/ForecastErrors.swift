/// What people really waited, against what was forecast for them: from that follows what to tell the next ones.
///
/// Around each forecast the nearest of the last weeks' are looked at; the middle of what came of them is the expected
/// wait, and the range is the one that held for as many as configured, as many outside it on either side
/// (a split conformal prediction, local in the forecast). Those who may overtake and those who may not are looked at apart.
public struct ForecastErrors: Sendable, Equatable {
  /// A person who was told a wait and has been called since.
  public struct Sample: Sendable, Equatable {
    /// The forecast in minutes, as played through when the number was taken.
    let forecast: Double
    /// The wait in minutes.
    let waited: Double
    /// Whether the person was ahead of others that came before.
    let hasHeadStart: Bool

    /// A person who was told that and waited so long.
    public init(forecast: Double, waited: Double, hasHeadStart: Bool) {
      self.forecast = forecast
      self.waited = waited
      self.hasHeadStart = hasHeadStart
    }
  }

  /// What a forecast means, in minutes.
  public struct Outlook: Sendable, Equatable {
    let lower: Double
    let expected: Double
    let upper: Double
  }

  /// Where the outlook is worked out; between them it is interpolated.
  private static let supports: [Double] = [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 150, 180, 240]
  /// How many neighbours there are at most: as many as give a quantile its second digit, and few enough to stay near.
  private static let neighbourCountMax = 600
  /// How many neighbours there must be: with fewer nothing is learned.
  private static let neighbourCountMin = 40

  private let plain: [Outlook]
  private let ahead: [Outlook]

  /// What follows from these people.
  ///
  /// - Parameter coveragePercent: of a hundred people, for how many the range should hold.
  public init(_ samples: [Sample], coveragePercent: Int) {
    plain = Self.outlooks(samples.filter { !$0.hasHeadStart }, coveragePercent)
    ahead = Self.outlooks(samples.filter(\.hasHeadStart), coveragePercent)
  }

  /// What to expect where that was forecast, in minutes, for a person who may overtake others or may not.
  public func outlook(forecast: Double, hasHeadStart: Bool) -> Outlook {
    let known = hasHeadStart ? ahead : plain
    let forecast = max(0, forecast)
    guard let above = Self.supports.firstIndex(where: { $0 >= forecast }) else {
      return known[known.count - 1].scaled(by: forecast / Self.supports[Self.supports.count - 1])
    }
    guard above > 0 else { return known[0] }
    let (left, right) = (Self.supports[above - 1], Self.supports[above])
    return known[above - 1].blended(with: known[above], share: (forecast - left) / (right - left))
  }

  private static func outlooks(_ samples: [Sample], _ coveragePercent: Int) -> [Outlook] {
    let sorted = samples.sorted { $0.forecast < $1.forecast }
    let tail = Double(100 - coveragePercent) / 200
    return supports.map { support in
      let near = neighbours(of: support, in: sorted)
      guard near.count >= neighbourCountMin else { return .unlearned(support) }
      let errors = near.map { $0.waited - $0.forecast }.sorted()
      let at = { (share: Double) in max(0, support + quantile(share, of: errors)) }
      return Outlook(lower: at(tail), expected: at(0.5), upper: at(1 - tail))
    }
  }

  /// The samples whose forecast was about the same: the nearest on both sides, and none further off than half of it.
  private static func neighbours(of support: Double, in sorted: [Sample]) -> ArraySlice<Sample> {
    let reach = max(2, support / 2)
    var low = sorted.partitioningIndex { $0.forecast >= support - reach }
    var high = sorted.partitioningIndex { $0.forecast > support + reach }
    while high - low > neighbourCountMax {
      if support - sorted[low].forecast > sorted[high - 1].forecast - support { low += 1 } else { high -= 1 }
    }
    return sorted[low..<high]
  }

  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    sorted[min(sorted.count - 1, max(0, Int((Double(sorted.count) * share).rounded(.down))))]
  }
}

extension ForecastErrors.Outlook {
  /// While nothing has been learned: a third to either side.
  static func unlearned(_ forecast: Double) -> Self {
    Self(lower: forecast * 2 / 3, expected: forecast, upper: forecast * 4 / 3)
  }

  func scaled(by factor: Double) -> Self {
    Self(lower: lower * factor, expected: expected * factor, upper: upper * factor)
  }

  func blended(with other: Self, share: Double) -> Self {
    let mix = { (one: Double, two: Double) in one + (two - one) * share }
    return Self(
      lower: mix(lower, other.lower), expected: mix(expected, other.expected), upper: mix(upper, other.upper))
  }
}

extension Array {
  /// The first index from which on `belongs` holds; the array is ordered by it.
  fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
