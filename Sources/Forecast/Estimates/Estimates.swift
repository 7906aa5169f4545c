public import Contracts
public import Core
import Synchronization

/// What the waiting times are estimated from, kept so that no page and no number waits for it: a cache, which a
/// restart rebuilds from the history.
public final class Estimates: Sendable {
  /// What was learned from the last weeks.
  public struct Calibration: Sendable, Equatable {
    let day: CivilDate
    let at: Instant
    /// How long visits take.
    public let times: VisitTimes
    /// What came of forecasts.
    public let errors: ForecastErrors

    /// What was learned on that day, at that moment.
    public init(day: CivilDate, at: Instant, times: VisitTimes, errors: ForecastErrors) {
      self.day = day
      self.at = at
      self.times = times
      self.errors = errors
    }
  }

  /// The hall as it was played through.
  public struct Playthrough: Sendable {
    /// When it was played.
    public let at: Instant
    /// What came of it.
    public let forecast: HallForecast
    /// The latest number that is in it.
    let latest: TicketID?
    let waitingCount: Int
    /// The counters with which it was played, and until when they serve.
    let served: [Skills]
    let hours: [OpeningSpan]

    /// The hall played through at that moment, with those counters and hours.
    public init(
      at: Instant, forecast: HallForecast, latest: TicketID?, waitingCount: Int, served: [Skills], hours: [OpeningSpan]
    ) {
      self.at = at
      self.forecast = forecast
      self.latest = latest
      self.waitingCount = waitingCount
      self.served = served
      self.hours = hours
    }
  }

  private struct State {
    var calibration: Calibration?
    var playthrough: Playthrough?
  }

  /// How many calls settle the means: with fewer behind them they still change within a day.
  private static let settledCallCount = 500
  private static let unsettledMax = Duration.minutes(10)
  /// The hall changes within this even when no one comes: visits end.
  private static let playthroughMax = Duration.seconds(20)
  /// One newcomer among so many hardly changes the wait, and a rush does not play the hall through for each.
  private static let newcomersInHundred = 5

  private let state = Mutex(State())

  /// Nothing kept yet.
  public init() {}

  /// What was learned, unless it is time to learn anew.
  public func calibration(on day: CivilDate, at now: Instant) -> Calibration? {
    guard let calibration = state.withLock({ $0.calibration }), calibration.day == day else { return nil }
    let isSettled = calibration.times.callCount >= Self.settledCallCount
    return isSettled || now - calibration.at < Self.unsettledMax ? calibration : nil
  }

  /// Keeps what was learned.
  public func keep(_ calibration: Calibration) { state.withLock { $0.calibration = calibration } }

  /// Keeps the hall as it was played through.
  public func keep(_ playthrough: Playthrough) { state.withLock { $0.playthrough = playthrough } }

  /// The hall as last played through, as long as it still says something about the ticket.
  ///
  /// - Parameters:
  ///   - served: the counters as they are now: with others it says nothing any more.
  ///   - hours: likewise the day's opening hours.
  ///   - count: how many numbers have been given after the first ticket's, up to the second's.
  public func playthrough(
    at now: Instant, of ticket: TicketID?, served: [Skills], hours: [OpeningSpan],
    newcomers count: (_ latest: TicketID, _ ticket: TicketID) throws -> Int
  ) rethrows -> Playthrough? {
    guard let playthrough = state.withLock({ $0.playthrough }), now >= playthrough.at,
      now - playthrough.at < Self.playthroughMax, playthrough.served == served, playthrough.hours == hours
    else { return nil }
    guard let ticket else { return playthrough }
    // Played while no one waited, it knows of no ticket.
    guard let latest = playthrough.latest else { return nil }
    guard ticket > latest else { return playthrough }
    let newer = try count(latest, ticket)
    return newer * 100 <= playthrough.waitingCount * Self.newcomersInHundred ? playthrough : nil
  }
}
