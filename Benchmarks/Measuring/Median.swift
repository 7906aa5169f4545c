extension Sequence<Double> {
  /// The one in the middle, or between the two in the middle; zero of none.
  public var median: Double {
    let sorted = self.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}

extension Duration {
  /// In seconds.
  public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
  /// In thousandths of a second.
  public var inMilliseconds: Double { seconds * 1000 }
}
