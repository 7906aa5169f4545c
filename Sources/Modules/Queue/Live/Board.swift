import Contracts
import Core
import Store

/// What a call display shows: numbers and counters, nothing else.
struct Board: Sendable, Equatable {
  /// One call.
  struct Call: Sendable, Equatable {
    let number: String
    let counter: Int
    /// How often it was called: a display says it again when it rises.
    let calls: Int
    /// Whether the person is still expected at the counter.
    let isOpen: Bool

    init(number: String, counter: Int, calls: Int, isOpen: Bool = true) {
      self.number = number
      self.counter = counter
      self.calls = calls
      self.isOpen = isOpen
    }

    /// Whether it is the same call, whatever has become of it.
    func isSame(as other: Call) -> Bool { (number, counter, calls) == (other.number, other.counter, other.calls) }
  }

  /// Calls shown at once: what can be read at ten metres.
  static let callCountMax = 9
  /// Numbers that should get ready.
  static let nextCountMax = 4

  /// The latest calls, newest first.
  let calls: [Call]
  /// Open calls for which there is no room any more.
  let openBeyondCount: Int
  /// Who is likely to be called next.
  let next: [String]
  /// How many people wait.
  let waiting: Int

  init(calls: [Call], openBeyondCount: Int = 0, next: [String] = [], waiting: Int) {
    self.calls = calls
    self.openBeyondCount = openBeyondCount
    self.next = next
    self.waiting = waiting
  }
}
