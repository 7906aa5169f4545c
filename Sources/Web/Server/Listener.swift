/// Where requests come in. Each listener has threads, connections and budgets of its own, so that a flood at one of them
/// leaves the other as it was.
public enum Listener: String, Sendable, CaseIterable {
  /// For the public.
  case portal
  /// For the hall: officers, displays and what watches over the machine.
  case hall
}
