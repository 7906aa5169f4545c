/// What a person is told about the wait.
public struct WaitEstimate: Sendable, Equatable {
  /// Minutes as the hall was played through, before anything learned: kept, so that it can be compared.
  public let forecast: Double
  /// The middle of what came of such forecasts, in minutes.
  public let expected: Double
  /// The range in whole minutes, rounded outwards.
  public let range: ClosedRange<Int>

  /// What follows from a forecast and from what came of such forecasts.
  ///
  /// - Parameter step: minutes to which the range is rounded, because a narrower promise would not be kept.
  public init(forecast: Double, outlook: ForecastErrors.Outlook, roundedTo step: Int) {
    self.forecast = forecast
    expected = outlook.expected
    let lower = Int(outlook.lower) / step * step
    let upper = Int((outlook.upper / Double(step)).rounded(.up)) * step
    range = lower...max(lower + step, upper)
  }
}
