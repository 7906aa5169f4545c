import Contracts
import Core
import Queue

/// A counter with an officer.
struct Seat: Sendable {
  let number: Int
  /// Empty for all.
  let services: [ServiceCode]
  /// How long this officer takes, against the mean.
  let pace: Double
  var isOpen = false
  /// Whether the officer sits there without work.
  var isIdle = false
  var wantsPause = false
  var hand: PlayedHall.Called?

  init(_ counter: Office.Counter, pace: Double) {
    number = counter.number
    services = counter.services
    self.pace = pace
  }

  func serves(_ service: ServiceCode) -> Bool { services.isEmpty || services.contains(service) }
}

/// The opening hours of one day as moments.
struct DayHours: Sendable {
  private let spans: [(from: Instant, to: Instant)]

  /// - Returns: nil for a day on which the office is closed.
  init?(_ openings: [OpeningSpan], on day: CivilDate, zone: OfficeZone) {
    guard !openings.isEmpty else { return nil }
    spans = openings.map { (zone.instant(day, $0.from), zone.instant(day, $0.to)) }
  }

  var opening: Instant { spans[0].from }
  var closing: Instant { spans[spans.count - 1].to }
  var minuteCount: Double { Double((closing - opening).milliseconds) / 60_000 }

  /// The end of the midday break that it is now; nil outside one.
  func breakEnd(at instant: Instant) -> Instant? {
    guard instant >= opening, instant < closing else { return nil }
    guard !spans.contains(where: { $0.from <= instant && instant < $0.to }) else { return nil }
    return spans.first { $0.from > instant }?.from
  }

  /// Whether no break lies between two moments.
  func isWithinOneSpan(_ first: Instant, _ last: Instant) -> Bool {
    spans.contains { $0.from <= first && last < $0.to }
  }
}

/// The mean time at a counter by all visits so far, as the naive estimate knows it.
struct MeanTimes: Sendable {
  private var sums: [ServiceCode: (minutes: Double, count: Int)] = [:]

  mutating func add(_ minutes: Double, of service: ServiceCode) {
    let known = sums[service] ?? (0, 0)
    sums[service] = (known.minutes + minutes, known.count + 1)
  }

  func mean(_ service: ServiceCode) -> Double {
    guard let known = sums[service], known.count > 0 else { return overall }
    return known.minutes / Double(known.count)
  }

  /// Ten minutes while nothing is known.
  var overall: Double {
    let (minutes, count) = sums.values.reduce((0.0, 0)) { ($0.0 + $1.minutes, $0.1 + $1.count) }
    return count == 0 ? 10 : minutes / Double(count)
  }
}
