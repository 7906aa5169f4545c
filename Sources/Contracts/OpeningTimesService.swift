public import Core

/// A stretch of a day in which people are served.
public struct OpeningSpan: Sendable, Equatable {
  /// When people are served first.
  public let from: CivilTime
  /// When people are served no longer.
  public let to: CivilTime

  /// A stretch between two times of the same day.
  public init(from: CivilTime, to: CivilTime) {
    self.from = from
    self.to = to
  }
}

extension [OpeningSpan] {
  /// What is left of a day that ends at `time`; all of it where none is given.
  public func ending(at time: CivilTime?) -> [OpeningSpan] {
    guard let time else { return self }
    return filter { $0.from < time }.map { OpeningSpan(from: $0.from, to: Swift.min($0.to, time)) }
  }
}

/// When the office is open. Provided by the Catalogue.
public protocol OpeningTimesService: Sendable {
  /// The stretches of `day` in which people are served, in order, without the breaks; none when the office is closed.
  func openingTimes(on day: CivilDate) -> [OpeningSpan]

  /// Why the office is closed on a day of the week on which it otherwise opens: a holiday's name; nil when it is not.
  func closure(on day: CivilDate) -> LocalizedText?

  /// Why a day has hours of its own: a Saturday opened for a campaign, a demonstration; nil when it has its weekday's.
  func occasion(on day: CivilDate) -> LocalizedText?

  /// Lets the module that knows the counters answer whether the office and its services can be had now: the pages of the
  /// calendar's module ask it, and decide nothing by themselves.
  func ask(_ availability: any AvailabilityService)

  /// What that module answers now, for the pages of modules that it stands on and that so cannot need it; nil where no
  /// such module runs.
  func hall() async throws -> HallAvailability?
}

extension OpeningTimesService {
  /// A calendar without days of that kind.
  public func occasion(on day: CivilDate) -> LocalizedText? { nil }

  /// A calendar without pages has nothing to ask.
  public func ask(_ availability: any AvailabilityService) {}

  /// A calendar that has no module to ask.
  public func hall() async throws -> HallAvailability? { nil }
}
