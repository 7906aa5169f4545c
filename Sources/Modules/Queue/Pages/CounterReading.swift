/// A counter as an officer finds it at one moment.
enum CounterReading: Sendable {
  /// Another officer sits there.
  case taken(TakenCounterView)
  /// The officer sits there, or may sit down.
  case work(CounterWork)
}
