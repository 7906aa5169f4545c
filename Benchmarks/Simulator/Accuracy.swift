import Core

/// How far what people were told was from what happened.
struct Accuracy: Sendable {
  struct Sample: Sendable {
    let waited: Double
    let expected: Double
    let range: ClosedRange<Int>
    /// People who wait × mean time ÷ counters, over the whole hall and over the own line.
    let naiveHall: Double
    let naiveLine: Double
    /// Whether neither the opening nor a break fell into the wait.
    let isPlain: Bool
  }

  let samples: [Sample]

  var count: Int { samples.count }
  var error: Double { median { abs($0.expected - $0.waited) } }
  var naiveHallError: Double { median { abs($0.naiveHall - $0.waited) } }
  var naiveLineError: Double { median { abs($0.naiveLine - $0.waited) } }
  /// The better of the two.
  var naiveError: Double { min(naiveHallError, naiveLineError) }
  /// 1 is as good as the better naive one; 0.67 is a third better.
  var ratio: Double { naiveError > 0 ? error / naiveError : 0 }
  /// Of a hundred, for how many the range held.
  var coverage: Double {
    guard !samples.isEmpty else { return 0 }
    let held = samples.count {
      Double($0.range.lowerBound) <= $0.waited && $0.waited <= Double($0.range.upperBound)
    }
    return Double(held) * 100 / Double(count)
  }
  var width: Double { median { Double($0.range.upperBound - $0.range.lowerBound) } }

  private func median(_ value: (Sample) -> Double) -> Double { Quantiles(samples.map(value)).at(0.5) }
}

/// Numbers in order.
struct Quantiles: Sendable {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var count: Int { sorted.count }
  var mean: Double { sorted.isEmpty ? 0 : sorted.reduce(0, +) / Double(sorted.count) }

  /// Nearest rank; 0 of none.
  func at(_ share: Double) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return sorted[min(sorted.count - 1, max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1))]
  }
}
