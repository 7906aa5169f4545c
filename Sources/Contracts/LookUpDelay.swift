internal import Core

/// How long to wait after misses that count together, growing with each further one.
struct LookUpDelay: Sendable {
  /// Misses that cost nothing: people mistype.
  let freeMissCount: Int
  /// The longest, however many there are.
  let waitMax: Duration

  /// What a sender waits after one miss more than is free; each further miss doubles it.
  private static let firstWait = Duration.seconds(10)

  /// For one number from one network or at one terminal. Never for the number alone: a stranger could then keep its holder
  /// out. A terminal in the hall is shared, and people type slowly there.
  static func number(from client: LookUpClient) -> LookUpDelay {
    switch client {
    case .network: LookUpDelay(freeMissCount: 3, waitMax: .seconds(300))
    case .kiosk: LookUpDelay(freeMissCount: 10, waitMax: .seconds(300))
    }
  }

  /// For one network or terminal, whatever numbers are tried there: the visitors of the hall's wireless share one, and so do
  /// the customers of a mobile carrier. Short, since it holds them up with the one who guesses beside them.
  static let client = LookUpDelay(freeMissCount: 20, waitMax: .seconds(60))

  /// The wait after that many misses: none for the free ones, then doubling up to `waitMax`.
  func wait(after missCount: Int) -> Duration {
    let doublings = missCount - freeMissCount - 1
    guard doublings >= 0 else { return .zero }
    return min(waitMax, Self.firstWait * (1 << min(doublings, 10)))
  }
}
