public import Core
internal import Synchronization

/// A kind of request that must not come too often from one place.
public struct RateClass: Hashable, Sendable {
  /// What tells it from other kinds.
  public let name: String

  /// A kind of request of that name, fixed in the source.
  public init(_ name: StaticString) { self.name = name.description }

  /// Signing in: every try costs a slow password hash, and guessing must not pay.
  public static let signIn = RateClass("sign-in")
  /// Looking up an application or a ticket by its number.
  public static let lookUp = RateClass("look-up")
  /// Sending a form that makes something.
  public static let submit = RateClass("submit")
  /// Asking for anything.
  public static let request = RateClass("request")
  /// Sending a kilobyte of a body.
  public static let kilobyte = RateClass("kilobyte")
}

/// How often: `burst` at once, and `perMinute` in the long run.
public struct Rate: Sendable, Equatable {
  /// How many at once.
  public let burst: Int
  /// How many a minute in the long run.
  public let perMinute: Int

  /// A rate; both numbers are at least 1, which a precondition holds.
  public init(burst: Int, perMinute: Int) {
    precondition(burst > 0 && perMinute > 0, "a rate lets something through")
    self.burst = burst
    self.perMinute = perMinute
  }
}

/// Token buckets by sender and kind, in bounded memory.
///
/// Whole neighbourhoods share one IPv4 address at mobile networks, so the rates are generous; they
/// stop machines, not people.
public final class RateLimiter: Sendable {
  /// 20,000 senders in a few megabytes; the longest unused make room for new ones.
  public static let bucketCountMax = 20_000

  private struct Key: Hashable {
    let kind: RateClass
    let sender: RemoteAddress
  }

  private struct Bucket {
    var tokens: Double
    var filled: Instant
  }

  private let rates: [RateClass: Rate]
  private let clock: any WallClock
  private let buckets = Mutex<[Key: Bucket]>([:])

  /// Kinds without a rate are not limited.
  public init(rates: [RateClass: Rate], clock: any WallClock) {
    self.rates = rates
    self.clock = clock
  }

  /// Takes one token.
  ///
  /// - Throws: `Problem` `too-many` with the whole `seconds` until the next one.
  public func take(_ kind: RateClass, for sender: RemoteAddress) throws(Problem) {
    guard let rate = rates[kind] else { return }
    let now = clock.now
    let secondsToWait = buckets.withLock { buckets in
      if buckets.count >= Self.bucketCountMax { Self.makeRoom(in: &buckets) }
      return Self.take(rate, now, &buckets[Key(kind: kind, sender: sender.network)])
    }
    guard secondsToWait == 0 else { throw Problem(.tooMany, "too-many", ["seconds": String(secondsToWait)]) }
  }

  /// Takes tokens for what has happened already; a sender that owes some gets none before they are made up for.
  func spend(_ kind: RateClass, _ count: Double, of sender: RemoteAddress) {
    guard let rate = rates[kind] else { return }
    let new = Bucket(tokens: Double(rate.burst), filled: clock.now)
    buckets.withLock { $0[Key(kind: kind, sender: sender.network), default: new].tokens -= count }
  }

  /// 0 when a token was taken, else the seconds until there is one.
  private static func take(_ rate: Rate, _ now: Instant, _ slot: inout Bucket?) -> Int {
    var bucket = slot ?? Bucket(tokens: Double(rate.burst), filled: now)
    let perMillisecond = Double(rate.perMinute) / 60_000
    // A wall clock may be set back; then nothing is filled until it has caught up.
    let elapsed = max(0, (now - bucket.filled).milliseconds)
    bucket.tokens = min(Double(rate.burst), bucket.tokens + Double(elapsed) * perMillisecond)
    bucket.filled = now
    defer { slot = bucket }
    guard bucket.tokens < 1 else {
      bucket.tokens -= 1
      return 0
    }
    return max(1, Int(((1 - bucket.tokens) / perMillisecond / 1000).rounded(.up)))
  }

  /// Drops the older half: a flood of new senders costs a sort every 10,000 of them, not each time.
  private static func makeRoom(in buckets: inout [Key: Bucket]) {
    let ages = buckets.values.map(\.filled).sorted()
    let middle = ages[ages.count / 2]
    buckets = buckets.filter { $0.value.filled > middle }
    if buckets.count >= bucketCountMax { buckets.removeAll() }
  }

  /// How many senders it remembers.
  var bucketCount: Int { buckets.withLock { $0.count } }
}
