import Contracts
import Core

/// Why a ticket is put on hold; a closed set, so that nothing personal is written down.
enum HoldReason: String, Sendable, CaseIterable {
  case document
  case copy
  case payment
  case colleague
  case prayer
  case other

  /// What the holder does meanwhile, as they are told; nil where there is nothing to say.
  var task: TicketHold.Task? {
    switch self {
    case .document: .document
    case .copy: .copy
    case .payment: .payment
    case .colleague: .colleague
    case .prayer: .prayer
    case .other: nil
    }
  }
}

/// Why a counter pauses.
enum PauseReason: String, Sendable, CaseIterable {
  case rest
  case prayer
  case errand
  case fault
  case other

  /// What people are told of it; nil where it is the office's own affair.
  var told: Availability.PauseCause? {
    switch self {
    case .rest: .rest
    case .prayer: .prayer
    case .fault: .fault
    case .errand, .other: nil
    }
  }
}

/// Why a counter is closed while people wait whom only this counter could call; a closed set, so that nothing personal is
/// written down.
enum CloseReason: String, Sendable, CaseIterable {
  case shift
  case errand
  case fault
  case other

  /// The reason in the reader's language.
  func text(_ words: Words) -> String { words(MessageKey("queue.close", named: rawValue)) }
}
