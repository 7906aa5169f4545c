import Contracts
import Core
import Synchronization

/// Which officer may be shown which document, once and soon: the page around a document is asked for first, and the document
/// itself with the pass that stands in that page. So the opening is recorded when the document goes out, and once.
final class ViewingPasses: Sendable {
  /// How long a pass lives: enough for a page on a slow line to come and ask for what it shows.
  private static let lifeSeconds = 120
  /// More documents than a hall of officers opens within the life of a pass.
  private static let countMax = 10_000

  private struct Pass {
    let document: DocumentID
    let principal: Principal
    let purpose: Purpose
    let ends: Instant
  }

  private let clock: any WallClock
  private let random: any RandomSource
  private let passes = Mutex<[String: Pass]>([:])

  init(clock: any WallClock, random: any RandomSource) {
    self.clock = clock
    self.random = random
  }

  /// A fresh pass, as it stands in an address.
  func issue(_ document: DocumentID, to principal: Principal, for purpose: Purpose) -> String {
    let now = clock.now
    let code = (0..<3).map { _ in Crockford.encode(random.uint64(), length: 13) }.joined()
    let pass = Pass(
      document: document, principal: principal, purpose: purpose, ends: now + .seconds(Self.lifeSeconds))
    passes.withLock { passes in
      if passes.count >= Self.countMax { passes = passes.filter { $0.value.ends > now } }
      if passes.count < Self.countMax { passes[code] = pass }
    }
    return code
  }

  /// Uses a pass up.
  ///
  /// - Returns: what the document was asked for; nil for another document, another officer, or a pass that was used or
  ///   has ended.
  func redeem(_ code: String, for document: DocumentID, by principal: Principal) -> Purpose? {
    let pass = passes.withLock { passes in
      passes[code].map { $0.document == document && $0.principal == principal } == true
        ? passes.removeValue(forKey: code) : nil
    }
    guard let pass, pass.ends > clock.now else { return nil }
    return pass.purpose
  }
}
