/// How long something took, of many: the middle and the slow end.
struct Distribution: Sendable, Equatable {
  /// The values in milliseconds, shortest first.
  private let sorted: [Int64]

  init(_ milliseconds: [Int64]) { sorted = milliseconds.sorted() }

  var count: Int { sorted.count }

  /// Half took no longer than this, in minutes; nil when there is nothing.
  var median: Double? { quantile(50) }

  /// Nine of ten took no longer than this, in minutes.
  var ninetieth: Double? { quantile(90) }

  /// The smallest value that at least so many of a hundred do not exceed (nearest rank, as Hyndman and Fan's type 1):
  /// always a time that a person really waited.
  private func quantile(_ percent: Int) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let rank = (sorted.count * percent + 99) / 100
    return Double(sorted[max(0, rank - 1)]) / 60_000
  }
}
