import Synchronization

/// The public lists of the draws that were asked for last: all entrants come to look at the same time, and a
/// list never changes again.
final class DrawnLists: Sendable {
  /// Each may have a megabyte and more.
  private static let listCountMax = 4

  private let kept = Mutex<[(draw: DrawID, text: String)]>([])

  func text(of draw: DrawID) -> String? { kept.withLock { $0.first { $0.draw == draw }?.text } }

  func keep(_ text: String, of draw: DrawID) {
    kept.withLock { kept in
      guard !kept.contains(where: { $0.draw == draw }) else { return }
      kept = kept.suffix(Self.listCountMax - 1) + [(draw, text)]
    }
  }
}
