import Contracts
import Core

@testable import Displays
@testable import Queue

extension HallSnapshot {
  /// What the displays of a zone show of it.
  func board(of zone: DisplayZone, in office: Office) -> Board { QueueSnapshot(self).board(of: zone, in: office) }

  /// What displays say, of those that have shown `earlier`.
  func calls(since earlier: HallSnapshot) -> [QueueSnapshot.Call] {
    QueueSnapshot(self).calls(since: QueueSnapshot(earlier))
  }
}

extension QueueHall {
  /// Displays that show what is read, with the shipped words.
  func displays(_ live: LiveHall, rules: DisplayRules? = nil) throws -> LiveDisplays {
    let displays = LiveDisplays(
      rules: rules ?? DisplayRules(directory: nil, office: office), office: office, locales: try Self.locales(),
      clock: clock)
    live.add(displays)
    return displays
  }
}
