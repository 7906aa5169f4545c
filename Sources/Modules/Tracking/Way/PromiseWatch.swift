import Core

/// How near the promised day is.
enum PromiseWatch: String, Sendable, Equatable {
  /// The clock has not started, or there is time.
  case calm
  /// Today or the next working day is the promised one.
  case near
  /// The promised day has passed.
  case broken

  init(_ promised: CivilDate?, today: CivilDate, nextWorkingDay: CivilDate) {
    guard let promised else {
      self = .calm
      return
    }
    self = promised < today ? .broken : promised <= nextWorkingDay ? .near : .calm
  }
}
