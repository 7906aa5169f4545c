/// How long something took, of many: the middle and the slow end.
struct Distribution: Sendable, Equatable {
  /// In milliseconds, in no order.
  private let values: [Int64]
  /// Half took no longer than this, in minutes; nil when there is nothing.
  let median: Double?
  /// Nine of ten took no longer than this, in minutes.
  let ninetieth: Double?

  init(_ milliseconds: [Int64]) {
    var values = milliseconds
    median = Self.quantile(50, of: &values)
    ninetieth = Self.quantile(90, of: &values)
    self.values = values
  }

  var count: Int { values.count }

  /// Whether it is one of the same times.
  static func == (left: Self, right: Self) -> Bool { left.values.sorted() == right.values.sorted() }

  /// The smallest value that at least so many of a hundred do not exceed (nearest rank, as Hyndman and Fan's type 1):
  /// always a time that a person really waited.
  private static func quantile(_ percent: Int, of values: inout [Int64]) -> Double? {
    guard !values.isEmpty else { return nil }
    let rank = (values.count * percent + 99) / 100
    return Double(value(ofRank: max(0, rank - 1), in: &values)) / 60_000
  }

  /// The value that would stand there were all sorted, which costs a month's report several times as much (Hoare's
  /// algorithm 65, with the middle as its bound).
  private static func value(ofRank rank: Int, in values: inout [Int64]) -> Int64 {
    var (first, last) = (0, values.count - 1)
    while first < last {
      let bound = values[(first + last) / 2]
      var (left, right) = (first, last)
      while left <= right {
        while values[left] < bound { left += 1 }
        while values[right] > bound { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if rank <= right {
        last = right
      } else if rank >= left {
        first = left
      } else {
        break
      }
    }
    return values[rank]
  }
}
