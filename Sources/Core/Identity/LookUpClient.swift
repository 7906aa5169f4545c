/// Where a number and its secret were typed: what waits after misses.
public enum LookUpClient: Hashable, Sendable {
  /// A household's or office's network. The bytes may lead to a person: they stay in memory and go into no log.
  case network([UInt8])
  /// A terminal in the hall, by its configured name.
  case kiosk(String)
}
