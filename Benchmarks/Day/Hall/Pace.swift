/// How fast the day goes.
public struct Pace: Sendable {
  /// Between two arrivals, on average.
  let arrivalGap: Duration
  /// People in the building at once; who comes when it is full waits at the door.
  let seatCount: Int
  /// The longest visit at a counter.
  let visitMax: Duration
  /// Between two looks at one's ticket.
  let look: Duration
  /// How long an officer waits for a person who was called before calling again.
  let patience: Duration
  /// How long an officer rests when nobody waits.
  let rest: Duration
  /// When a day is given up.
  let dayMax: Duration

  /// As fast as the server lets people be served: a day of 200 people in half a minute.
  public static let compressed = Pace(
    arrivalGap: .milliseconds(30), seatCount: 40, visitMax: .milliseconds(40), look: .milliseconds(150),
    patience: .milliseconds(400), rest: .milliseconds(15), dayMax: .seconds(600))

  /// As an office knows it: a person every two minutes, visits up to ten.
  public static let real = Pace(
    arrivalGap: .seconds(120), seatCount: 200, visitMax: .seconds(600), look: .seconds(20), patience: .seconds(60),
    rest: .seconds(5), dayMax: .seconds(16 * 3600))

  /// One part of an average, by a number from 0 to 999.
  static func part(_ share: Int, of duration: Duration) -> Duration { duration * share / 1000 }
}
