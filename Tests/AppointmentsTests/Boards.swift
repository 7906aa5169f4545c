import Contracts
import Core

@testable import Displays
@testable import Forecast
@testable import Queue

extension HallSnapshot {
  /// What the displays of a zone show of it.
  func board(of zone: DisplayZone, in office: Office) -> Board { QueueSnapshot(self).board(of: zone, in: office) }
}
