import Contracts
import Core
import Synchronization

/// What the waiting times are estimated from, kept so that no page and no number waits for it: a cache, which a
/// restart rebuilds from the history.
final class Estimates: Sendable {
  /// What was learned from the last weeks.
  struct Lessons: Sendable, Equatable {
    let day: CivilDate
    let at: Instant
    let times: VisitTimes
    let errors: ForecastErrors
  }

  /// The hall as it was played through.
  struct Picture: Sendable {
    let at: Instant
    let forecast: HallForecast
    /// The latest number that is in it.
    let latest: TicketID?
    let waitingCount: Int
    /// The counters with which it was played, and until when they serve.
    let served: [Ability]
    let hours: [OpeningSpan]
  }

  private struct State {
    var lessons: Lessons?
    var picture: Picture?
  }

  /// How many calls settle the means: with fewer behind them they still change within a day.
  private static let settledCallCount = 500
  private static let unsettledMax = Duration.minutes(10)
  /// The hall changes within this even when no one comes: visits end.
  private static let pictureMax = Duration.seconds(20)
  /// One newcomer among so many hardly changes the wait, and a rush does not play the hall through for each.
  private static let newcomersInHundred = 5

  private let state = Mutex(State())

  /// What was learned, unless it is time to learn anew.
  func lessons(on day: CivilDate, at now: Instant) -> Lessons? {
    guard let lessons = state.withLock({ $0.lessons }), lessons.day == day else { return nil }
    let isSettled = lessons.times.callCount >= Self.settledCallCount
    return isSettled || now - lessons.at < Self.unsettledMax ? lessons : nil
  }

  func keep(_ lessons: Lessons) { state.withLock { $0.lessons = lessons } }

  func keep(_ picture: Picture) { state.withLock { $0.picture = picture } }

  /// The hall as last played through, as long as it still says something about the ticket.
  ///
  /// - Parameters:
  ///   - served: the counters as they are now: with others it says nothing any more.
  ///   - hours: likewise the day's opening hours.
  func picture(at now: Instant, of ticket: TicketID?, served: [Ability], hours: [OpeningSpan]) -> Picture? {
    guard let picture = state.withLock({ $0.picture }), now >= picture.at, now - picture.at < Self.pictureMax,
      picture.served == served, picture.hours == hours
    else { return nil }
    guard let ticket else { return picture }
    // Played while no one waited, it knows of no ticket.
    guard let latest = picture.latest else { return nil }
    guard ticket > latest else { return picture }
    let newer = Int(ticket.rawValue - latest.rawValue)
    return newer * 100 <= picture.waitingCount * Self.newcomersInHundred ? picture : nil
  }
}
