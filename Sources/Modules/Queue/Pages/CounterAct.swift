import Contracts
import Store

/// What an officer does at a counter, within a transaction.
typealias CounterAct = @Sendable (Office.Counter, borrowing Transaction) throws -> CounterOutcome

/// What an act at a counter leads to.
enum CounterOutcome: Sendable {
  /// The counter as it is now.
  case done
  /// The counter, with the word that no ticket waits.
  case nobodyWaits
}

/// What came of an act at a counter.
struct DoneAct: Sendable {
  let outcome: CounterOutcome
  /// The counter right after it, read in its own transaction; nil where it is for another request to show.
  let reading: CounterReading?
}

/// An act was taken back because the counter could not be read after it.
struct UnshownAct: Error {}
