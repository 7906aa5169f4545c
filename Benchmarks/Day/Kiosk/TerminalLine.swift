/// What lies between a person's terminal and the daemon: keys go one way, what is drawn comes the other.
protocol TerminalLine: AnyObject {
  func send(_ keys: String) throws

  /// Waits for what is drawn.
  ///
  /// - Returns: whole sequences, of which there may be none yet; nil when nothing came in that time.
  /// - Throws: `Trouble` when the other side has gone; `KioskAway` when it says so itself.
  func receive(within time: Duration) throws -> [UInt8]?
}

/// The kiosk program waits for its daemon: nobody can be served, and nothing is wrong with the kiosk.
public struct KioskAway: Error, CustomStringConvertible {
  public var description: String { "the kiosk waits for its daemon" }
}
