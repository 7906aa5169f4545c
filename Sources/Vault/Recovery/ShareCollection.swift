import Core
import Crypto

/// Takes shares as they are typed, one after another, until there are enough.
struct ShareCollection {
  /// What is to be asked next.
  enum Step: Equatable {
    case ask(share: Int)
    /// What was typed last has a mistake in it.
    case askAgain(share: Int)
    case enough
  }

  private let library: CryptoLibrary
  private(set) var shares: [RecoveryShare] = []
  /// The shares that had a mistake in them, by the place at which they were typed.
  private(set) var mistyped: [Int] = []

  init(library: CryptoLibrary) { self.library = library }

  /// Takes what was typed.
  ///
  /// - Throws: `Problem` `vault.share-other-set`, `vault.share-repeated`.
  mutating func take(_ text: Personal<String>) throws -> Step {
    let place = shares.count + 1
    guard let share = try? RecoveryShare(typed: text, library: library) else {
      mistyped.append(place)
      return .askAgain(share: place)
    }
    if let first = shares.first {
      guard share.set == first.set, share.threshold == first.threshold else {
        throw Problem(.invalid, "vault.share-other-set", ["place": String(place)])
      }
      guard !shares.contains(where: { $0.point.index == share.point.index }) else {
        throw Problem(.invalid, "vault.share-repeated", ["place": String(place)])
      }
    }
    shares.append(share)
    return shares.count < share.threshold ? .ask(share: place + 1) : .enough
  }

  /// Why it ended before there were enough.
  var shortfall: Problem {
    if let place = mistyped.last { return Problem(.invalid, "vault.share-mistyped", ["place": String(place)]) }
    return Problem(
      .invalid, "vault.shares-too-few",
      ["count": String(shares.count), "needed": shares.first.map { String($0.threshold) } ?? "2"])
  }
}
