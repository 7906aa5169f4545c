/// Many durations, sorted.
public struct Distribution: Sendable {
  private let sorted: [Duration]

  public init(_ durations: [Duration]) { sorted = durations.sorted() }

  public var count: Int { sorted.count }

  /// The duration that a share of all does not exceed (nearest rank); zero of none.
  ///
  /// - Parameter share: 0 to 1.
  public func percentile(_ share: Double) -> Duration {
    guard !sorted.isEmpty else { return .zero }
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }

  /// `12.3 / 45.6 / 78.9 ms`: half, nine tenths, ninety-nine hundredths.
  public var summary: String {
    guard count > 0 else { return "–" }
    return [0.5, 0.9, 0.99].map { Self.milliseconds(percentile($0)) }.joined(separator: " / ") + " ms"
  }

  static func milliseconds(_ duration: Duration) -> String {
    let tenths = duration.components.seconds * 10_000 + duration.components.attoseconds / 100_000_000_000_000
    return "\(tenths / 10).\(tenths % 10)"
  }
}
